// Evidence → a diagnosis that holds against the evidence, or a stop that says why nothing is patched.
import { SelfHealError } from '../../errors.ts';
import type { CaseFile, Diagnosis, Evidence, ModelCall } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, type StopReason, stop } from '../../incident/outcome.ts';
import type { ModelDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { isIn, sentTo } from '../../text/taint.ts';
import { diagnosisPrompt, promptVersion, repairPrompt } from './prompt.ts';
import { diagnosisSchema, readDiagnosis } from './reply.ts';

const maxLessons = 3;
/** The first answer, and one repair of it. */
const maxAsks = 2;

export async function diagnose(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { trigger, evidence, modelCalls } = incident.caseFile;
  if (!evidence) throw new SelfHealError('defect', `incident ${incident.id} came to diagnose without evidence`);
  const lessons = await desk.memory.lessons(incident.repository, evidence.failureFingerprints, maxLessons);
  const question = diagnosisPrompt({ trigger }, evidence, lessons);
  const sent = sentTo(incident.caseFile.taint, 'diagnose', isIn(question.prompt));
  const calls: ModelCall[] = [];
  let prompt = question.prompt;
  let problem = '';
  while (calls.length < maxAsks) {
    desk.signal.throwIfAborted();
    const { text, ...cost } = await desk.model.ask({
      purpose: 'diagnose',
      attempt: incident.attempt,
      system: question.system,
      prompt: await redact(prompt, { emails: desk.policy['redact-emails'] }),
      jsonSchema: diagnosisSchema,
    });
    calls.push({ step: 'diagnose', promptVersion, ...cost });
    const reading = readDiagnosis(text, trigger, evidence);
    if (reading.ok && reading.need.length > 0 && !evidence.wanted) {
      const papers = {
        ...sent,
        modelCalls: [...modelCalls, ...calls],
        evidence: { ...evidence, wanted: reading.need },
      };
      return { kind: 'back', papers, said: `The model asks to see more first: ${reading.need.join(', ')}.` };
    }
    if (reading.ok) {
      const diagnosis = await redacted(reading.diagnosis);
      return decided(diagnosis, reading.strikes, evidence, desk, { ...sent, modelCalls: [...modelCalls, ...calls] });
    }
    problem = reading.problem;
    prompt = repairPrompt(question.prompt, text, problem);
  }
  return stop('model-failed', `The model's diagnosis could not be used, twice. The last time: ${problem}`, {
    ...sent,
    modelCalls: [...modelCalls, ...calls],
  });
}

async function redacted(diagnosis: Diagnosis): Promise<Diagnosis> {
  return {
    ...diagnosis,
    rootCause: await redact(diagnosis.rootCause),
    mechanism: await redact(diagnosis.mechanism),
    change: await redact(diagnosis.change),
    citations: await Promise.all(diagnosis.citations.map((citation) => redact(citation))),
  };
}

const abstentions: Partial<Record<Diagnosis['kind'], StopReason>> = {
  outside: 'outside',
  environment: 'outside',
  flaky: 'flaky',
  unknown: 'low-confidence',
};

function decided(
  diagnosis: Diagnosis,
  strikes: readonly string[],
  evidence: Evidence,
  desk: ModelDesk,
  costs: Pick<CaseFile, 'modelCalls' | 'taint'>,
): Outcome {
  const papers = { diagnosis, ...costs };
  const struck = strikes.length > 0 ? ` ${strikes.length} of its claims did not hold: ${strikes.join('; ')}.` : '';
  const said = `${diagnosis.kind}: ${diagnosis.rootCause} (confidence ${diagnosis.confidence.toFixed(2)}, risk ${diagnosis.risk}).${struck}`;
  const abstention = abstentions[diagnosis.kind];
  if (abstention) return stop(abstention, said, papers);
  const least = desk.policy['min-confidence'];
  if (diagnosis.confidence < least)
    return stop('low-confidence', `${said} Below the policy's min-confidence of ${least}.`, papers);
  if (desk.policy.mode !== 'propose') return stop('diagnose-only', said, papers);
  // A patch that nothing can prove is not worth its price: the diagnosis is.
  if (!evidence.hasSandboxWorkflow) return stop('no-workflow', said, papers);
  return { kind: 'done', papers, said };
}
