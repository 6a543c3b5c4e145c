// Step: a diagnosis → an attempt: the best patch of those that fit the sources, or feedback on why no reply gives one.
import { SelfHealError } from '../../errors.ts';
import type { Attempt, Candidate, CaseFile, Diagnosis, Evidence } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { ModelDesk, Question } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { isIn, sentTo } from '../../text/taint.ts';
import { backedOut } from './backed-out.ts';
import { candidateIn, type Reading } from './candidate.ts';
import { type Look, opinionOn, sentToCritic } from './opinion.ts';
import { patchPrompt, promptVersion } from './prompt.ts';
import { type Agreed, distinct, ranked } from './ranking.ts';
import { type WholeReply, wholeReply } from './whole-reply.ts';

/** What the question is about; `earlier` are the attempts before this one. */
interface Case {
  number: number;
  caseFile: CaseFile;
  evidence: Evidence;
  diagnosis: Diagnosis;
  earlier: readonly Attempt[];
}

export async function propose(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { caseFile, attempt: number } = incident;
  const { evidence, diagnosis, patch, candidates = [] } = caseFile;
  if (!evidence || !diagnosis)
    throw new SelfHealError('defect', `incident ${incident.id} came to propose without evidence or diagnosis`);
  const earlier = (patch?.attempts ?? []).filter((attempt) => attempt.number < number);
  const about: Case = { number, caseFile, evidence, diagnosis, earlier };
  const commit = earlier.length === 0 ? await backedOut(evidence, diagnosis) : undefined;
  if (commit?.ok) return attempted(about, commit.candidate, {});
  const [next, ...others] = candidates;
  if (next) return attempted(about, next, { candidates: others });
  const outcome = await asked(about, desk);
  return commit ? withNote(`The commit could not be taken back: ${commit.why}. `, outcome) : outcome;
}

async function asked(about: Case, desk: ModelDesk): Promise<Outcome> {
  const { caseFile, evidence, diagnosis, earlier, number } = about;
  const round = caseFile.review?.round;
  const { policy } = desk;
  const { system, prompt } = patchPrompt({ evidence, diagnosis, policy, earlier, attempt: number, round });
  const replies = await samples(
    {
      purpose: 'propose',
      attempt: number,
      promptVersion,
      system,
      prompt: await redact(prompt, { emails: policy['redact-emails'] }),
    },
    desk,
  );
  const brief = { evidence, diagnosis, earlierDiffs: earlier.flatMap(({ diff }) => (diff ? [diff] : [])) };
  const readings = await Promise.all(replies.map((reply) => candidateIn(reply, brief)));
  const fitting = distinct(readings.flatMap((reading) => (reading.kind === 'fits' ? [reading.candidate] : [])));
  const judged = fitting.length > 1 ? await withOpinions(fitting, about, desk) : { agreed: fitting, looks: [] };
  const calls = [...replies.flatMap((reply) => reply.calls), ...judged.looks.flatMap((look) => look.calls)];
  const papers = { ...ledger(about, prompt, judged.looks), modelCalls: [...caseFile.modelCalls, ...calls] };
  const [best, ...others] = ranked(judged.agreed, diagnosis);
  if (!best) return nothingFits(about, readings, papers);
  const outcome = attempted(about, best, { ...papers, candidates: others });
  return replies.length > 1
    ? withNote(`Of ${replies.length} replies ${fitting.length} different patches fit. `, outcome)
    : outcome;
}

/** Reviewers' words are the feedback of earlier attempts. */
function ledger({ caseFile }: Case, prompt: string, looks: readonly Look[]): Pick<CaseFile, 'taint'> {
  const isSent = isIn(prompt);
  const { taint } = sentTo(
    caseFile.taint,
    'propose',
    (entry) => entry.source === 'review' || entry.source === 'comment' || isSent(entry),
  );
  return looks.length > 0
    ? sentToCritic(
        taint,
        looks.map((look) => look.prompt),
      )
    : taint
      ? { taint }
      : {};
}

/** One that fails costs the others nothing; where all fail, the first says why. */
async function samples(question: Question, desk: ModelDesk): Promise<WholeReply[]> {
  const wanted = Array.from({ length: desk.policy.candidates }, (_, sample) =>
    wholeReply(sample === 0 ? question : { ...question, sample }, desk),
  );
  const settled = await Promise.allSettled(wanted);
  const replies = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (replies.length === 0 && failed) throw failed.reason;
  return replies;
}

async function withOpinions(
  fitting: readonly Agreed[],
  { evidence, diagnosis, number }: Case,
  desk: ModelDesk,
): Promise<{ agreed: Agreed[]; looks: Look[] }> {
  const looks = await Promise.all(
    fitting.map(({ candidate }) => opinionOn(candidate, { evidence, diagnosis, attempt: number }, desk)),
  );
  const agreed = fitting.map((one, i): Agreed => {
    const opinion = looks[i]?.opinion;
    return opinion ? { ...one, candidate: { ...one.candidate, opinion } } : one;
  });
  return { agreed, looks };
}

function attempted(about: Case, candidate: Candidate, papers: Partial<CaseFile>): Outcome {
  const paths = candidate.files.map((file) => file.path);
  const said = `A patch of ${paths.length} ${paths.length === 1 ? 'file' : 'files'}: ${paths.join(', ')}.`;
  return { kind: 'done', papers: { ...papers, ...withAttempt(about, candidate) }, said };
}

const withAttempt = ({ earlier, number }: Case, candidate: Omit<Attempt, 'number'>) => ({
  patch: { attempts: [...earlier, { ...candidate, number }] },
});

/** A model that has no fix ends the search only where no other reply tried one. */
function nothingFits(about: Case, readings: readonly Reading[], papers: Partial<CaseFile>): Outcome {
  const refused = readings.find((reading) => reading.kind === 'refused');
  if (refused) {
    const { feedback, words } = refused;
    return { kind: 'again', papers: { ...papers, ...withAttempt(about, { ...words, feedback }) }, feedback };
  }
  const declined = readings.find((reading) => reading.kind === 'declined');
  if (!declined) throw new SelfHealError('defect', 'the model was asked for a patch and gave no reply');
  const { reason: feedback, words } = declined;
  return stop('no-patch', `The model found no safe fix: ${feedback}`, {
    ...papers,
    ...withAttempt(about, { ...words, feedback }),
  });
}

const withNote = (note: string, outcome: Outcome): Outcome =>
  outcome.kind === 'again'
    ? { ...outcome, feedback: note + outcome.feedback }
    : { ...outcome, said: note + outcome.said };
