// A patch, the cause it claims to mend and the failure → the question that asks for objections, without the author's reasons.
import type { Candidate, Diagnosis, Evidence } from '../../incident/case-file.ts';
import { promptFile } from '../../text/prompt-file.ts';
import { nothing, type PromptPart } from '../../text/prompt-part.ts';
import { unifiedDiff } from '../../text/unified-diff.ts';
import { clipped, delimited, withoutInvisible } from '../../text/untrusted.ts';
import { callers } from './callers.ts';

const file = promptFile(new URL('./critique.prompt.md', import.meta.url));

export const promptVersion = file.version;

const diffContextLines = 12;

export async function critiquePrompt(
  { files, diff }: Pick<Candidate, 'files' | 'diff'>,
  diagnosis: Diagnosis,
  evidence: Pick<Evidence, 'failures' | 'sources'>,
  lastReply = '',
): Promise<{ system: string; prompt: string }> {
  const failures = evidence.failures
    .slice(0, 5)
    .map(({ test, type, message }) => `${test ?? 'failure'}: ${type ? `${type}: ` : ''}${clipped(message, 600)}`);
  const { kind, rootCause, mechanism, change, leave } = diagnosis;
  const cause = `${kind}: ${rootCause}\nMechanism: ${mechanism}\nWhat to change: ${change}${leave ? `\nWhat to leave alone: ${leave}` : ''}`;
  const prompt = file.fill({
    failures: part('failures', failures.join('\n'), 3_000, 'marked'),
    diagnosis: part('diagnosis', cause, 3_000),
    patch: part('patch', unifiedDiff(files, diffContextLines) ?? diff, 24_000),
    callers: part('uses of what it changes, after the patch', await callers(files, evidence.sources), 4_000),
    lastReply: part('your last reply', lastReply, 2_000),
  });
  return { system: file.system, prompt };
}

const part = (label: string, text: string, max: number, form?: 'marked'): PromptPart =>
  text.trim() === '' ? nothing : delimited(label, withoutInvisible(clipped(text, max)), form);
