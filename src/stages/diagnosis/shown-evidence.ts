// An incident's evidence → the texts that the model is shown of it, part by part, before they are cut to size.
import type { Evidence, Trigger } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import { cleaned, clipped, withoutInvisible } from '../../text/untrusted.ts';

export interface ShownEvidence {
  trigger: string;
  failures: string;
  /** The failing command, and the log or issue around the failure. */
  excerpt: string;
  /** Jobs that failed and passed, what an issue says of versions, and whose changes the next part shows. */
  around: string;
  changes: string;
  suspects: string;
  sources: string;
  notShown: string;
}

export const shownEvidence = (trigger: Trigger, evidence: Evidence): ShownEvidence => ({
  trigger: triggerText(trigger),
  failures: failuresText(evidence.failures),
  excerpt: commandText(evidence) + withoutInvisible(evidence.excerpt),
  around: aroundText(evidence),
  changes: changesText(evidence),
  suspects: suspectsText(evidence),
  sources: withoutInvisible(evidence.code?.text ?? ''),
  notShown: notShownText(evidence),
});

function triggerText(trigger: Trigger): string {
  if (trigger.kind === 'issue') return `Issue: ${cleaned(trigger.title)}\n\n${cleaned(trigger.body)}`;
  const { workflowName, event, headBranch, headSha } = trigger;
  return withoutInvisible(
    `A run of the workflow "${workflowName}" failed (${event} on ${headBranch}, commit ${headSha}).`,
  );
}

const commandText = ({ job, failingCommand, exitCode }: Evidence): string =>
  withoutInvisible(
    [
      job ? `Job: ${job.name}, step: ${job.step}\n` : '',
      failingCommand ? `Failing command: ${failingCommand}\n` : '',
      exitCode === undefined ? '' : `Exit code: ${exitCode}\n`,
    ].join(''),
  );

function failuresText(failures: readonly Failure[]): string {
  return failures
    .map((failure, i) => {
      const where = failure.file ? ` (${failure.file}${failure.line ? `:${failure.line}` : ''})` : '';
      const frames = failure.frames.slice(0, 8).map(({ file, line, function: name }) => {
        return `   at ${name ?? '?'} ${file}${line ? `:${line}` : ''}`;
      });
      return [
        `${i + 1}. [${failure.tool}] ${failure.test ?? 'no test'}${where}`,
        `   ${failure.type ? `${failure.type}: ` : ''}${failure.message}`,
        ...(failure.expected === undefined ? [] : [`   expected: ${failure.expected}`]),
        ...(failure.actual === undefined ? [] : [`   actual: ${failure.actual}`]),
        ...frames,
      ].join('\n');
    })
    .map((text) => withoutInvisible(clipped(text, 1_500)))
    .join('\n');
}

function aroundText({ jobs = [], environment = [], affected, sinceGreen }: Evidence): string {
  const lines = [...jobs, ...environment];
  if (affected)
    lines.push(`Reported of version ${affected.version} (tag ${affected.tag}, commit ${affected.sha.slice(0, 7)}).`);
  if (sinceGreen?.nothingChanged)
    lines.push('Nothing changed: the same commit was green before, which points to a flake or the outside world.');
  if (sinceGreen?.since && !sinceGreen.nothingChanged) lines.push('Since the last green run of this workflow:');
  for (const { sha, subject, author } of sinceGreen?.commits ?? [])
    lines.push(`  ${sha.slice(0, 7)} ${subject} (${author})`);
  if (sinceGreen?.breaking)
    lines.push(`Probably broken by ${sinceGreen.breaking.sha.slice(0, 7)}: ${sinceGreen.breaking.why}.`);
  for (const { path, what } of sinceGreen?.dependencies ?? []) lines.push(`Dependency or toolchain: ${path}: ${what}`);
  return withoutInvisible(lines.join('\n'));
}

const notShownText = ({ code, wanted }: Evidence): string =>
  wanted
    ? ''
    : (code?.leftOut ?? [])
        .slice(0, 30)
        .map(({ path, from, to, name }) => withoutInvisible(`${path}:${from}-${to}${name ? ` ${name}` : ''}`))
        .join('\n');

const changesText = ({ changes }: Evidence): string =>
  changes
    .map(({ path, status, patch }) => withoutInvisible(`${status} ${path}\n${clipped(patch, 3_000)}`))
    .join('\n\n');

const suspectsText = ({ suspects }: Evidence): string =>
  suspects
    .slice(0, 12)
    .map(({ path, reasons }) => withoutInvisible(`${path}: ${reasons.join('; ')}`))
    .join('\n');
