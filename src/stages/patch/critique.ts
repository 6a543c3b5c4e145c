// A proposed patch, seen with fresh eyes → accepted, or objections that become the next attempt's feedback.
import { SelfHealError } from '../../errors.ts';
import type { Taint } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { ModelDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { sentTo } from '../../text/taint.ts';
import { critiquePrompt, promptVersion } from './critique-prompt.ts';
import { critiqueSchema, readCritique } from './critique-reply.ts';

/** As failures; besides them only the patch, which holds lines of the files it changes. */
const shownToCritics: ReadonlySet<Taint['source']> = new Set(['job log', 'issue', 'annotation', 'test report']);

export async function critique(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { evidence, diagnosis, patch, modelCalls } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !diagnosis || !patch || !attempt)
    throw new SelfHealError('defect', `incident ${incident.id} came to critique without a patch`);
  const { system, prompt } = critiquePrompt(attempt, diagnosis, evidence);
  const { text, ...cost } = await desk.model.ask({
    purpose: 'critique',
    attempt: incident.attempt,
    system,
    prompt: await redact(prompt, { emails: desk.policy['redact-emails'] }),
    jsonSchema: critiqueSchema,
  });
  const patched = new Set(attempt.files.map(({ path }) => path));
  const sent = sentTo(incident.caseFile.taint, 'critique', ({ source, of }) =>
    source === 'source file' ? patched.has(of) : shownToCritics.has(source),
  );
  const papers = { ...sent, modelCalls: [...modelCalls, { step: 'critique', promptVersion, ...cost }] };
  const opinion = readCritique(text);
  if (!opinion) return { kind: 'done', papers, said: 'The second look gave no usable answer; the sandbox decides.' };
  if (opinion.verdict === 'accept')
    return { kind: 'done', papers, said: 'The second look found nothing to object to.' };
  const objections = await redact(opinion.objections.map((objection) => `- ${objection}`).join('\n'));
  // An opinion may cost an attempt, but not the last one: there only the proof counts.
  if (incident.attempt >= desk.policy.attempts)
    return { kind: 'done', papers, said: `The second look objects, the sandbox decides:\n${objections}` };
  const feedback = `A second look at the patch objects:\n${objections}`;
  const attempts = [...patch.attempts.slice(0, -1), { ...attempt, feedback }];
  return { kind: 'again', papers: { ...papers, patch: { attempts } }, feedback };
}
