// The checked-in bundle against one built from today's sources → exit code 0 when they are the same, 1 when not.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAction, distFolder } from './build.ts';

async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(async (file) => [relative(folder, file), await readFile(file, 'utf8')] as const);
  return new Map(await Promise.all(contents));
}

const fresh = await mkdtemp(join(tmpdir(), 'self-heal-bundle-'));
try {
  await buildAction(fresh);
  const [built, kept] = await Promise.all([contentsOf(fresh), contentsOf(distFolder)]);
  const names = [...new Set([...built.keys(), ...kept.keys()])].sort();
  const different = names.filter((name) => built.get(name) !== kept.get(name));
  if (different.length > 0) {
    console.error(`action/dist is not what action/src builds: ${different.join(', ')}. Run: npm run action:build`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`action/dist could not be checked: ${String(error)}. Run: npm run action:build`);
  process.exitCode = 1;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
