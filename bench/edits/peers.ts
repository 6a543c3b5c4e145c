// A written edit → the tree that each tool makes of it, or that it refuses; and how long it took.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { z } from 'zod';
import { readEditBlocks } from '../../src/stages/patch/edit-blocks.ts';
import { patchedFiles } from '../../src/stages/patch/patched-files.ts';
import { asBlockReply, asDiff, asDiffReply, type WrittenEdit } from './written-edit.ts';

type Tree = Map<string, string>;

export interface Result {
  /** Undefined: refused. Tools that leave a part applied say by their exit code that they failed: refused, too. */
  tree: Tree | undefined;
  ms: number;
}

export interface Peer {
  name: string;
  inProcess: boolean;
  apply(edit: WrittenEdit): Promise<Result>;
}

const firstLine = (command: string): string =>
  execFileSync(command, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? command;
const jsdiffVersion = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('diff/package.json')).version;

const gitVersion = firstLine('git').replace(' version', '');

export const peers: readonly Peer[] = [
  { name: 'Self-Heal, blocks', inProcess: true, apply: (edit) => ours(edit, asBlockReply) },
  { name: 'Self-Heal, diff', inProcess: true, apply: (edit) => ours(edit, asDiffReply) },
  process(`${gitVersion} apply`, 'git', ['apply', '--whitespace=nowarn']),
  process(`${gitVersion} apply -C1 --recount --ignore-whitespace`, 'git', [
    ...['apply', '--whitespace=nowarn'],
    ...['-C1', '--recount', '--ignore-whitespace'],
  ]),
  process(`${firstLine('patch')} (fuzz 2)`, 'patch', ['-p1', '--batch', '--forward', '--no-backup-if-mismatch']),
  { name: `jsdiff ${jsdiffVersion} applyPatch, fuzzFactor 2`, inProcess: true, apply: jsdiff },
];

async function ours(edit: WrittenEdit, render: (edit: WrittenEdit) => string): Promise<Result> {
  const reply = render(edit);
  const paths = [...edit.tree.keys()];
  const sources = [...edit.tree].map(([path, text]) => ({ path, mode: '100644' as const, text }));
  const began = performance.now();
  const { edits, malformed } = readEditBlocks(reply, paths);
  const shown = { sources, paths, treeTruncated: false, irregularPaths: [] };
  const patching = malformed.length + (edits.length === 0 ? 1 : 0) > 0 ? undefined : await patchedFiles(edits, shown);
  const ms = performance.now() - began;
  if (!patching?.ok) return { tree: undefined, ms };
  return { tree: new Map([...edit.tree, ...patching.files.map(({ path, after }) => [path, after] as const)]), ms };
}

function process(name: string, command: string, args: readonly string[]): Peer {
  const apply = async (edit: WrittenEdit): Promise<Result> => {
    const folder = laidOut(edit.tree);
    try {
      const began = performance.now();
      // Neither a repository around it nor anybody's settings have a say.
      const env = {
        PATH: globalThis.process.env.PATH,
        GIT_CEILING_DIRECTORIES: tmpdir(),
        GIT_CONFIG_NOSYSTEM: '1',
        HOME: folder,
      };
      const { status } = spawnSync(command, args, { cwd: folder, env, input: asDiff(edit) });
      const ms = performance.now() - began;
      if (status !== 0) return { tree: undefined, ms };
      return {
        tree: new Map([...edit.tree.keys()].map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
        ms,
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  return { name, inProcess: false, apply };
}

async function jsdiff(edit: WrittenEdit): Promise<Result> {
  const diff = asDiff(edit);
  const began = performance.now();
  const tree = new Map(edit.tree);
  try {
    for (const patch of parsePatch(diff)) {
      const path = patch.newFileName?.replace(/^b\//, '') ?? '';
      const patched = applyPatch(tree.get(path) ?? '', patch, { fuzzFactor: 2 });
      if (patched === false || !tree.has(path)) return { tree: undefined, ms: performance.now() - began };
      tree.set(path, patched);
    }
    return { tree, ms: performance.now() - began };
  } catch {
    // What it cannot parse it throws at.
    return { tree: undefined, ms: performance.now() - began };
  }
}

/** The command, on as many edits as are given: what somebody waits who calls it from a shell. */
export function commandTimes(edits: readonly WrittenEdit[]): number[] {
  return edits.map((edit) => {
    const folder = laidOut(edit.tree);
    try {
      const main = join(import.meta.dirname, '../../src/main.ts');
      const began = performance.now();
      spawnSync(globalThis.process.execPath, [main, 'edits', '--repo', folder, '--reply', '-', '--json'], {
        input: asBlockReply(edit),
      });
      return performance.now() - began;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

function laidOut(tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), 'self-heal-bench-'));
  for (const [path, text] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
