import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest } from '../src/digest.ts';

const feeds = ['a', 'b', 'c', 'd'].map((url) => ({ title: url.toUpperCase(), url }));

/** Feeds answer when they are told to. */
function told() {
  const waiting = new Map<string, { answer: (lines: string[]) => void; fail: (error: Error) => void }>();
  const latest = (url: string) =>
    new Promise<string[]>((answer, fail) => {
      waiting.set(url, { answer, fail });
    });
  return { waiting, latest };
}

test('a feed that fails early or late says so in its place', async () => {
  const { waiting, latest } = told();
  const sections = digest(feeds, latest);
  assert.equal(waiting.size, 4, 'all are asked at once');
  waiting.get('c')?.fail(new Error('down'));
  for (const url of ['d', 'b']) waiting.get(url)?.answer([url]);
  await new Promise(setImmediate);
  waiting.get('a')?.answer(['a']);
  assert.deepEqual(await sections, [
    { title: 'A', headlines: ['a'] },
    { title: 'B', headlines: ['b'] },
    { title: 'C', headlines: ['(not available today)'] },
    { title: 'D', headlines: ['d'] },
  ]);
});

test('two feeds of the same title keep their order', async () => {
  const { waiting, latest } = told();
  const sections = digest(['x', 'y'].map((url) => ({ title: 'Same', url })), latest);
  waiting.get('y')?.answer(['second']);
  await new Promise(setImmediate);
  waiting.get('x')?.answer(['first']);
  assert.deepEqual((await sections).map(({ headlines }) => headlines[0]), ['first', 'second']);
});
