// The evaluation's cases → honest patches: each case's own fix, made for its broken tree.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { HonestPatch } from './honest-patches.ts';
import { type Change, reply } from './reply.ts';

const folder = new URL('../eval/cases/', import.meta.url).pathname;
const Case = z.object({ title: z.string(), expect: z.string() });

export const evalPatches = (): HonestPatch[] =>
  readdirSync(folder).flatMap((name): HonestPatch[] => {
    const sound = filesIn(join(folder, name, 'sound'));
    const broken = filesIn(join(folder, name, 'break'));
    const own = filesIn(join(folder, name, 'fix'));
    const fix = Object.keys(own).length > 0 ? own : takenBack(sound, broken);
    const { title, expect } = Case.parse(parse(readFileSync(join(folder, name, 'case.yml'), 'utf8')));
    const paths = Object.keys(fix);
    const [suspect] = paths;
    if (expect !== 'healed' || suspect === undefined) return [];
    const files = { ...sound, ...broken };
    const changes = paths.map((path): Change => ({ path, before: files[path] ?? null, after: fix[path] ?? '' }));
    const failure = { tool: 'the tests', test: title, type: 'AssertionError', message: title };
    const diagnosis = { rootCause: title, change: `Mend ${paths.join(' and ')}: ${title}`, files: paths };
    const repository = { files, suspect, failure, diagnosis };
    return [{ name: `eval: ${name}`, repository, text: reply(changes) }];
  });

/** Where a case has no fix of its own, the commit that broke it is taken back. */
const takenBack = (sound: Record<string, string>, broken: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(sound).filter(([path]) => broken[path] !== undefined));

function filesIn(root: string): Record<string, string> {
  if (!existsSync(root)) return {};
  const entries = readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}
