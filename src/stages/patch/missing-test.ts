// Patched files and the evidence → whether a regression test is missing, in words for the model.
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';
import { isTestPath } from './test-path.ts';

/** A failing test that is already there is the regression test; otherwise nothing would show red before and green after. */
export function missingTest(
  files: readonly PatchedFile[],
  evidence: Evidence,
  diagnosis: Diagnosis,
): string | undefined {
  const hasTests = evidence.paths.some(isTestPath);
  const failsInTest = evidence.failures.some((failure) => failure.test !== undefined);
  if (!hasTests || failsInTest || diagnosis.kind !== 'code' || files.some((file) => file.isTest)) return undefined;
  return 'No test goes with the fix, and no existing test shows the failure. Add a regression test that fails without the fix.';
}
