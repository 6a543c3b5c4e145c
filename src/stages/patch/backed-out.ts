// A diagnosis that would rather have the breaking commit back → that commit's inverse as a candidate, or why there is none.
import type { Candidate, Diagnosis, Evidence } from '../../incident/case-file.ts';
import { redact } from '../../text/redact.ts';
import { unifiedDiff } from '../../text/unified-diff.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { inverse } from './inverse.ts';

/** Stands where a model's name would. */
const author = 'inverse of a commit';
const longestSubject = 72;

/** Undefined where the diagnosis wants no commit back. */
export async function backedOut(
  { inverse: commit }: Evidence,
  { revert }: Diagnosis,
): Promise<{ ok: true; candidate: Candidate } | { ok: false; why: string } | undefined> {
  if (!revert) return undefined;
  if (!commit || commit.sha !== revert.sha) return { ok: false, why: 'its files could not be read' };
  const taken = inverse(commit);
  const diff = taken.ok ? unifiedDiff(taken.files) : undefined;
  if (!taken.ok) return taken;
  if (diff === undefined) return { ok: false, why: 'it changes thousands of lines' };
  const sha = commit.sha.slice(0, 7);
  const title = withoutInvisible(commit.subject).replaceAll('\n', ' ').trim();
  const explanation = `This takes back commit ${sha} ("${title}"), byte for byte, and nothing else. ${revert.why}`;
  return {
    ok: true,
    candidate: {
      model: author,
      subject: await redact(shortened(`fix: back out ${sha} "${title}`)),
      explanation: await redact(explanation),
      files: taken.files,
      diff,
    },
  };
}

const shortened = (text: string): string =>
  text.length < longestSubject
    ? `${text}"`
    : `${text
        .slice(0, longestSubject - 2)
        .trimEnd()
        .toWellFormed()}…"`;
