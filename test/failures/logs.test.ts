// Logs of real tools, made by the scripts beside them → exactly the failures that the tool printed, with file and line.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parserKinds } from '../../src/failures/failure-parser.ts';
import { findFailures, namedByTools } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
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

describe('docs/tools.md', () => {
  it('has the table of what is found in them (`npm run tools-table` writes it)', () => {
    const text = readFileSync(new URL('../../docs/tools.md', import.meta.url), 'utf8');
    expect(text).toContain(toolsTable());
  });
});
