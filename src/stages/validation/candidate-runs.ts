// The runs of the whole candidate beside those without its fix → what is wrong with them, in words for the next attempt.
import { excerptOf } from '../../failures/excerpt.ts';
import { findFailures } from '../../failures/find-failures.ts';
import { readJobLog } from '../../failures/read-job-log.ts';
import type { Evidence } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import type { Judged, Runs } from './judgement.ts';
import { whyUnended } from './proof-rows.ts';
import { colourOf, commandsOf, failuresOf, redEnd, reportedFailures } from './run-results.ts';
import { isSameFailure, testKey } from './same-failure.ts';
import type { SandboxRun } from './sandbox-report.ts';

const feedbackCharacters = 4_000;
const mostNamed = 10;

/** Undefined: every run of the candidate is green, by exit code and by report. */
export function greenOfCandidate(all: Runs, known: readonly Failure[], paths: Evidence['paths']): Judged | undefined {
  const bad = all.candidates.find((run) => colourOf(run) !== 'green' || reportsRed(run, all, known, paths));
  if (!bad) return undefined;
  const fault = colourOf(bad) === 'missing' ? notEnded(bad) : red(bad, all, known, paths);
  if (all.candidates.length === 1 || colourOf(bad) === 'missing') return fault;
  const passed = all.candidates.filter((run) => colourOf(run) === 'green').length;
  if (passed === 0) return fault;
  const rate = `With the patch the tests passed in ${passed} of ${all.candidates.length} runs: they have to pass every time.`;
  return { ...fault, feedback: `${rate}\n${fault.feedback}` };
}

function notEnded(run: SandboxRun): Judged {
  const ends = commandsOf(run);
  const feedback = `With the patch the tests did not end (${whyUnended(run)}), and without it they did.`;
  if (ends.some((end) => end.ended === 'timed-out')) return { verdict: 'timed-out', feedback };
  if (ends.some((end) => end.ended === 'killed')) return { verdict: 'still-failing', feedback };
  const why = `The candidate was not run: ${whyUnended(run)}.`;
  return { verdict: 'sandbox-unavailable', feedback: why };
}

/** The command may end with 0 whatever its tests do; failures that were there before, and are not the one, are not ours. */
function reportsRed(run: SandboxRun, all: Runs, known: readonly Failure[], paths: Evidence['paths']): boolean {
  const failing = reportedFailures(run);
  return failing.some((one) => isNamed(one, known, paths)) || broken(failing, all).length > 0;
}

const isNamed = (one: Failure, known: readonly Failure[], paths: Evidence['paths']): boolean =>
  known.some((other) => isSameFailure(other, one, paths));

/** Tests that failed neither as they were nor with the new tests alone. */
function broken(failing: readonly Failure[], { base, testOnly }: Runs): Failure[] {
  const before = [...failuresOf(base), ...(testOnly ? failuresOf(testOnly) : [])];
  const keys = new Set(before.map(testKey));
  return failing.filter((one) => one.test !== undefined && !keys.has(testKey(one)));
}

function red(run: SandboxRun, all: Runs, known: readonly Failure[], paths: Evidence['paths']): Judged {
  const failing = failuresOf(run);
  const others = broken(failing, all);
  const end = redEnd(run);
  const log = readJobLog(end.output);
  const excerpt = excerptOf(log, findFailures(log), feedbackCharacters);
  const named = `${others.length === 1 ? 'this test fails' : `these ${others.length} tests fail`} that did not fail without it: ${listed(others)}`;
  if (others.length > 0 && !failing.some((one) => isNamed(one, known, paths)))
    return { verdict: 'broke-others', feedback: `With the patch the failure is gone, but ${named}.\n${excerpt}` };
  const also = others.length > 0 ? `Also ${named}.\n` : '';
  return {
    verdict: 'still-failing',
    feedback: `With the patch the tests still fail (exit code ${end.exitCode}):\n${also}${excerpt}`,
  };
}

function listed(failures: readonly Failure[]): string {
  const names = [...new Set(failures.map(({ test = '' }) => test.slice(0, 120)))];
  const more = names.length > mostNamed ? [`${names.length - mostNamed} more`] : [];
  return [...names.slice(0, mostNamed), ...more].join(', ');
}
