// A candidate patch → what a second look says of it, by a model that is not shown its author's reasons.
import type { Attempt, Candidate, CaseFile, Diagnosis, Evidence, ModelCall, Taint } from '../../incident/case-file.ts';
import type { ModelDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { sentTo } from '../../text/taint.ts';
import { critiquePrompt, promptVersion } from './critique-prompt.ts';
import { critiqueSchema, readCritique } from './critique-reply.ts';

export type Opinion = NonNullable<Attempt['opinion']>;

/** The first answer, and one repair of it. */
const maxAsks = 2;

export interface Look {
  /** None where neither answer can be read: then the sandbox decides alone. */
  opinion: Opinion | undefined;
  calls: ModelCall[];
  prompt: string;
}

export async function opinionOn(
  candidate: Pick<Candidate, 'files' | 'diff'>,
  { evidence, diagnosis, attempt }: { evidence: Evidence; diagnosis: Diagnosis; attempt: number },
  desk: ModelDesk,
): Promise<Look> {
  const calls: ModelCall[] = [];
  let lastReply = '';
  for (;;) {
    const { system, prompt } = await critiquePrompt(candidate, diagnosis, evidence, lastReply);
    const { text, call } = await desk.model.ask({
      purpose: 'critique',
      attempt,
      promptVersion,
      system,
      prompt: await redact(prompt, { emails: desk.policy['redact-emails'] }),
      jsonSchema: critiqueSchema,
    });
    calls.push(call);
    const opinion = readCritique(text);
    if (opinion || calls.length >= maxAsks) return { opinion: opinion && (await redacted(opinion)), calls, prompt };
    // Never the same question again: that would be given the same recorded answer.
    lastReply = text.trim() || '(it was empty)';
  }
}

const redacted = async ({ verdict, objections }: Opinion): Promise<Opinion> => ({
  verdict,
  objections: await Promise.all(objections.map((objection) => redact(objection))),
});

const shownAsFailures: ReadonlySet<Taint['source']> = new Set(['job log', 'issue', 'annotation', 'test report']);

/** Besides the failures, the files that the patch changes, and those that use what it changes. */
export const sentToCritic = (ledger: CaseFile['taint'], prompts: readonly string[]): Pick<CaseFile, 'taint'> =>
  sentTo(ledger, 'critique', ({ source, of }) =>
    source === 'source file'
      ? prompts.some((prompt) => prompt.includes(` b/${of}\n`) || prompt.includes(`\n${of}:`))
      : shownAsFailures.has(source),
  );
