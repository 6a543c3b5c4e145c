// An incident's evidence and what is known of earlier ones → the question that asks for the cause.
import type { Lesson } from '../../ports.ts';
import { promptFile } from '../../text/prompt-file.ts';
import { nothing, type PromptPart } from '../../text/prompt-part.ts';
import { clipped, delimited, type PartForm, withoutInvisible } from '../../text/untrusted.ts';
import type { ShownEvidence } from './shown-evidence.ts';

const file = promptFile(new URL('./diagnose.prompt.md', import.meta.url));

export const promptVersion = file.version;

/** Characters a part may take, whatever the repository. Evidence keeps to its own budgets; these only hold where it could not. */
const characterPlan = {
  trigger: 3_000,
  failures: 5_000,
  excerpt: 9_000,
  changes: 6_000,
  around: 2_000,
  sources: 20_500,
  notShown: 1_500,
  suspects: 1_000,
  lessons: 1_500,
  lastReply: 4_000,
  problem: 1_500,
} as const;

/** A reply that could not be used, and what is wrong with it. */
export interface Unusable {
  reply: string;
  problem: string;
}

/** What stays the same when the model is asked again comes first: providers cache a prefix that does not change. */
export function diagnosisPrompt(
  shown: ShownEvidence,
  lessons: readonly Lesson[],
  unusable?: Unusable,
): { system: string; prompt: string } {
  const prompt = file.fill({
    trigger: part('what started it', shown.trigger, characterPlan.trigger, 'marked'),
    failures: part('failures', shown.failures, characterPlan.failures, 'marked'),
    excerpt: part('log excerpt', shown.excerpt, characterPlan.excerpt, 'marked'),
    around: part('around it', shown.around, characterPlan.around, 'marked'),
    changes: part('changes', shown.changes, characterPlan.changes),
    suspects: part('suspect files', shown.suspects, characterPlan.suspects),
    lessons: part('earlier incidents', lessonsText(lessons), characterPlan.lessons),
    sources: part('sources', shown.sources, characterPlan.sources),
    notShown: part('not shown', shown.notShown, characterPlan.notShown),
    lastReply: part('your last reply, which cannot be used', unusable?.reply ?? '', characterPlan.lastReply),
    problem: part('what is wrong with it', unusable?.problem ?? '', characterPlan.problem),
  });
  return { system: file.system, prompt };
}

const part = (label: string, text: string, max: number, form?: PartForm): PromptPart =>
  text.trim() === '' ? nothing : delimited(label, clipped(withoutInvisible(text), max), form);

const lessonsText = (lessons: readonly Lesson[]): string =>
  lessons
    .map(({ outcome, rootCause, files }) => `${outcome}: ${clipped(rootCause, 400)} (${files.join(', ')})`)
    .join('\n');
