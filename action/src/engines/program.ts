// A call of docker or podman → what it printed, or an error with what it said.
import { execFile } from 'node:child_process';
import { ActionError } from '../action-error.ts';
import { engineEnvironment } from '../environment.ts';

export function callProgram(
  [file, ...first]: readonly [string, ...string[]],
  args: readonly string[],
  timeoutMs = 120_000,
): Promise<string> {
  const options = { env: engineEnvironment(process.env), timeout: timeoutMs, maxBuffer: 4 * 1024 * 1024 };
  return new Promise((fulfil, reject) => {
    execFile(file, [...first, ...args], options, (error, stdout, stderr) => {
      if (error === null) return fulfil(stdout.trim());
      if (error.code === 'ENOENT') return reject(new ActionError(`the program \`${file}\` is not installed`));
      const said = stderr.trim().slice(-400) || error.message.slice(0, 400);
      reject(new ActionError(`\`${file} ${args[0] ?? ''}\` failed: ${said}`, { cause: error }));
    });
  });
}
