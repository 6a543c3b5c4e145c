import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { digest } from '../src/digest.ts';

const feeds = [
  { title: 'World', url: 'world' },
  { title: 'Town', url: 'town' },
  { title: 'Weather', url: 'weather' },
];
const delays: Record<string, number> = { world: 30, town: 15, weather: 1 };

test('sections are in the order of the feeds, whichever answers first', async () => {
  const sections = await digest(feeds, async (url) => {
    await sleep(delays[url]);
    return [`news of ${url}`];
  });
  assert.deepEqual(
    sections.map(({ title }) => title),
    ['World', 'Town', 'Weather'],
  );
});
