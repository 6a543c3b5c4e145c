// Arguments for git → its output as bytes, with hooks, prompts, filters and foreign configuration off.
import { execFile } from 'node:child_process';
import { gitEnvironment } from './environment.ts';

/** Settings of one call, given through the environment: unlike arguments they are not shown in a process list. */
export type GitConfig = readonly (readonly [key: string, value: string])[];

const SAFE: GitConfig = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['credential.helper', ''],
  ['safe.directory', '*'],
  ['transfer.fsckObjects', 'true'],
  ['fetch.recurseSubmodules', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

export interface GitCall {
  readonly config?: GitConfig;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

/** Rejects with git's own message when git fails. */
export function git(directory: string, args: readonly string[], call: GitCall = {}): Promise<Buffer> {
  const config = [...SAFE, ...(call.config ?? [])];
  const env = gitEnvironment(process.env);
  env.GIT_CONFIG_COUNT = String(config.length);
  for (const [index, [key, value]] of config.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  const options = {
    cwd: directory,
    env,
    encoding: 'buffer',
    maxBuffer: call.maxBytes ?? 32 * 1024 * 1024,
    timeout: call.timeoutMs ?? 60_000,
    killSignal: 'SIGKILL',
  } as const;
  return new Promise((fulfil, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) return fulfil(stdout);
      const said = stderr.toString('utf8').trim().slice(-800) || error.message;
      reject(new Error(`git ${args[0] ?? ''}: ${said}`, { cause: error.code }));
    });
  });
}
