// Patched files and the evidence → whether a regression test is missing or stands where no runner looks, in words for the model.
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';
import { isTestPath } from './test-path.ts';

/** A failing test that is already there is the regression test; otherwise nothing would show red before and green after. */
export function missingTest(
  files: readonly PatchedFile[],
  evidence: Evidence,
  diagnosis: Diagnosis,
): string | undefined {
  const tests = evidence.paths.filter(isTestPath);
  const strange = files.find((file) => file.isTest && file.before === null && !hasPeer(file.path, tests));
  if (strange)
    return `${strange.path} is a new test unlike the repository's own, so no runner would find it. Put the test beside those that are there, in their framework: ${tests.slice(0, 5).join(', ')}.`;
  const failsInTest = evidence.failures.some((failure) => failure.test !== undefined);
  if (tests.length === 0 || failsInTest || diagnosis.kind !== 'code' || files.some((file) => file.isTest))
    return undefined;
  return 'No test goes with the fix, and no existing test shows the failure. Add a regression test that fails without the fix.';
}

/** Of the same language, by the ending: a pytest file is no peer of a jest file. */
const hasPeer = (path: string, tests: readonly string[]): boolean =>
  tests.length === 0 || tests.some((test) => endingOf(test) === endingOf(path));

const endingOf = (path: string): string => /\.[^./]+$/.exec(path)?.[0] ?? '';
