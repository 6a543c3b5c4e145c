// Logs of real tools, made by the scripts beside them → exactly the failures that the tool printed, with file and line.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type FailureParser, parserKinds } from '../../src/failures/failure-parser.ts';
import { findFailures, namedByTools } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { tools } from '../../src/failures/tools.ts';
import { expectation, logFolder, logNames, shownAs, toolsTable } from './tools-table.ts';

describe('the failures of', () => {
  it.each(logNames())('%s', (name) => {
    const { failures, made } = expectation(name);
    const found = findFailures(readJobLog(readFileSync(`${logFolder}${name}.log`, 'utf8')));
    expect(found.map((one, index) => shownAs(one, failures[index]))).toEqual(failures);
    if (made === 'run') expect(existsSync(`${logFolder}${name}.sh`)).toBe(true);
  });
});

describe('nobody’s failure is', () => {
  const greens = logNames().filter((name) => expectation(name).failures.length === 0);
  it.each(greens)('%s, even if something else in its step had failed', (name) => {
    const log = readJobLog(readFileSync(`${logFolder}${name}.log`, 'utf8'));
    const lines = log.lines.filter((line) => line.kind !== 'header');
    // An uncaught error's trace looks like a logged one's: those are told apart by the step's end only.
    const kinds = parserKinds.filter((kind) => kind !== 'crash');
    expect(kinds.flatMap((kind) => namedByTools(kind, lines, log))).toEqual([]);
  });
});

/** As the last step of a job prints it, below the other steps of a log. */
function below(earlier: string, output: readonly string[]): string {
  const [steps = '', end = ''] = earlier.split(/(?<=\n)(?=\S+ Post job cleanup\.)/);
  const stamp = '2026-03-01T12:30:00.0000000Z ';
  const header = ['##[group]Run last', '\x1b[36;1mlast\x1b[0m', 'shell: /usr/bin/bash -e {0}', '##[endgroup]'];
  const step = [...header, ...output, '##[error]Process completed with exit code 1.'];
  return `${steps}${step.map((line) => `${stamp}${line}\n`).join('')}${end}`;
}

describe('the failure of a later step is named alone below', () => {
  const greens = logNames().filter((name) => expectation(name).failures.length === 0);
  const places = (log: string) => findFailures(readJobLog(log)).map(({ tool, message }) => `${tool}: ${message}`);
  it.each(greens)('%s', (name) => {
    const log = readFileSync(`${logFolder}${name}.log`, 'utf8');
    const found = places(
      below(log, ["src/cart.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'."]),
    );
    expect(found).toEqual(["tsc: Type 'string' is not assignable to type 'number'."]);
    const words = places(below(log, ['Copying 3 files', 'The volume of the cart is gone']));
    expect(words).toEqual(['shell: The volume of the cart is gone (exit code 1)']);
  });
});

describe('of a log too large to keep, the signs of its tool would keep', () => {
  const reds = logNames().filter((name) => expectation(name).failures.length > 0);
  const within = 100;
  it.each(reds)('each failure of %s', (name) => {
    const text = readFileSync(`${logFolder}${name}.log`, 'utf8');
    const raw = text.split('\n');
    const log = readJobLog(text);
    const lines = log.lines.filter((line) => line.kind !== 'header');
    for (const { tool, message, at } of findFailures(log)) {
      const near = raw.slice(Math.max(0, at.from - 1 - within), at.to + within).join('\n');
      const names = (parser: FailureParser) =>
        parser.find(lines).some((one) => one.tool === tool && one.message === message && one.at.from === at.from);
      const isKept = tools.some((parser) => parser.signs.some((sign) => near.includes(sign)) && names(parser));
      // Last words have no signs: they stand at the end of a step.
      expect([tool, message, isKept || !tools.some(names)]).toEqual([tool, message, true]);
    }
  });
});

describe('docs/tools.md', () => {
  it('has the table of what is found in them (`npm run tools-table` writes it)', () => {
    const text = readFileSync(new URL('../../docs/tools.md', import.meta.url), 'utf8');
    expect(text).toContain(toolsTable());
  });
});
