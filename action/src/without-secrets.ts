// How a run ended → the same with what it printed redacted, before it is shown, summed up or kept; reports stay as the tests wrote them.
import type { CommandEnd, SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { redactedByForm } from '../../src/text/redact-by-form.ts';
import { shortened } from './shortened.ts';

/** What stands for a secret may be longer than it was, and the report takes 400,000 characters. */
const OUTPUT = 395_000;

export function withoutSecrets(run: SandboxRun): SandboxRun {
  const { testCommand } = run;
  return { ...run, ...redactedEnd(run), ...(testCommand ? { testCommand: redactedEnd(testCommand) } : {}) };
}

function redactedEnd<End extends CommandEnd>(end: End): End {
  return shortened({ ...end, output: redactedByForm(end.output) }, OUTPUT);
}
