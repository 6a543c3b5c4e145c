// The excerpt shows every failure with what stands above it, in order, within its limit, with the command and the exit code.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf } from '../../src/failures/excerpt.ts';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { fixture, jobLog } from './fixture.ts';

const noise = Array.from({ length: 400 }, (_, index) => `downloading package ${index}`).join('\n');
const text = jobLog([
  { command: 'npm ci', output: noise },
  { command: 'npm test', output: `${noise}\n${fixture('jest')}`, exitCode: 1 },
]);
const excerpt = (max: number, log = readJobLog(text)) => excerptOf(log, findFailures(log), max);

describe('excerptOf', () => {
  it('begins with the command and its exit code', () => {
    expect(excerpt(8_000).startsWith('$ npm test\nexit code 1\n\n')).toBe(true);
  });

  it('shows every failure, in the order of the log, and marks the gaps', () => {
    const shown = excerpt(12_000);
    const titles = findFailures(readJobLog(text)).map((failure) =>
      (failure.test ?? '').replace('./broken.test.js', 'Test suite failed to run'),
    );
    const places = titles.map((title) => shown.indexOf(`● ${title}`));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(shown).toMatch(/\[… \d+ lines …\]/);
    expect(shown).toContain('Received: Infinity');
    expect(shown).toContain('Process completed with exit code 1.');
  });

  it('still shows where each failure begins when there is little room', () => {
    const shown = excerpt(3_000);
    for (const title of ['adds tax', 'objects', 'throws', 'rejects']) expect(shown).toContain(`● pricing › ${title}`);
  });

  it('shows the end of a log in which nothing was recognised', () => {
    const log = readJobLog(`${noise}\nsomething odd\n`);
    expect(excerptOf(log, [], 1_000)).toMatch(/^\[… \d+ lines …\]\n[\s\S]*something odd$/);
  });

  it('shows nothing of other steps where the failing one names its failures', () => {
    const short = jobLog([
      { command: 'git init', output: 'hint: Using master as the name for the initial branch' },
      { command: 'python3 -m unittest', output: fixture('unittest'), exitCode: 1 },
    ]);
    expect(excerpt(8_000, readJobLog(short))).not.toContain('hint:');
  });

  it('is never longer than asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (max) => {
        expect(excerpt(max).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('shows no step’s environment', () => {
    expect(excerpt(50_000)).not.toContain('shell: /usr/bin/bash');
  });
});
