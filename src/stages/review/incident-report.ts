// An incident → the pull request's body: what happened, what changes, the proof, the evidence, the timeline.
import { diffLines } from 'diff';
import type { PatchedFile, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { clippedBody, codeBlock, details, inlineCode, markdownText, table } from '../../text/outbound.ts';
import { whatChanged } from './what-changed.ts';
import { whatItCost } from './what-it-cost.ts';
import { whatWasRead } from './what-was-read.ts';

/** `notice`: what people have to know before everything else. */
export function incidentReport(incident: Incident, notice = ''): string {
  const { trigger, diagnosis, patch, validation } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  const sections = [
    notice,
    lead(incident),
    trigger.kind === 'issue' ? `Fixes #${trigger.number}` : '',
    `### What happened\n\n${prose(diagnosis?.rootCause ?? '')}\n\n${prose(diagnosis?.mechanism ?? '')}`,
    `### What this changes\n\n${prose(attempt?.explanation ?? '')}\n\n${filesTable(attempt?.files ?? [])}`,
    `### Proof\n\n${proofTable(validation)}`,
    details('Evidence', evidenceText(incident)),
    details('Diff', codeBlock(attempt?.diff ?? '', 'diff')),
    whatWasRead(incident),
    details('Timeline', timelineTable(incident)),
    footer(incident),
  ];
  return clippedBody(sections.filter(Boolean).join('\n\n'));
}

/** The model's words, with its `code` kept as code and everything else made harmless. */
export function prose(text: string): string {
  return text
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 === 1 ? inlineCode(part) : spaced(part)))
    .join('');
}

/** markdownText trims lines; the spaces that join text to code have to stay. */
function spaced(part: string): string {
  const lead = /^[ \t]*/.exec(part)?.[0] ?? '';
  const trail = /\S([ \t]*)$/.exec(part)?.[1] ?? '';
  return `${lead}${markdownText(part)}${trail}`;
}

function lead(incident: Incident): string {
  const { trigger, evidence, validation } = incident.caseFile;
  const source =
    trigger.kind === 'workflow-run'
      ? `[${markdownText(trigger.workflowName)} failed](${trigger.url}) on ${inlineCode(trigger.headBranch)} with`
      : `Issue #${trigger.number} reports`;
  const [first] = evidence?.failures ?? [];
  const message = first?.message.split('\n')[0]?.slice(0, 160).replace(/\.$/, '') ?? '';
  const failure = first ? inlineCode(`${first.type ?? first.tool}: ${message}`) : 'a failure';
  const what = wasGreen(validation) ? 'the new test' : 'the same command';
  const proven =
    validation?.verdict === 'proven' ? `${what} is red without this change and green with it` : 'it is not proven';
  return `> [!NOTE]\n> ${source} ${failure}. In the sandbox, ${proven}.`;
}

/** Before the change, as for an issue that no test had shown. */
const wasGreen = (validation: Validation | undefined): boolean =>
  validation?.runs?.some((run) => run.name === 'base' && run.was === 'green') ?? false;

function filesTable(files: readonly PatchedFile[]): string {
  const rows = files.map((file) => {
    const { added, removed } = lineCounts(file);
    const role = file.isTest ? 'regression test' : 'fix';
    return [inlineCode(file.path), file.before === null ? `new ${role}` : role, `+${added} −${removed}`];
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

export function proofTable(validation: Validation | undefined): string {
  const runs = validation?.runs ?? [];
  if (!validation || runs.length === 0) return '_No sandbox run was made._';
  const names = runNames(wasGreen(validation) ? 'The code' : 'The failing commit');
  const rows = runs
    .filter((run) => run.was !== 'missing')
    .map((run) => [
      names[run.name],
      mark(run.was),
      `${(run.durationMs / 1_000).toFixed(1)} s`,
      markdownText(run.detail),
    ]);
  const command = validation.command ? `${inlineCode(validation.command)} ` : '';
  const shielded =
    validation.engine === 'none'
      ? 'without a sandbox, as the workflow asks'
      : `without network, secrets or tokens (${validation.engine ?? 'sandbox'})`;
  const where = `Ran ${command}${shielded}: [sandbox run](${validation.runUrl}).`;
  return `${table(['Tree', 'Result', 'Time', 'Detail'], rows)}\n\n${where}`;
}

const mark = (was: 'red' | 'green' | 'missing'): string =>
  was === 'green' ? '✓\u00a0green' : was === 'red' ? '✗\u00a0red' : 'missing';

function evidenceText(incident: Incident): string {
  const { evidence, diagnosis } = incident.caseFile;
  const suspects = (evidence?.suspects ?? [])
    .slice(0, 5)
    .map(({ path, reasons, owners }) => [
      inlineCode(path),
      markdownText([...reasons, ...ownersSaid(owners)].join('; ')),
    ]);
  return [
    evidence?.job
      ? `Job [${markdownText(evidence.job.name)}](${evidence.job.url}), step ${inlineCode(evidence.job.step)}.`
      : '',
    evidence ? whatChanged(evidence) : '',
    codeBlock((evidence?.excerpt ?? '').slice(0, 6_000), 'text'),
    suspects.length > 0 ? table(['Suspect', 'Why'], suspects) : '',
    diagnosis
      ? `Kind: ${diagnosis.kind}. Risk: ${diagnosis.risk}. Confidence: ${Math.round(diagnosis.confidence * 100)} %.`
      : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Without the sign that would ping them. */
const ownersSaid = (owners: readonly string[] = []): string[] =>
  owners.length > 0 ? [`owned by ${owners.map((owner) => owner.replace(/^@/, '')).join(', ')}`] : [];

export function timelineTable(incident: Incident): string {
  const rows = incident.timeline.map((entry) => [
    entry.at.slice(11, 19),
    inlineCode(entry.step),
    entry.kind,
    prose(entry.text.split('\n')[0] ?? ''),
  ]);
  return table(['UTC', 'Step', '', 'What'], rows);
}

/** The requests of opening this pull request are still to come. */
function requestsSaid({ caseFile: { githubRequests } }: Incident): string {
  // Incidents of earlier versions were not counted.
  if (!githubRequests) return '';
  const { sent } = githubRequests;
  return ` GitHub was asked ${sent} ${sent === 1 ? 'time' : 'times'} before this pull request.`;
}

function footer(incident: Incident): string {
  return [
    '---',
    'Request changes, or comment on a line, and Self-Heal tries again on this branch. Close this pull request and the same fix is not proposed again.',
    `<sub>Incident ${inlineCode(incident.id)}, attempt ${incident.attempt}. ${whatItCost(incident.caseFile.modelCalls)}${requestsSaid(incident)}</sub>`,
  ].join('\n\n');
}
