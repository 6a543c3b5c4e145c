// Runs the git command in a repository, cut off from this machine's and this user's configuration.
import { startGit } from './start-git.ts';

export class GitError extends Error {
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args.join(' ')} ended with ${exitCode ?? 'a signal'}: ${stderr.trim()}`);
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export interface GitOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  /** Exit codes besides 0 that are an answer and no failure. */
  expectedExitCodes?: readonly number[];
}

/** Nothing of the host's git reaches the hosted repositories; a repository made by another user may still be read. */
export const gitEnvironment = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  GIT_CONFIG_KEY_1: 'core.quotePath',
  GIT_CONFIG_VALUE_1: 'false',
});

export interface GitResult {
  stdout: Buffer;
  exitCode: number;
}

/** Objects never change: what is asked of them by their names has one answer for ever. Half of all questions come again. */
const answers = new Map<string, Promise<GitResult>>();
const keptAnswers = 2_000;
const askObjects: ReadonlySet<string> = new Set(['diff-tree', 'ls-tree', 'merge-base']);
const objectName = /^[0-9a-f]{40}$/;

export function runGit(directory: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  const [command = '', ...rest] = args;
  const namesObjectsOnly = rest.every((arg) => arg.startsWith('-') || objectName.test(arg));
  if (!askObjects.has(command) || !namesObjectsOnly || options.input || options.env)
    return spawned(directory, args, options);
  const question = JSON.stringify([directory, args, options.expectedExitCodes]);
  const known = answers.get(question);
  if (known) return known;
  if (answers.size >= keptAnswers) answers.clear();
  const answer = spawned(directory, args, options);
  answers.set(question, answer);
  answer.catch(() => answers.delete(question));
  return answer;
}

async function spawned(directory: string, args: readonly string[], options: GitOptions): Promise<GitResult> {
  const env = { ...gitEnvironment(), ...options.env };
  const { input, expectedExitCodes } = options;
  const end = await startGit({ directory, args: [...args], env, ...(input === undefined ? {} : { input }) });
  if (end.failure !== undefined) throw new GitError(args, null, end.failure);
  const { exitCode } = end;
  if (exitCode !== null && (exitCode === 0 || expectedExitCodes?.includes(exitCode)))
    return { stdout: Buffer.from(end.stdout), exitCode };
  throw new GitError(args, exitCode, end.stderr);
}

export const gitBytes = async (directory: string, args: readonly string[], options?: GitOptions): Promise<Buffer> =>
  (await runGit(directory, args, options)).stdout;

/** What git printed, without the last line's end. */
export const git = async (directory: string, args: readonly string[], options?: GitOptions): Promise<string> =>
  (await gitBytes(directory, args, options)).toString('utf8').replace(/\n$/, '');

/** For questions that git answers with an exit code: null when it said no. */
export async function gitOrNull(
  directory: string,
  args: readonly string[],
  noCodes = [1, 128],
): Promise<string | null> {
  const result = await runGit(directory, args, { expectedExitCodes: noCodes });
  return result.exitCode === 0 ? result.stdout.toString('utf8').replace(/\n$/, '') : null;
}
