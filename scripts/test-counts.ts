// Jest's JSON report → the line `N passed, N failed, N skipped`; a failed step outside the tests counts as one failure.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** Test files that could not even be loaded. */
  numRuntimeErrorTestSuites: z.number(),
});

const [file, otherStepFailed] = process.argv.slice(2);
if (!file) throw new Error('usage: test-counts.ts REPORT [1 when another step failed]');
const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
const inTests = report.numFailedTests + report.numRuntimeErrorTestSuites;
const failed = inTests === 0 && otherStepFailed === '1' ? 1 : inTests;
console.log(
  `${report.numPassedTests} passed, ${failed} failed, ${report.numPendingTests + report.numTodoTests} skipped`,
);
