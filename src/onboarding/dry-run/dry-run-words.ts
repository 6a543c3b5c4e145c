// Where a dry run stands before it has a result → what the comment that answers says.
import type { Trigger } from '../../incident/case-file.ts';
import { inlineCode, link, type Markdown, markdown, prose } from '../../text/outbound.ts';

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export const lookingInto = (
  { workflowName, url, headBranch, headSha }: RunTrigger,
  incidentId: string,
  askedBy: string,
): Markdown =>
  markdown`Self-Heal does a dry run of ${link(workflowName, url)}, which failed on ${inlineCode(headBranch)} at ${inlineCode(headSha.slice(0, 7))} (incident ${inlineCode(incidentId)}, asked for by ${askedBy}). It opens nothing and runs nothing again. This comment will say what it would have done.`;

export const cannotBeDone = (why: string): Markdown => markdown`**No dry run.** ${prose(why)}`;

export const underWay = ({ workflowName, url }: RunTrigger, incidentId: string, answerUrl: string): Markdown =>
  markdown`A dry run of ${link(workflowName, url)} is under way already (incident ${inlineCode(incidentId)}). ${link('Its answer', answerUrl)} will say what came of it.`;
