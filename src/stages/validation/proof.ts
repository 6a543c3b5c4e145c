// A sandbox report and what was expected of it → the verdict, run by run, with feedback for the next attempt.

import { excerptOf } from '../../failures/excerpt.ts';
import { findFailures } from '../../failures/find-failures.ts';
import { readJobLog } from '../../failures/read-job-log.ts';
import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import { testsRun } from '../../failures/test-count.ts';
import type { Evidence, Trigger, Validation } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { normalised } from '../../incident/fingerprint.ts';
import type { SandboxReport, SandboxRun } from './sandbox-report.ts';

export type Verdict = NonNullable<Validation['verdict']>;
type ProofRun = NonNullable<Validation['runs']>[number];

export interface Proof {
  verdict: Verdict;
  runs: ProofRun[];
  /** Why it is not proven, in words that the next attempt can use. */
  feedback: string;
}

/** A failed run is red on the base by itself; an issue's failure may show only once its test is there. `onlyTests`: the test was wrong, and mending it is the whole patch. */
export function proof(report: SandboxReport, evidence: Evidence, trigger: Trigger['kind'], onlyTests = false): Proof {
  const seen = (name: SandboxRun['name']) => report.runs.find((run) => run.name === name);
  const [base, testOnly, candidate] = [seen('base'), seen('test-only'), seen('candidate')];
  const redByItself = trigger === 'workflow-run' || colour(base) === 'red';
  const runs: ProofRun[] = [
    told('base', redByItself ? 'red' : 'green', base),
    told('test-only', onlyTests ? 'green' : 'red', testOnly),
    told('candidate', 'green', candidate),
  ];
  const judged = (verdict: Verdict, feedback: string): Proof => ({ verdict, runs, feedback });

  if (report.error) return judged('incomplete', report.error);
  const repeated = report.runs.find((run) => run !== seen(run.name));
  if (repeated) return judged('incomplete', `The report has more than one ${repeated.name} run.`);
  if (!base || !candidate) return judged('incomplete', 'The report lacks the base or the candidate run.');
  if (colour(base) === 'missing') return judged('incomplete', `The base run did not end: ${base.ended}.`);
  if (redByItself) {
    if (colour(base) === 'green') return judged('not-reproduced', 'The tests passed on the failing commit.');
    if (!sameFailure(base, evidence, trigger))
      return judged('not-reproduced', `The sandbox failed on the base in another way: ${firstWords(base)}`);
  }
  if (colour(candidate) !== 'green') return judged('still-failing', stillRed(candidate));
  const missing = testsMissing(base, candidate);
  if (missing) return judged('fewer-tests', missing);
  // All that can be shown of it: red without, green with it. That it should be green is for a person to say.
  if (onlyTests && redByItself) return judged('proven', '');
  if (testOnly && testOnly.ended !== 'skipped') {
    if (colour(testOnly) === 'green')
      return judged(
        'test-does-not-fail',
        'The new test passes without the fix, so it proves nothing: it must fail on the unfixed sources.',
      );
    if (colour(testOnly) !== 'red')
      return judged('incomplete', `The run with only the new test did not end: ${testOnly.ended}.`);
  } else if (!redByItself) {
    return judged('no-test', 'No regression test came with the fix. Add one that fails on the unfixed sources.');
  }
  return judged('proven', '');
}

/** A green that comes of tests that did not run proves nothing. Where no tool counts them, nobody can tell. */
function testsMissing(base: SandboxRun, candidate: SandboxRun): string | undefined {
  const before = testsRun(base.output);
  if (before === undefined || base.outputTruncated || candidate.outputTruncated) return undefined;
  const after = testsRun(candidate.output);
  if (after !== undefined && after >= before) return undefined;
  return `With the patch the command passes, but ${after === undefined ? 'no test is reported to have run' : `only ${after} tests ran`}, and ${before} ran without it. All of them have to run and pass.`;
}

