// A dry run that came to its end → the comment that answers it: the diagnosis, what would have been done, the diff, the proof, the cost.
import type { Incident } from '../../incident/incident.ts';
import { stopReasons } from '../../incident/outcome.ts';
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';
import {
  clippedBody,
  codeBlock,
  details,
  inlineCode,
  link,
  type Markdown,
  markdown,
  nothing,
  paragraphs,
  prose,
} from '../../text/outbound.ts';
import { proofTable } from './incident-report.ts';
import { whatItCost } from './what-it-cost.ts';
import { whatWasFound, whereToLook } from './what-was-found.ts';

export function dryRunAnswer(incident: Incident): Markdown {
  const { trigger, diagnosis, evidence, validation, patch, modelCalls } = incident.caseFile;
  const attempts = patch?.attempts ?? [];
  const [last] = attempts.slice(-1);
  const isDone = incident.stopReason === 'shadowed';
  return clippedBody(
    paragraphs([
      markdown`**Dry run of ${trigger.kind === 'workflow-run' ? link(trigger.workflowName, trigger.url) : nothing}.** Nothing was opened, run again or told anywhere else.`,
      markdown`### What Self-Heal would have done\n\n${wouldHave(incident)}`,
      diagnosis ? whatWasFound(diagnosis) : nothing,
      whereToLook(diagnosis, evidence?.suspects ?? []),
      validation?.runs ? markdown`### Proof\n\n${proofTable(validation)}` : nothing,
      last ? details(isDone ? 'The diff' : 'The last diff', codeBlock(last.diff, 'diff')) : nothing,
      ...attempts
        .filter(({ feedback }) => feedback !== undefined)
        .map(({ number, subject, feedback = '' }) =>
          details(`Why attempt ${number} did not hold: ${subject}`, codeBlock(feedback.slice(0, 3_000), 'text')),
        ),
      markdown`<sub>Incident ${inlineCode(incident.id)}, ended: ${inlineCode(incident.stopReason ?? 'defect')}. ${whatItCost(modelCalls)}</sub>`,
    ]),
  );
}

function wouldHave({ stopReason, stopDetail, caseFile: { trigger } }: Incident): Markdown {
  const reason = stopReason ?? 'defect';
  const detail = stopDetail ? prose(stopDetail) : nothing;
  if (reason === 'shadowed') return detail;
  if (reason === 'no-workflow')
    return markdown`Named the cause, and no more: without ${inlineCode(sandboxWorkflowPath)} nothing can be proven, so this dry run ends with the diagnosis.`;
  const where = trigger.kind === 'workflow-run' ? inlineCode(trigger.headSha.slice(0, 7)) : nothing;
  return paragraphs([
    markdown`Opened no pull request, and said why on ${where}: ${prose(stopReasons[reason])}`,
    detail,
  ]);
}
