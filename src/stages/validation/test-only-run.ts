// The run of the base with only the candidate's tests → whether its new test fails without the fix, as a proof needs it.
import type { Failure } from '../../incident/failure.ts';
import type { Judged, Patched, Runs } from './judgement.ts';
import { whyUnended } from './proof-rows.ts';
import { casesOf, colourOf, commandsOf, failuresOf } from './run-results.ts';
import { testKey } from './same-failure.ts';
import { ranMore } from './tests-lost.ts';

const proven: Judged = { verdict: 'proven', feedback: '' };
const passes: Judged = {
  verdict: 'test-does-not-fail',
  feedback: 'The new test passes without the fix, so it proves nothing: it must fail on the unfixed sources.',
};
const noTest: Judged = {
  verdict: 'no-test',
  feedback: 'No regression test came with the fix. Add one that fails on the unfixed sources.',
};

const partly = (why: string): Judged => {
  const shortfall = `The run of the failing commit with only the new tests is missing: ${why}.`;
  return { verdict: 'partly-proven', feedback: shortfall, shortfall };
};

/** `redByItself`: the base is red without any new test. */
export function redOfNewTest(all: Runs, patched: Patched, redByItself: boolean): Judged {
  const { testOnly } = all;
  if (!testOnly || testOnly.ended === 'skipped') return withoutRun(all, patched, redByItself);
  switch (colourOf(testOnly)) {
    case 'green':
      return passes;
    case 'missing':
      return notEnded(all, redByItself);
    case 'red':
      return redByItself ? redThere(all, patched) : proven;
  }
}

function withoutRun({ testOnly }: Runs, { bringsTests }: Patched, redByItself: boolean): Judged {
  if (!bringsTests) return redByItself ? proven : noTest;
  const why = testOnly?.reason ?? 'the report does not have it';
  const missing = partly(`${why} (does .github/workflows/self-heal.yml hand \`tests\` to the Action?)`);
  if (redByItself) return missing;
  return { verdict: 'sandbox-unavailable', feedback: `${missing.feedback} Without it nothing was red.` };
}

/** A test that hangs without the fix and passes with it says something, but not all: what hung cannot be told. */
function notEnded({ testOnly }: Runs, redByItself: boolean): Judged {
  const why = testOnly ? `it did not end (${whyUnended(testOnly)})` : 'it did not end';
  const isTimeOut = testOnly && commandsOf(testOnly).some((end) => end.ended === 'timed-out');
  if (redByItself || isTimeOut) return partly(why);
  return { verdict: 'sandbox-unavailable', feedback: `The run with only the new tests is of no use: ${why}.` };
}

const mostFailures = 100;

/** The base fails anyway: that it fails again says nothing of the new test. */
function redThere(all: Runs, { newTests }: Patched): Judged {
  const { base, candidate, testPaths, testOnly = base } = all;
  const failing = failuresOf(testOnly).filter(({ test }) => test !== undefined);
  // A compiler stops before any test does, and of very many failures not all are read.
  if (failing.length === 0 || failing.length >= mostFailures) return proven;
  if (isMore(failing, failuresOf(base)) || failing.some((one) => isWholeFile(one, testPaths))) return proven;
  if (ranMore(base, testOnly) === true) return passes;
  // It changes a test that fails already.
  if (newTests === 0) return proven;
  if (casesOf(base) && casesOf(candidate) && ranMore(base, candidate) === false)
    return { verdict: 'no-test', feedback: 'The new test did not run: put it where the test command finds it.' };
  const shortfall =
    'With only the new tests the failing commit fails as it does without them: whether the new test is red there cannot be told from what was printed.';
  return { verdict: 'partly-proven', feedback: shortfall, shortfall };
}

/** A file that cannot be loaded fails under its own name, and with it every test that is in it. */
function isWholeFile({ test = '' }: Failure, testPaths: readonly string[]): boolean {
  const name = wordsOf(test.replace(extension, ''));
  return testPaths.some((path) => name.endsWith(wordsOf(path.replace(extension, '').split('/').at(-1) ?? '')));
}

const extension = /\.(?:py|rb|php|[cm]?[jt]sx?)\)?$/;
const wordsOf = (name: string): string => ` ${name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}`;

/** Whether a test fails in the first that does not in the second; of one name as often as it failed. */
function isMore(failing: readonly Failure[], before: readonly Failure[]): boolean {
  const left = new Map<string, number>();
  for (const one of before) left.set(testKey(one), (left.get(testKey(one)) ?? 0) + 1);
  return failing.some((one) => {
    const count = left.get(testKey(one)) ?? 0;
    left.set(testKey(one), count - 1);
    return count <= 0;
  });
}
