// Whatever a repository prints → read in linear time by every parser: what does not end is killed, with the case's name.
import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const child = new URL('./hostile-lines.ts', import.meta.url).pathname;

/** All that the cases of a seed say; of one that hangs, what it said last. It takes 3 s: ten times that is a hang. */
function cases(seed: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child, String(seed)], {
      timeout: 27_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    run.on('error', reject);
    run.on('close', () => resolve(said.trimEnd().split('\n')));
  });
}

describe('hostile lines', () => {
  it('make no parser look more often at each line the more lines there are, and none hang', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const said = await cases(seed);
    expect({ seed, last: said.at(-1) }).toEqual({ seed, last: 'done' });
    expect(said.filter((line) => line.startsWith('TOO MANY '))).toEqual([]);
  }, 30_000);
});
