// Whatever a repository prints → read in linear time by every parser: what does not end is killed, with the case's name.
import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const child = new URL('./hostile-lines.ts', import.meta.url).pathname;

/** Always the same cases, so that what is red here is red everywhere; `node test/failures/hostile-lines.ts 17` tries others. */
const [seeds, deepTools, mostLines] = ['1,2,3', '4', '10000'];
const hangs = 60_000;

/** All that the cases say; of one that hangs, what it said last. They take 3 s. */
function cases(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child, seeds, deepTools, mostLines], {
      timeout: hangs,
      killSignal: 'SIGKILL',
    });
    let said = '';
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    run.on('error', reject);
    run.on('close', () => resolve(said.trimEnd().split('\n')));
  });
}

describe('hostile lines', () => {
  it(
    'make no parser look more often at each line the more lines there are, and none hang',
    async () => {
      const said = await cases();
      expect(said.at(-1)).toBe('done');
      expect(said.filter((line) => line.startsWith('TOO MANY '))).toEqual([]);
    },
    hangs + 5_000,
  );
});
