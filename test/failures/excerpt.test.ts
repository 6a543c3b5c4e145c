// The excerpt shows every failure with what stands above it, in order, within its limit, with the command and the exit code.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf } from '../../src/failures/excerpt.ts';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readGreenLog } from '../../src/failures/green-log.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { fixture, jobLog } from './fixture.ts';

const noise = Array.from({ length: 400 }, (_, index) => `downloading package ${index}`).join('\n');
const text = jobLog([
  { command: 'npm ci', output: noise },
  { command: 'npm test', output: `${noise}\n${fixture('jest')}`, exitCode: 1 },
]);
const whole = readJobLog(text);
const failures = findFailures(whole);
const excerpt = (max: number, log = whole) => excerptOf(log, log === whole ? failures : findFailures(log), max);

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

  it('spends no room on tests that passed, nor on what came long before or after', () => {
    const passing = Array.from(
      { length: 60 },
      (_, index) => `  ✓ counts ${index} apples (3 ms)\nPASSED tests/test_${index}.py`,
    );
    const output = [...passing, 'the stock was empty', fixture('unittest'), ...passing].join('\n');
    const shown = excerpt(8_000, readJobLog(jobLog([{ command: 'make test', output, exitCode: 1 }])));
    expect(shown).not.toContain('apples');
    expect(shown).not.toContain('PASSED');
    expect(shown).toContain('the stock was empty');
    const { length } = fixture('unittest');
    expect(shown.length).toBeLessThan(length + 800);
  });

  it('shows the same cause whole once, and of its repetitions where they begin and end', () => {
    const stack = Array.from(
      { length: 40 },
      (_, index) => `    at step${index} (/srv/shop/src/steps.js:${index + 1}:3)`,
    );
    const once = (name: string) => [`  ● cart › ${name}`, '', '    TypeError: price is not a function', '', ...stack];
    const output = ['FAIL test/cart.test.js', ...['adds', 'removes', 'empties'].flatMap(once)].join('\n');
    const shown = excerpt(8_000, readJobLog(jobLog([{ command: 'npx jest', output, exitCode: 1 }])));
    expect(shown.match(/● cart/g)).toHaveLength(3);
    expect(shown.match(/at step20 /g)).toHaveLength(1);
    expect(shown.match(/at step39 /g)).toHaveLength(3);
  });

  it('leaves out frames of libraries in the middle of a long trace', () => {
    const foreign = Array.from(
      { length: 40 },
      (_, index) => `  File "/usr/lib/python3.12/site-packages/django/core/m${index}.py", line 9, in run\n    go()`,
    );
    const own = '  File "/srv/shop/shop/urls.py", line 3, in <module>\n    import prices';
    const trace = ['Traceback (most recent call last):', ...foreign, own, ...foreign, own, 'KeyError: 7'].join('\n');
    const shown = excerpt(8_000, readJobLog(jobLog([{ command: 'python3 manage.py', output: trace, exitCode: 1 }])));
    expect(shown.match(/shop\/urls\.py/g)).toHaveLength(2);
    expect(shown.match(/django/g)?.length).toBeLessThan(14);
    expect(shown).toContain('KeyError: 7');
  });

  it('leaves out what stands around a failure where the passed run printed it too', () => {
    const before =
      'using the cache of yesterday\nthe schema has 7 tables\nloading fixtures\nconnecting to the stock\nwarming up';
    const green = readGreenLog(jobLog([{ command: 'make test', output: before }]));
    const output = `${before}\nthe stock is of another version\n${fixture('unittest')}`;
    const log = readJobLog(jobLog([{ command: 'make test', output, exitCode: 1 }]));
    const shown = excerptOf(log, findFailures(log, { green }), 8_000, green);
    expect(shown).toContain('the stock is of another version');
    expect(shown).not.toContain('warming up');
  });
});
