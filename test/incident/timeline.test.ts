import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noted, TimelineEntry } from '../../src/incident/timeline.ts';
import { incident } from './sample.ts';

const at = '2026-03-02T08:00:00.000Z';
const entry = (text: string): TimelineEntry => ({ at, step: 'collect', kind: 'did', text });

it('keeps the first entry and the newest, two hundred in all', () => {
  let timeline = incident().timeline;
  for (let count = 0; count < 500; count += 1) timeline = noted(timeline, entry(String(count)));
  expect(timeline).toHaveLength(200);
  expect(timeline[0]).toEqual(incident().timeline[0]);
  expect(timeline.slice(1).map((one) => one.text)).toEqual(
    Array.from({ length: 199 }, (_, index) => String(301 + index)),
  );
});

it('keeps every entry readable, whatever is said', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.integer({ min: 995, max: 1_005 }),
      (text, length) => {
        for (const said of [text, `${'x'.repeat(length)}😀${'x'.repeat(10)}`]) {
          const [only] = noted([], entry(said));
          expect(TimelineEntry.safeParse(only).success).toBe(true);
          expect(only?.text.length).toBeLessThanOrEqual(1_000);
          if (said.isWellFormed()) expect(only?.text.isWellFormed()).toBe(true);
        }
      },
    ),
  );
});

it('changes neither the list nor the entry it was given', () => {
  const before = [entry('a')];
  const given = entry('b'.repeat(2_000));
  noted(before, given);
  expect(before).toEqual([entry('a')]);
  expect(given.text).toHaveLength(2_000);
});
