// Globs and the folder that a run has left → the report files it wrote there, bounded, never through a link, and a note of the rest.
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFile, SandboxRun } from '../../src/stages/validation/sandbox-report.ts';

const MOST_BYTES = 2_000_000;
const MOST_FILES = 200;
/** Folders and files looked at: a run can leave millions of them behind. */
const MOST_LOOKS = 100_000;
const MOST_NAMED = 20;

/** What stands there before the run, by path: a report that it does not touch is not its own. */
export type ReportsBefore = ReadonlyMap<string, bigint>;

export type ReportsFound = Pick<SandboxRun, 'reports' | 'reportsLeftOut'>;

export async function reportsBefore(tree: string, globs: readonly string[]): Promise<ReportsBefore> {
  const { found } = await matching(tree, globs);
  return new Map([...found].map(([path, { changedNs }]) => [path, changedNs]));
}

export async function readReports(
  tree: string,
  globs: readonly string[],
  before: ReportsBefore,
): Promise<ReportsFound> {
  const { found, isCut } = await matching(tree, globs);
  const own = [...found].filter(([path, { changedNs }]) => before.get(path) !== changedNs);
  const reports: ReportFile[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  for (const [path, { isFile, size }] of own.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const fits = isFile && path.length <= 1_000 && reports.length < MOST_FILES && bytes + size <= MOST_BYTES;
    const text = fits ? await textOf(join(tree, path), MOST_BYTES - bytes) : undefined;
    if (text === undefined) leftOut.push(path);
    else {
      reports.push({ path, text });
      bytes += Buffer.byteLength(text);
    }
  }
  const count = leftOut.length + (isCut ? 1 : 0);
  if (count === 0) return { reports };
  const paths = leftOut.slice(0, MOST_NAMED).map((path) => path.slice(0, 1_000));
  return { reports, reportsLeftOut: { count, paths } };
}

interface Found {
  readonly isFile: boolean;
  readonly size: number;
  /** Of the last change to the file's content or name, which a program cannot set back. */
  readonly changedNs: bigint;
}

async function matching(tree: string, globs: readonly string[]) {
  const walk: Walk = { tree, found: new Map(), looks: 0 };
  for (const glob of globs)
    await follow(
      walk,
      '',
      glob.split('/').filter((part) => part !== '' && part !== '.'),
    );
  return { found: walk.found, isCut: walk.looks >= MOST_LOOKS };
}

interface Walk {
  readonly tree: string;
  readonly found: Map<string, Found>;
  looks: number;
}

/** One folder at a time, and only into real folders: what a link leads to is nobody's report. */
async function follow(walk: Walk, folder: string, parts: readonly string[]): Promise<void> {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part === '**') await follow(walk, folder, rest.length > 0 ? rest : ['*']);
  const pattern = part === '**' ? undefined : nameFor(part);
  for (const name of await namesIn(join(walk.tree, folder))) {
    if (walk.looks >= MOST_LOOKS) return;
    if (pattern && !pattern.test(name)) continue;
    // Nobody reports into installed packages, and they are by far the most.
    if (part === '**' && name === 'node_modules') continue;
    walk.looks += 1;
    const path = folder === '' ? name : `${folder}/${name}`;
    const seen = await lstat(join(walk.tree, path), { bigint: true }).catch(gone);
    if (seen === undefined) continue;
    if (seen.isDirectory()) await follow(walk, path, part === '**' ? parts : rest);
    else if (part !== '**' && rest.length === 0)
      walk.found.set(path, { isFile: seen.isFile(), size: Number(seen.size), changedNs: seen.ctimeNs });
  }
}

/** `*`, `?` and `{a,b}`; every other character is itself. */
function nameFor(part: string): RegExp {
  const source = part
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\{([^{}]*)\}/g, (_, words: string) => `(?:${words.replaceAll(',', '|')})`)
    .replace(/[{}]/g, '\\$&');
  return new RegExp(`^${source}$`, 'su');
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(gone)) ?? [];
}

/** Undefined where it is no plain file any more, grew too large, or cannot be read. */
async function textOf(place: string, mostBytes: number): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(place, flags).catch(gone);
  if (handle === undefined) return undefined;
  try {
    const seen = await handle.stat();
    if (!seen.isFile() || seen.size > mostBytes) return undefined;
    // Control characters are no XML and no TAP, and would make the report six times as long.
    const text = (await handle.readFile('utf8')).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
    return Buffer.byteLength(text) <= mostBytes ? text : undefined;
  } finally {
    await handle.close();
  }
}

/** Tests can leave folders behind that nobody may read. */
function gone(error: NodeJS.ErrnoException): undefined {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENXIO', 'EPERM', 'ENAMETOOLONG'].includes(error.code ?? ''))
    return undefined;
  throw error;
}
