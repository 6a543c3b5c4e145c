// Step: evidence → a diagnosis that holds against the evidence, or a stop that says why nothing is patched.
import { SelfHealError } from '../../errors.ts';
import type { CaseFile, Diagnosis, Evidence, ModelCall } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { Answer, ModelDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { isIn, sentTo } from '../../text/taint.ts';
import { certainCause } from './certain-cause.ts';
import { type ClaimsReading, checkedClaims } from './claims.ts';
import { diagnosisPrompt, promptVersion, type Unusable } from './prompt.ts';
import { diagnosisSchema, readReply } from './reply.ts';
import { shownEvidence } from './shown-evidence.ts';
import { verdict } from './verdict.ts';

const maxLessons = 3;
/** The first answer, and one repair of it. */
const maxAsks = 2;

type Papers = Pick<CaseFile, 'modelCalls' | 'taint'>;

export async function diagnose(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const outcome = await diagnosed(incident, desk);
  if (outcome.kind !== 'stop' || outcome.reason !== 'no-workflow' || desk.policy.mode === 'shadow') return outcome;
  // The diagnosis is told every time; that the workflow is missing only once.
  return { ...outcome, papers: { ...outcome.papers, withoutWorkflow: await desk.memory.withoutWorkflow(incident) } };
}

async function diagnosed(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { evidence, diagnosis, modelCalls } = incident.caseFile;
  if (!evidence) throw new SelfHealError('defect', `incident ${incident.id} came to diagnose without evidence`);
  // It comes back with the commit that it would revert: the cause is known.
  if (diagnosis?.revert && diagnosis.revert.sha === evidence.inverse?.sha)
    return decided(diagnosis, [], evidence, desk, { modelCalls });
  const certain = certainCause(evidence.failures);
  if (certain) return decided(certain, [], evidence, desk, { modelCalls });
  return asked(incident, evidence, desk);
}

async function asked(incident: Incident, evidence: Evidence, desk: ModelDesk): Promise<Outcome> {
  const { trigger, modelCalls, taint } = incident.caseFile;
  const lessons = await desk.memory.lessons(incident.repository, evidence.failureFingerprints, maxLessons);
  const shown = shownEvidence(trigger, evidence);
  const calls: ModelCall[] = [];
  let papers: Papers = { modelCalls };
  let last: Unusable | undefined;
  while (calls.length < maxAsks) {
    desk.signal.throwIfAborted();
    const question = diagnosisPrompt(shown, lessons, last);
    const answer = await desk.model.ask({
      purpose: 'diagnose',
      attempt: incident.attempt,
      promptVersion,
      system: question.system,
      prompt: await redact(question.prompt, { emails: desk.policy['redact-emails'] }),
      jsonSchema: diagnosisSchema,
    });
    calls.push(answer.call);
    papers = { ...sentTo(taint, 'diagnose', isIn(question.prompt)), modelCalls: [...modelCalls, ...calls] };
    const reading = claimsIn(answer, { trigger, evidence, shown });
    if (reading.ok)
      return reading.need.length > 0 && !evidence.wanted
        ? shownMore(reading.need, evidence, papers)
        : decided(await redacted(reading.diagnosis), reading.strikes, evidence, desk, papers);
    last = { reply: answer.text, problem: reading.problem };
  }
  const said = `The model's diagnosis could not be used, twice. The last time: ${last?.problem}`;
  return stop('model-failed', said, papers);
}

interface Given extends Pick<CaseFile, 'trigger'> {
  evidence: Evidence;
  shown: ReturnType<typeof shownEvidence>;
}

function claimsIn({ text, cutOff, call }: Answer, { trigger, evidence, shown }: Given): ClaimsReading {
  const reading = readReply(text);
  if (reading.ok) return checkedClaims(reading.reply, trigger, evidence, shown);
  const end = `It was cut off after ${call.outputTokens} tokens. Reply with the whole object, in far fewer words.`;
  return cutOff ? { ok: false, problem: end } : reading;
}

const shownMore = (need: readonly string[], evidence: Evidence, papers: Papers): Outcome => ({
  kind: 'back',
  papers: { ...papers, evidence: { ...evidence, wanted: [...need] } },
  said: `The model asks to see more first: ${need.join(', ')}.`,
});

async function redacted(diagnosis: Diagnosis): Promise<Diagnosis> {
  const { suspects = [], leave, revert } = diagnosis;
  return {
    ...diagnosis,
    rootCause: await redact(diagnosis.rootCause),
    mechanism: await redact(diagnosis.mechanism),
    change: await redact(diagnosis.change),
    citations: await Promise.all(diagnosis.citations.map((citation) => redact(citation))),
    suspects: await Promise.all(suspects.map(async (one) => ({ ...one, why: await redact(one.why) }))),
    ...(leave ? { leave: await redact(leave) } : {}),
    ...(revert ? { revert: { ...revert, why: await redact(revert.why) } } : {}),
  };
}

function decided(
  diagnosis: Diagnosis,
  strikes: readonly string[],
  evidence: Evidence,
  desk: ModelDesk,
  costs: Papers,
): Outcome {
  const papers = { diagnosis, ...costs };
  const { kind, rootCause, confidence, risk } = diagnosis;
  const struck = strikes.length > 0 ? ` ${strikes.length} of its claims did not hold: ${strikes.join('; ')}.` : '';
  const said = `${kind}: ${rootCause} (confidence ${confidence.toFixed(2)}, risk ${risk}).${struck}`;
  const next = verdict(diagnosis, desk.policy, evidence);
  switch (next.kind) {
    case 'abstain':
      return stop(next.reason, next.why === undefined ? said : `${said} ${next.why}`, papers);
    case 'read': {
      const wanted = { ...evidence, wanted: [`revert:${next.sha}`] };
      return {
        kind: 'back',
        papers: { ...papers, evidence: wanted },
        said: `${said} Commit ${next.sha.slice(0, 7)} may be taken back.`,
      };
    }
    case 'patch':
      return { kind: 'done', papers, said };
  }
}
