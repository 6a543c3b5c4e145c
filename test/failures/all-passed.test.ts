// A tool that said that all went well → what it had printed of handled errors is not why the step ended.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allPassedAt } from '../../src/failures/all-passed.ts';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readGreenLog } from '../../src/failures/green-log.ts';
import type { LogLine } from '../../src/failures/job-log.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { jobLog } from './fixture.ts';
import { logFolder } from './tools-table.ts';

const asLines = (texts: readonly string[]): LogLine[] =>
  texts.map((text, index) => ({ number: index + 1, text, kind: 'output' }));

/** What a fixture's tool printed. */
function outputOf(name: string): string {
  const { lines, failedStep, steps } = readJobLog(readFileSync(`${logFolder}${name}.log`, 'utf8'));
  const { from = 0, to = 0 } = failedStep ?? steps.at(-1) ?? {};
  const output = lines.filter(({ kind, number }) => kind === 'output' && number >= from && number <= to);
  return output.map(({ text }) => text).join('\n');
}

const failing = (output: string, exitCode = 1) => readJobLog(jobLog([{ command: 'run', output, exitCode }]));

const greens = [
  ...['ava', 'dotnet', 'jest', 'junit', 'minitest', 'mocha', 'node-test', 'phpunit', 'pytest', 'rspec'],
  ...['tap', 'unittest', 'vitest'],
].map((tool) => `${tool}/green`);

describe('a step whose tests passed and that failed then', () => {
  it.each(greens)('failed with what came after %s', (name) => {
    const end = 'deploy: the release was refused by the server';
    expect(findFailures(failing(`${outputOf(name)}\nUploading\n${end}`))).toMatchObject([
      { tool: 'shell', message: `${end} (exit code 1)` },
    ]);
    expect(
      findFailures(failing(`${outputOf(name)}\ncurl: (22) The requested URL returned error: 500`, 22)),
    ).toMatchObject([{ tool: 'shell', message: 'curl: (22) The requested URL returned error: 500 (exit code 22)' }]);
  });

  it('failed with a trace that stands below the verdict', () => {
    const trace =
      "/srv/shop/load.js:3\n  throw new Error('closed')\n  ^\n\nError: closed\n    at load (/srv/shop/load.js:3:9)\n\nNode.js v24.1.0";
    expect(findFailures(failing(`${outputOf('mocha/green')}\n${trace}`))).toMatchObject([
      { tool: 'node', message: 'closed', line: 3 },
    ]);
  });
});

describe('several tools in one step', () => {
  it.each([
    ['eslint/green', 'jest/assertion', 'jest'],
    ['jest/green', 'tsc/errors', 'tsc'],
    ['mocha/green', 'pytest/green', 'shell'],
  ])('%s, then %s: what failed is of %s', (first, second, tool) => {
    const found = findFailures(failing(`${outputOf(first)}\n${outputOf(second)}\nnpm error Lifecycle script failed`));
    expect(new Set(found.map((one) => one.tool))).toEqual(new Set([tool]));
  });
});

it('what the passed run printed as well is told only where nothing else is', () => {
  const trace = 'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in load\n    read()\nValueError: old';
  const green = readGreenLog(jobLog([{ command: 'run', output: `one\ntwo\n${trace}` }]));
  const found = (output: string) => findFailures(failing(output), { green });
  expect(found(`one\ntwo\n${trace}\nrefused by the server`)).toMatchObject([
    { message: 'refused by the server (exit code 1)' },
  ]);
  expect(found(`one\ntwo\n${trace}`)).toMatchObject([{ tool: 'python', message: 'old' }]);
});

describe('allPassedAt', () => {
  it.each([
    '===== 3 passed, 1 skipped in 0.12s =====',
    'OK (skipped=1)',
    'Tests:       1 skipped, 2 passed, 3 total',
    '      Tests  4 passed (4)',
    '  12 passing (3s)',
    'ℹ fail 0',
    '3 examples, 0 failures, 1 pending',
    '2 runs, 4 assertions, 0 failures, 0 errors, 0 skips',
    'Passed!  - Failed:     0, Passed:     4, Skipped:     0, Total:     4',
    'BUILD SUCCESSFUL in 3s',
    '[INFO] BUILD SUCCESS',
  ])('believes %j', (text) => {
    expect(allPassedAt(asLines(['x', text, 'y']))).toBe(2);
  });

  it.each([
    '===== 1 failed, 3 passed in 0.12s =====',
    '===== 3 passed, 1 error in 0.12s =====',
    'Tests:       1 failed, 2 passed, 3 total',
    '      Tests  1 failed | 4 passed (5)',
    'ℹ fail 1',
    '3 examples, 1 failure',
    '2 runs, 4 assertions, 0 failures, 1 errors, 0 skips',
    'web: BUILD SUCCESSFUL in 3s',
    'OK then',
  ])('does not believe %j', (text) => {
    expect(allPassedAt(asLines(['x', text, 'y']))).toBe(0);
  });
});
