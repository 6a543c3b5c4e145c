// An incident → the pull request's body: what happened, what changes, the proof, the evidence, the timeline.
import { diffLines } from 'diff';
import type { PatchedFile, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import {
  clippedBody,
  codeBlock,
  decimal,
  details,
  inlineCode,
  link,
  type Markdown,
  markdown,
  markdownText,
  nothing,
  paragraphs,
  prose,
  table,
} from '../../text/outbound.ts';
import { whatChanged } from './what-changed.ts';
import { whatItCost } from './what-it-cost.ts';
import { whatWasRead } from './what-was-read.ts';

/** `notice`: what people have to know before everything else. */
export function incidentReport(incident: Incident, notice = nothing): Markdown {
  const { trigger, diagnosis, patch, validation } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  const sections = [
    notice,
    lead(incident),
    trigger.kind === 'issue' ? markdown`Fixes #${trigger.number}` : nothing,
    markdown`### What happened\n\n${prose(diagnosis?.rootCause ?? '')}\n\n${prose(diagnosis?.mechanism ?? '')}`,
    markdown`### What this changes\n\n${prose(attempt?.explanation ?? '')}\n\n${filesTable(attempt?.files ?? [])}`,
    markdown`### Proof\n\n${paragraphs([proofTable(validation), rebasedSaid(incident)])}`,
    details('Evidence', evidenceText(incident)),
    details('Diff', codeBlock(attempt?.diff ?? '', 'diff')),
    whatWasRead(incident),
    details('Timeline', timelineTable(incident)),
    footer(incident),
  ];
  return clippedBody(paragraphs(sections));
}

function lead(incident: Incident): Markdown {
  const { trigger, evidence, validation } = incident.caseFile;
  const source =
    trigger.kind === 'workflow-run'
      ? markdown`${link(markdown`${trigger.workflowName} failed`, trigger.url)} on ${inlineCode(trigger.headBranch)} with`
      : markdown`Issue #${trigger.number} reports`;
  const [first] = evidence?.failures ?? [];
  const message = first?.message.split('\n')[0]?.slice(0, 160).replace(/\.$/, '') ?? '';
  const failure = first ? inlineCode(`${first.type ?? first.tool}: ${message}`) : markdown`a failure`;
  const what = wasGreen(validation) ? 'the new test' : 'the same command';
  const proven =
    validation?.verdict === 'proven'
      ? `${what} is red without this change and green with it`
      : validation?.verdict === 'partly-proven'
        ? 'it is only partly proven'
        : 'it is not proven';
  return markdown`> [!NOTE]\n> ${source} ${failure}. In the sandbox, ${proven}.`;
}

/** Before the change, as for an issue that no test had shown. */
const wasGreen = (validation: Validation | undefined): boolean =>
  validation?.runs?.find((run) => run.name === 'base')?.was === 'green';

function filesTable(files: readonly PatchedFile[]): Markdown {
  const rows = files.map((file) => {
    const { added, removed } = lineCounts(file);
    const role = file.isTest ? 'regression test' : 'fix';
    return [inlineCode(file.path), file.before === null ? `new ${role}` : role, markdown`+${added} −${removed}`];
  });
  return table(['File', 'Part', 'Lines'], rows);
}

function lineCounts({ before, after }: PatchedFile): { added: number; removed: number } {
  const counts = { added: 0, removed: 0 };
  for (const part of diffLines(before ?? '', after)) {
    if (part.added) counts.added += part.count;
    if (part.removed) counts.removed += part.count;
  }
  return counts;
}

const runNames = (before: string) => ({
  base: `${before}, as it is`,
  'test-only': `${before} plus the new test`,
  candidate: 'This change',
});

export function proofTable(validation: Validation | undefined): Markdown {
  const runs = validation?.runs ?? [];
  if (!validation || runs.length === 0) return markdown`_No sandbox run was made._`;
  const names = runNames(wasGreen(validation) ? 'The code' : 'The failing commit');
  const areCounted = runs.some(({ tests }) => tests !== undefined);
  const rows = runs
    .filter((run) => run.was !== 'missing')
    .map((run) => [
      names[run.name],
      mark(run.was),
      markdown`${decimal(run.durationMs / 1_000, 1)} s`,
      ...(areCounted ? [testsSaid(run.tests)] : []),
      markdownText(run.detail),
    ]);
  const also = validation.testCommand ? markdown`and ${inlineCode(validation.testCommand)} ` : nothing;
  const command = validation.command ? markdown`${inlineCode(validation.command)} ${also}` : nothing;
  const shielded =
    validation.engine === 'none'
      ? markdown`without a sandbox, as the workflow asks`
      : markdown`without network, secrets or tokens (${validation.engine ?? 'sandbox'})`;
  const where = markdown`Ran ${command}${shielded}: ${link('sandbox run', validation.runUrl)}.`;
  return markdown`${table(['Tree', 'Result', 'Time', ...(areCounted ? ['Tests'] : []), 'Detail'], rows)}\n\n${where}`;
}

type Counted = NonNullable<Validation['runs']>[number]['tests'];

const testsSaid = (tests: Counted): Markdown =>
  tests === undefined
    ? markdown`–`
    : tests.skipped > 0
      ? markdown`${tests.ran}, ${tests.skipped} skipped`
      : markdown`${tests.ran}`;

/** Reviewers wonder why it is not on top of the commit that failed. */
function rebasedSaid({ caseFile: { evidence } }: Incident): Markdown {
  const [first] = evidence?.rebasedFrom ?? [];
  if (!evidence || first === undefined) return nothing;
  return markdown`${inlineCode(evidence.baseBranch)} moved on while the tests ran, from ${inlineCode(first.slice(0, 7))} to ${inlineCode(evidence.baseSha.slice(0, 7))}: this change is made for the latter, and proven there.`;
}

const mark = (was: 'red' | 'green' | 'missing'): Markdown =>
  was === 'green' ? markdown`✓\u00a0green` : was === 'red' ? markdown`✗\u00a0red` : markdown`missing`;

function evidenceText(incident: Incident): Markdown {
  const { evidence, diagnosis } = incident.caseFile;
  const suspects = (evidence?.suspects ?? [])
    .slice(0, 5)
    .map(({ path, reasons, owners }) => [
      inlineCode(path),
      markdownText([...reasons, ...ownersSaid(owners)].join('; ')),
    ]);
  return paragraphs([
    evidence?.job
      ? markdown`Job ${link(evidence.job.name, evidence.job.url)}, step ${inlineCode(evidence.job.step)}.`
      : nothing,
    evidence ? whatChanged(evidence) : nothing,
    codeBlock((evidence?.excerpt ?? '').slice(0, 6_000), 'text'),
    suspects.length > 0 ? table(['Suspect', 'Why'], suspects) : nothing,
    diagnosis
      ? markdown`Kind: ${diagnosis.kind}. Risk: ${diagnosis.risk}. Confidence: ${Math.round(diagnosis.confidence * 100)} %.`
      : nothing,
  ]);
}

/** Without the sign that would ping them. */
const ownersSaid = (owners: readonly string[] = []): string[] =>
  owners.length > 0 ? [`owned by ${owners.map((owner) => owner.replace(/^@/, '')).join(', ')}`] : [];

export function timelineTable(incident: Incident): Markdown {
  const rows = incident.timeline.map((entry) => [
    entry.at.slice(11, 19),
    inlineCode(entry.step),
    entry.kind,
    prose(entry.text.split('\n')[0] ?? ''),
  ]);
  return table(['UTC', 'Step', '', 'What'], rows);
}

/** The requests of opening this pull request are still to come. */
function requestsSaid({ caseFile: { githubRequests } }: Incident): Markdown {
  // Incidents of earlier versions were not counted.
  if (!githubRequests) return nothing;
  const { sent } = githubRequests;
  return markdown` GitHub was asked ${sent} ${sent === 1 ? 'time' : 'times'} before this pull request.`;
}

function footer(incident: Incident): Markdown {
  return paragraphs([
    markdown`---`,
    markdown`Request changes, or comment on a line, and Self-Heal tries again on this branch. Close this pull request and the same fix is not proposed again.`,
    markdown`<sub>Incident ${inlineCode(incident.id)}, attempt ${incident.attempt}. ${whatItCost(incident.caseFile.modelCalls)}${requestsSaid(incident)}</sub>`,
  ]);
}
