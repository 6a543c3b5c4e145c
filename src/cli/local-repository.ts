// A folder with a checkout → what the App would get from GitHub: the paths of its files, and their text.
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { SelfHealError } from '../errors.ts';

const mostPaths = 100_000;
/** Not versioned anywhere. Git is not asked: its configuration, which lies in the folder, can name programs to run. */
const left = [
  '.git',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.gradle',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
];

export interface LocalRepository {
  paths: string[];
  read(paths: readonly string[], maxBytes: number): Promise<Map<string, string>>;
}

export async function localRepository(folder: string): Promise<LocalRepository> {
  const root = resolve(folder);
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new SelfHealError(
      'input-invalid',
      `--repo ${JSON.stringify(folder)} is no folder: the checkout of the failing commit is meant.`,
    );
  const ignored = await readFile(join(root, '.gitignore'), 'utf8').catch(() => '');
  const paths = await walked(root, new Set([...left, ...plainFolders(ignored)]));
  return { paths, read: (wanted, maxBytes) => texts(root, wanted, maxBytes) };
}

/** Of a .gitignore the lines that name one folder wherever it is: `dist/`, `target`. */
const plainFolders = (gitignore: string): string[] =>
  gitignore.split('\n').flatMap((line) => /^\/?([\w.-]+)\/?\s*$/.exec(line)?.[1] ?? []);

async function walked(root: string, skipped: ReadonlySet<string>): Promise<string[]> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined && paths.length < mostPaths; folder = folders.pop()) {
    // A folder that may not be read has nothing to show.
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (skipped.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) paths.push(path);
    }
  }
  return paths.sort().slice(0, mostPaths);
}

async function texts(root: string, wanted: readonly string[], maxBytes: number): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of wanted) {
    const file = resolve(root, path);
    if (!file.startsWith(root + sep)) continue;
    // A symbolic link may lead out of the checkout; GitHub would not follow it either.
    const info = await lstat(file).catch(() => undefined);
    if (!info?.isFile() || info.size > maxBytes) continue;
    // Not readable, or gone since it was listed: left out, as GitHub leaves out what is not text.
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes && !bytes.includes(0)) found.set(path, bytes.toString('utf8'));
  }
  return found;
}
