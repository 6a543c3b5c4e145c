// The runs of a report → one row each for people: what was expected, what came, why.
import type { Validation } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { type Colour, colourOf, countOf, failuresOf, redEnd, unended } from './run-results.ts';
import type { SandboxRun } from './sandbox-report.ts';

export type ProofRow = NonNullable<Validation['runs']>[number];

/** `rounds`: how often this tree was run. */
export function proofRow(
  name: SandboxRun['name'],
  expected: 'red' | 'green',
  run: SandboxRun | undefined,
  rounds = 1,
): ProofRow {
  const was = colourOf(run);
  if (!run) return { name, expected, was, detail: 'not in the report', durationMs: 0 };
  const which = rounds > 1 ? `run ${run.round} of ${rounds}: ` : '';
  const tests = was === 'missing' ? undefined : countOf(run);
  return {
    name,
    expected,
    was,
    detail: `${which}${detailOf(run, was)}`.slice(0, 300),
    durationMs: run.durationMs + (run.testCommand?.durationMs ?? 0),
    ...(rounds > 1 ? { round: run.round } : {}),
    ...(tests && tests.ran >= 0 ? { tests } : {}),
  };
}

function detailOf(run: SandboxRun, was: Colour): string {
  if (was === 'green') return 'exit code 0';
  if (was === 'missing') return whyUnended(run);
  const end = redEnd(run);
  return `exit code ${end.exitCode}${end === run ? '' : ' of all tests'}: ${firstWords(run)}`;
}

export function whyUnended(run: SandboxRun): string {
  const end = unended(run);
  return end ? (end.reason ?? end.ended) : 'it has no exit code';
}

/** The first failure that the run names. */
export function firstWords(run: SandboxRun): string {
  const [first] = failuresOf(run);
  return first ? failureWords(first) : `no failure named, exit code ${redEnd(run).exitCode}`;
}

export const failureWords = (one: Failure): string =>
  `${one.test ?? one.type ?? one.tool}: ${one.message.split('\n')[0] ?? ''}`.slice(0, 200);
