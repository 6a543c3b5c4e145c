// The prepared base folder → what git says about it, and fresh copies of it to run in, without its `.git`.
import { execFile } from 'node:child_process';
import { access, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ActionError } from './action-error.ts';
import { git } from './git.ts';
import type { SandboxUser } from './host.ts';

const run = promisify(execFile);
const TEN_MINUTES_MS = 600_000;

/** Throws unless `directory` is a checkout of `base`; returns the tracked files that preparing it has changed. */
export async function checkPrepared(directory: string, base: string): Promise<string[]> {
  const head = await git(directory, ['rev-parse', 'HEAD']).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ActionError(
      `\`directory\` ${directory} is not a git checkout (${said}). Put an actions/checkout step with ` +
        'the base as its `ref` before this step.',
      { cause },
    );
  });
  const found = head.toString('utf8').trim();
  if (found !== base) {
    throw new ActionError(
      `\`directory\` ${directory} is at ${found}, but \`base\` is ${base}. Let actions/checkout have the base as its \`ref\`.`,
    );
  }
  const status = await git(directory, ['status', '--porcelain=v1', '-z', '--untracked-files=no', '--no-renames']);
  const lines = status.toString('utf8').split('\0');
  return lines.filter((line) => line !== '').map((line) => line.slice(3));
}

/** Everything that was prepared comes along (installed packages too), in a folder that belongs to the sandbox's user. */
export async function copyPrepared(directory: string, copy: string, user: SandboxUser): Promise<void> {
  await mkdir(copy, { recursive: true });
  const entries = (await readdir(directory)).filter((name) => name !== '.git');
  if (entries.length > 0) {
    const sources = entries.map((name) => join(directory, name));
    await run('cp', ['-a', '--reflink=auto', '-t', copy, '--', ...sources], { timeout: TEN_MINUTES_MS });
  }
  await giveTo(copy, user);
}

/** A folder that is not there is an empty one: the tests may be the first to write into it. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  if (!(await isThere(from))) return;
  await run('cp', ['-a', '--reflink=auto', '-T', '--', await realpath(from), to], { timeout: TEN_MINUTES_MS });
}

/** Only root can give files away; anybody else runs the sandbox as themselves. */
export async function giveTo(folder: string, user: SandboxUser): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await run('chown', ['-R', '-h', `${user.uid}:${user.gid}`, '--', folder], { timeout: TEN_MINUTES_MS });
}

export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    // Tests can leave folders without permissions behind: those are given back, and a second failure is an error.
    await run('chmod', ['-R', 'u+rwX', '--', folder], { timeout: TEN_MINUTES_MS });
    await rm(folder, { recursive: true, force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
