// A sandbox run → its colour, the failures that its outputs and reports name, and how many tests ran.
import { findFailures } from '../../failures/find-failures.ts';
import { readJobLog } from '../../failures/read-job-log.ts';
import { type TestCase, testCases } from '../../failures/reports/test-cases.ts';
import { reportFailures, withReports } from '../../failures/reports/test-reports.ts';
import { type TestCount, testCount } from '../../failures/test-count.ts';
import type { Failure } from '../../incident/failure.ts';
import type { CommandEnd, SandboxRun } from './sandbox-report.ts';

export type Colour = 'red' | 'green' | 'missing';

/** The command that shows the failure, and the one for all tests where the workflow has one. */
export const commandsOf = (run: SandboxRun): CommandEnd[] => [run, ...(run.testCommand ? [run.testCommand] : [])];

const hasEnded = (end: CommandEnd): boolean => end.ended === 'completed' && end.exitCode !== null;

/** The one that did not end by itself, but was ended or never begun. */
export const unended = (run: SandboxRun): CommandEnd | undefined => commandsOf(run).find((end) => !hasEnded(end));

/** One red command makes a red run, also where the other was not carried out any more. */
export function colourOf(run: SandboxRun | undefined): Colour {
  if (!run) return 'missing';
  const ends = commandsOf(run);
  if (ends.some((end) => hasEnded(end) && end.exitCode !== 0)) return 'red';
  return ends.every(hasEnded) ? 'green' : 'missing';
}

export const redEnd = (run: SandboxRun): CommandEnd =>
  commandsOf(run).find((end) => hasEnded(end) && end.exitCode !== 0) ?? run;

const reportsOf = ({ reports }: SandboxRun): ReadonlyMap<string, string> =>
  new Map(reports.map(({ path, text }) => [path, text]));

/** Each test once, also where both commands ran it. */
export function failuresOf(run: SandboxRun): Failure[] {
  const printed = commandsOf(run).flatMap((end) => findFailures(readJobLog(end.output)));
  const once = new Map(printed.map((one) => [JSON.stringify([one.tool, one.test, one.type, one.message]), one]));
  return withReports([...once.values()], reportFailures(reportsOf(run)));
}

/** What only the reports name: a green exit code does not outvote them. */
export const reportedFailures = (run: SandboxRun): Failure[] => reportFailures(reportsOf(run));

/** Undefined where there are no reports, or not all of them. */
export function casesOf(run: SandboxRun): TestCase[] | undefined {
  const cases = run.reportsLeftOut ? [] : testCases(reportsOf(run));
  return cases.length > 0 ? cases : undefined;
}

/** By the reports, else as the tool counts in its output; the larger of the two commands'. */
export function countOf(run: SandboxRun): TestCount | undefined {
  const cases = casesOf(run);
  if (cases) {
    const skipped = cases.filter(({ status }) => status === 'skipped').length;
    return { ran: cases.length - skipped, skipped };
  }
  const counts = commandsOf(run).flatMap((end) => countIn(end) ?? []);
  return counts.toSorted((one, other) => other.ran - one.ran)[0];
}

/** Undefined where nobody counts, or where the count may stand in what was left out. */
export const countIn = (end: CommandEnd): TestCount | undefined =>
  end.outputTruncated ? undefined : testCount(end.output);
