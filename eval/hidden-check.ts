// A commit of a case's repository and its hidden files → whether the hidden command passes there.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Case } from './case.ts';
import type { Sandbox } from './sandbox.ts';

const run = promisify(execFile);
const tailCharacters = 1_500;

interface HiddenCheck {
  passed: boolean;
  /** The last of what the command printed. */
  output: string;
}

export interface Commit {
  gitDirectory: string;
  sha: string;
}

/** `over`: a further folder of the case that is laid over the commit before the hidden files are. */
export async function hiddenCheck(
  { directory, hidden, env }: Case,
  { gitDirectory, sha }: Commit,
  sandbox: Sandbox,
  folder: string,
  over?: string,
): Promise<HiddenCheck> {
  const tree = await mkdtemp(path.join(folder, 'hidden-'));
  try {
    const archive = `${tree}.tar`;
    await run('git', [`--git-dir=${gitDirectory}`, 'archive', '--format=tar', `--output=${archive}`, sha]);
    await run('tar', ['-xf', archive, '-C', tree]);
    await rm(archive);
    for (const layer of [...(over === undefined ? [] : [over]), 'hidden'])
      await cp(path.join(directory, layer), tree, { recursive: true });
    const end = await sandbox.run(tree, hidden ?? 'false', plain(env));
    const why = end.ended === 'completed' ? '' : `\n(${end.ended}${end.reason ? `: ${end.reason}` : ''})`;
    return { passed: end.exitCode === 0, output: `${end.output.trimEnd().slice(-tailCharacters)}${why}` };
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/** Expressions mean something to a workflow only. */
const plain = (env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => !value.includes('${{')));
