// Step: a proposed patch, seen with fresh eyes → accepted, or objections that become the next attempt's feedback.
import { SelfHealError } from '../../errors.ts';
import type { Incident } from '../../incident/incident.ts';
import { lastAttempt } from '../../incident/lifecycle.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { ModelDesk } from '../../ports.ts';
import { opinionOn, sentToCritic } from './opinion.ts';

export async function critique(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { evidence, diagnosis, patch, modelCalls, taint } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !diagnosis || !patch || !attempt)
    throw new SelfHealError('defect', `incident ${incident.id} came to critique without a patch`);
  // Of several candidates each was looked at when they were ranked.
  const look = attempt.opinion
    ? undefined
    : await opinionOn(attempt, { evidence, diagnosis, attempt: incident.attempt }, desk);
  const opinion = attempt.opinion ?? look?.opinion;
  const papers = look ? { ...sentToCritic(taint, [look.prompt]), modelCalls: [...modelCalls, ...look.calls] } : {};
  if (!opinion) return { kind: 'done', papers, said: 'The second look gave no usable answer; the sandbox decides.' };
  if (opinion.verdict === 'accept')
    return { kind: 'done', papers, said: 'The second look found nothing to object to.' };
  const objections = opinion.objections.map((objection) => `- ${objection}`).join('\n');
  // An opinion may cost an attempt, but not the last one: there only the proof counts.
  if (incident.attempt >= lastAttempt(incident, desk.policy))
    return { kind: 'done', papers, said: `The second look objects, the sandbox decides:\n${objections}` };
  const feedback = `A second look at the patch objects:\n${objections}`;
  const attempts = [...patch.attempts.slice(0, -1), { ...attempt, feedback }];
  return { kind: 'again', papers: { ...papers, patch: { attempts } }, feedback };
}
