// A stopped incident → where its explanation belongs, and its text.
import type { Attempt } from '../../incident/case-file.ts';
import type { Evidence } from '../../incident/evidence.ts';
import type { Incident } from '../../incident/incident.ts';
import { type StopReason, stopReasons } from '../../incident/outcome.ts';
import {
  clippedBody,
  codeBlock,
  details,
  inlineCode,
  joined,
  link,
  type Markdown,
  markdown,
  nothing,
  paragraphs,
  prose,
} from '../../text/outbound.ts';
import { proofTable, timelineTable } from './incident-report.ts';
import { whatChanged } from './what-changed.ts';
import { whatItCost } from './what-it-cost.ts';
import { whatWasFound, whereToLook } from './what-was-found.ts';

export type Place =
  | { kind: 'nowhere' }
  /** An issue or a pull request. */
  | { kind: 'discussion'; number: number }
  | { kind: 'commit'; sha: string }
  /** A neutral check run: to be found, but nobody is notified. */
  | { kind: 'check'; sha: string };

/** Said by somebody's own deed, or about nobody's failure; an issue that was told it is looked into is answered in any case. */
const unsaid: ReadonlySet<StopReason> = new Set(['not-ours', 'rejected', 'disabled']);
/** Worth finding, not worth a notification. */
const quiet: ReadonlySet<StopReason> = new Set(['recovered', 'duplicate', 'already-tried', 'breaker-open']);

export function placeOf(incident: Incident): Place {
  const { trigger, review } = incident.caseFile;
  const reason = incident.stopReason ?? 'defect';
  const wasPromised = trigger.kind === 'issue' && reason === 'disabled';
  if (unsaid.has(reason) && !wasPromised) return { kind: 'nowhere' };
  if (review) return { kind: 'discussion', number: review.pullNumber };
  if (trigger.kind === 'issue') return { kind: 'discussion', number: trigger.number };
  return quiet.has(reason) ? { kind: 'check', sha: trigger.headSha } : { kind: 'commit', sha: trigger.headSha };
}

export function explanation(incident: Incident): Markdown {
  const { diagnosis, evidence, validation, patch, modelCalls } = incident.caseFile;
  const reason = incident.stopReason ?? 'defect';
  return clippedBody(
    paragraphs([
      joined([markdown`**${opening(incident)}**`, reasonSaid(incident)], markdown` `),
      incident.stopDetail ? quoted(incident.stopDetail) : nothing,
      diagnosis ? whatWasFound(diagnosis) : nothing,
      reason === 'recovered' ? nothing : whereToLook(diagnosis, evidence?.suspects ?? []),
      reason === 'forbidden' ? toApply(patch?.attempts.at(-1)) : nothing,
      validation?.runs ? markdown`### What the sandbox saw\n\n${proofTable(validation)}` : nothing,
      ...(patch?.attempts ?? []).map((attempt) =>
        details(
          `Attempt ${attempt.number}: ${attempt.subject}`,
          markdown`${quoted(attempt.feedback ?? 'not proven')}\n\n${codeBlock(attempt.diff, 'diff')}`,
        ),
      ),
      evidence ? details('Evidence', evidenceSaid(evidence)) : nothing,
      details('Timeline', timelineTable(incident)),
      markdown`<sub>Incident ${inlineCode(incident.id)}, stopped: ${inlineCode(reason)}. ${whatItCost(modelCalls)}</sub>`,
    ]),
  );
}

/** That the sandbox workflow is missing is said once in a repository: by its setup issue, or else by the first incident. */
function reasonSaid({ caseFile: { withoutWorkflow }, stopReason }: Incident): Markdown {
  const reason = stopReason ?? 'defect';
  if (reason !== 'no-workflow' || !withoutWorkflow || withoutWorkflow.kind === 'unsaid')
    return prose(stopReasons[reason]);
  return withoutWorkflow.kind === 'issue' ? markdown`What it needs for that: #${withoutWorkflow.number}.` : nothing;
}

/** What Self-Heal never writes itself, for a person who may. */
function toApply(attempt: Attempt | undefined): Markdown {
  if (!attempt || attempt.diff === '') return nothing;
  const how = markdown`Self-Heal does not push this. If it is right, save it as a file and run \`git apply FILE\`:`;
  return markdown`### The change that would help\n\n${how}\n\n${codeBlock(attempt.diff, 'diff')}`;
}

function opening({ caseFile: { trigger, review }, stopReason }: Incident): Markdown {
  const source = trigger.kind === 'workflow-run' ? link(trigger.workflowName, trigger.url) : markdown`this issue`;
  if (stopReason === 'recovered') return markdown`Self-Heal ran the failed jobs of ${source} again, and they passed.`;
  if (review) return markdown`Self-Heal works no longer on this pull request.`;
  return markdown`Self-Heal looked into ${source} and opens no pull request.`;
}

const quoted = (text: string): Markdown => codeBlock(text.slice(0, 3_000), 'text');

const evidenceSaid = (evidence: Evidence): Markdown =>
  paragraphs([whatChanged(evidence), codeBlock(evidence.excerpt.slice(0, 6_000), 'text')]);