type Colour = 'red' | 'green' | 'missing';

function colour(run: SandboxRun | undefined): Colour {
  if (run?.ended !== 'completed' || run.exitCode === null) return 'missing';
  return run.exitCode === 0 ? 'green' : 'red';
}

function told(name: SandboxRun['name'], expected: 'red' | 'green', run: SandboxRun | undefined): ProofRun {
  const was = colour(run);
  const detail = !run
    ? 'not in the report'
    : run.ended !== 'completed'
      ? (run.reason ?? run.ended)
      : summaryOf(run, was);
  return { name, expected, was, detail: detail.slice(0, 300), durationMs: run?.durationMs ?? 0 };
}

function summaryOf(run: SandboxRun, was: Colour): string {
  if (was === 'green') return 'exit code 0';
  return `exit code ${run.exitCode}: ${firstWords(run)}`;
}

function firstWords(run: SandboxRun): string {
  const [first] = failuresOf(run);
  if (!first) return `no failure named, exit code ${run.exitCode}`;
  return `${first.test ?? first.type ?? first.tool}: ${first.message.split('\n')[0] ?? ''}`.slice(0, 200);
}

const failuresOf = (run: SandboxRun): Failure[] => findFailures(readJobLog(run.output));

/** The same test, or the same error: what a machine prints around it may differ. Where a run named nothing any red will do. */
function sameFailure(run: SandboxRun, { failures, paths }: Evidence, trigger: Trigger['kind']): boolean {
  const known = failures.filter((failure) => failure.tool !== 'shell');
  if (known.length === 0) return trigger === 'workflow-run';
  const there = failuresOf(run).map((one) => ({ ...one, names: namesOf(one, paths) }));
  return known
    .map((one) => ({ ...one, names: namesOf(one, paths) }))
    .some((one) =>
      there.some((other) =>
        // Another runner names the same test differently: then the error has to do.
        one.names && other.names && one.tool === other.tool
          ? one.names.exact === other.names.exact || (one.names.alike === other.names.alike && sameError(one, other))
          : sameError(one, other),
      ),
    );
}

const sameError = (one: Failure, other: Failure): boolean =>
  other.type === one.type && normalised(other.message) === normalised(one.message);

const isAbsolute = (path: string): boolean => /^(?:file:|[\\/]|[A-Za-z]:[\\/])/.test(path);
/** Addresses, random ids, ports, temporary folders. Other numbers stay: they tell the rows of one test's table apart. */
const differsEachRun =
  /\b0x[\da-f]{6,16}\b|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|(?<=\b(?:localhost|127\.0\.0\.1):)\d{4,5}\b|(?<![\w.-])(?:\/private)?\/(?:tmp|var\/tmp|var\/folders)\/(?:[^\s'"/]+\/)+|\\Temp\\(?:[^\s'"\\]+\\)+/gi;

interface Names {
  /** With files as the repository calls them, wherever the checkout lies: Node.js 20 calls a file that crashed by its full path. */
  exact: string;
  alike: string;
}

function namesOf({ test }: Failure, paths: readonly string[]): Names | undefined {
  if (!test) return undefined;
  const printed = pathsIn(test).filter((path) => isAbsolute(path) || test.startsWith(path));
  const exact = printed
    .toSorted((a, b) => b.length - a.length)
    .reduce((name, path) => name.replaceAll(path, () => mapToTree(path, paths) ?? path), test);
  return { exact, alike: exact.replace(differsEachRun, '…') };
}

const feedbackCharacters = 4_000;

function stillRed(run: SandboxRun): string {
  if (run.ended !== 'completed')
    return `With the patch the tests did not end (${run.ended}${run.reason ? `: ${run.reason}` : ''}).`;
  const log = readJobLog(run.output);
  return `With the patch the tests still fail (exit code ${run.exitCode}):\n${excerptOf(log, findFailures(log), feedbackCharacters)}`;
}
