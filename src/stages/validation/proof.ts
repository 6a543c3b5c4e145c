// A sandbox report and what was expected of it → the verdict, run by run, with feedback for the next attempt.
import type { Evidence, Trigger } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { greenOfCandidate } from './candidate-runs.ts';
import type { Judged, Patched, Runs } from './judgement.ts';
import { firstWords, type ProofRow, proofRow, whyUnended } from './proof-rows.ts';
import { colourOf, commandsOf, failuresOf } from './run-results.ts';
import { isSameFailure } from './same-failure.ts';
import type { SandboxReport, SandboxRun } from './sandbox-report.ts';
import { redOfNewTest } from './test-only-run.ts';
import { testsLost } from './tests-lost.ts';

export interface Proof extends Judged {
  runs: ProofRow[];
}

/** A failed run is red on the base by itself; an issue's failure may show only once its test is there. */
export function proof(report: SandboxReport, evidence: Evidence, trigger: Trigger['kind'], patched: Patched): Proof {
  const of = (name: SandboxRun['name']) =>
    report.runs.filter((run) => run.name === name).toSorted((one, other) => one.round - other.round);
  const [bases, testOnly, candidates] = [of('base'), of('test-only'), of('candidate')];
  const redByItself = trigger === 'workflow-run' || colourOf(bases[0]) === 'red';
  const rows = (name: SandboxRun['name'], expected: 'red' | 'green', runs: readonly SandboxRun[]) =>
    runs.length === 0
      ? [proofRow(name, expected, undefined)]
      : runs.map((run) => proofRow(name, expected, run, runs.length));
  const runs = [
    ...rows('base', redByItself ? 'red' : 'green', bases),
    ...rows('test-only', patched.onlyTests ? 'green' : 'red', testOnly),
    ...rows('candidate', 'green', candidates),
  ];
  const judged = (judgement: Judged): Proof => ({ ...judgement, runs });

  if (report.error) return judged({ verdict: 'sandbox-unavailable', feedback: report.error });
  const [base, candidate] = [bases[0], candidates[0]];
  const repeated = report.runs.find((run) => report.runs.some((one) => one !== run && isSameRound(one, run)));
  if (repeated)
    return judged({ verdict: 'report-missing', feedback: `The report has more than one ${repeated.name} run.` });
  if (!base || !candidate)
    return judged({ verdict: 'report-missing', feedback: 'The report lacks the base or the candidate run.' });
  const all: Runs = {
    bases,
    base,
    testOnly: testOnly[0],
    candidates,
    candidate,
    repeat: report.repeat,
    testPaths: report.testPaths,
  };
  const known = evidence.failures.filter((failure) => failure.tool !== 'shell');
  const wrong =
    baseFault(all, redByItself, evidence, known, trigger) ??
    greenOfCandidate(all, known, evidence.paths) ??
    lostTests(all, patched);
  return judged(wrong ?? redWithoutFix(all, patched, redByItself));
}

const isSameRound = (one: SandboxRun, other: SandboxRun): boolean =>
  one.name === other.name && one.round === other.round;

/** What speaks against the failing commit's runs. */
function baseFault(
  { bases, base }: Runs,
  redByItself: boolean,
  evidence: Evidence,
  known: readonly Failure[],
  trigger: Trigger['kind'],
): Judged | undefined {
  if (commandsOf(base).some((end) => end.ended === 'timed-out'))
    return {
      verdict: 'sandbox-unavailable',
      feedback: `The tests did not end in time on the failing commit, without any patch (${whyUnended(base)}). Raise \`timeout-seconds\` in .github/workflows/self-heal.yml, or give \`command\` fewer tests to run.`,
    };
  if (commandsOf(base).some((end) => end.ended !== 'completed'))
    return { verdict: 'sandbox-unavailable', feedback: `The base run did not end: ${whyUnended(base)}.` };
  if (!redByItself) return undefined;
  const isNamed = (run: SandboxRun) => colourOf(run) === 'red' && isKnown(run, known, evidence, trigger);
  const passed = bases.filter((run) => colourOf(run) === 'green').length;
  if (passed > 0) {
    const of = bases.filter((run) => colourOf(run) !== 'missing').length;
    if (!bases.some(isNamed))
      return {
        verdict: 'not-reproduced',
        feedback: `The tests passed on the failing commit${of > 1 ? `, in ${passed} of ${of} runs` : ''}.`,
      };
    return {
      verdict: 'flaky',
      feedback: `The failing commit passed in ${passed} of ${of} runs in the sandbox, without any change: the failure comes and goes.`,
      passRate: { passed, of },
    };
  }
  if (isNamed(base)) return undefined;
  return {
    verdict: 'not-reproduced',
    feedback: `The sandbox failed on the base in another way: ${firstWords(base)}`,
  };
}

/** Where a run named nothing any red will do. */
function isKnown(run: SandboxRun, known: readonly Failure[], { paths }: Evidence, trigger: Trigger['kind']): boolean {
  if (known.length === 0) return trigger === 'workflow-run';
  const there = failuresOf(run);
  return known.some((one) => there.some((other) => isSameFailure(one, other, paths)));
}

/** Of the candidate's green; the run with only its tests may have run more of them than the base. */
function lostTests({ base, testOnly, candidate }: Runs, { newTests }: Patched): Judged | undefined {
  const sameTests = testOnly && colourOf(testOnly) !== 'missing' ? testsLost(testOnly, candidate, 0) : undefined;
  const feedback = testsLost(base, candidate, newTests) ?? sameTests;
  return feedback === undefined ? undefined : { verdict: 'fewer-tests', feedback };
}

/** The red that the fix turns green: of the base, and of its new test where it brings one. */
function redWithoutFix(all: Runs, patched: Patched, redByItself: boolean): Judged {
  const proven: Judged = { verdict: 'proven', feedback: '' };
  // All that can be shown of it: red without, green with it. That it should be green is for a person to say.
  const red = patched.onlyTests && redByItself ? proven : redOfNewTest(all, patched, redByItself);
  const asked = all.repeat + 1;
  if (red.verdict !== 'proven' || all.candidates.length >= asked) return red;
  const shortfall = `The candidate was run ${all.candidates.length} of the ${asked} times that the workflow asks for.`;
  return { verdict: 'partly-proven', feedback: shortfall, shortfall };
}
