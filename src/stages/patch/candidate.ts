// A model's reply → a candidate patch that fits the sources, the reason why the model has none, or feedback on what does not fit.
import type { Candidate, Diagnosis, Evidence } from '../../incident/case-file.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { commitSubject } from './commit-subject.ts';
import { type EditBlocks, readEditBlocks } from './edit-blocks.ts';
import { missingTest } from './missing-test.ts';
import { patchedFiles } from './patched-files.ts';
import { unrelated } from './unrelated.ts';

export interface Brief {
  evidence: Evidence;
  diagnosis: Diagnosis;
  /** Of earlier attempts: the same patch twice is refused before it costs a sandbox run. */
  earlierDiffs: readonly string[];
}

export type Reading =
  | { kind: 'fits'; candidate: Candidate }
  /** `words`: what the attempt is remembered by. */
  | { kind: 'declined'; reason: string; words: Candidate }
  | { kind: 'refused'; feedback: string; words: Candidate };

export async function candidateIn(
  reply: { text: string; model: string; isCutOff: boolean },
  brief: Brief,
): Promise<Reading> {
  const blocks = readEditBlocks(reply.text, brief.evidence.paths);
  const explanation = await redact(withoutInvisible(blocks.explanation));
  const subjectOf = async (files: Candidate['files']) =>
    redact(blocks.subject ?? commitSubject(files, brief.diagnosis));
  const words: Candidate = { model: reply.model, subject: await subjectOf([]), explanation, files: [], diff: '' };
  if (blocks.declined !== undefined && blocks.edits.length === 0)
    return { kind: 'declined', reason: await redact(withoutInvisible(blocks.declined).slice(0, 600)), words };
  const faults = faultsOf(blocks, reply.isCutOff);
  if (faults !== undefined) return { kind: 'refused', feedback: faults, words };
  const patching = await patchedFiles(blocks.edits, brief.evidence, brief.earlierDiffs);
  if (!patching.ok) return { kind: 'refused', feedback: patching.feedback, words };
  const { files, diff } = patching;
  const feedback =
    missingTest(files, brief.evidence, brief.diagnosis) ??
    unrelated(files, { ...brief, explanation: blocks.explanation });
  if (feedback !== undefined) return { kind: 'refused', feedback, words };
  return { kind: 'fits', candidate: { ...words, subject: await subjectOf(files), files, diff } };
}

export const noEdit =
  'The reply holds no SEARCH/REPLACE block. Write the patch in the form asked for; a new file is one block with an empty SEARCH.';

/** What makes a reply unusable as a whole: a patch with a hole in it is not what the model meant. */
function faultsOf({ malformed, edits }: EditBlocks, isCutOff: boolean): string | undefined {
  if (isCutOff)
    return 'The reply was longer than a reply may be and ends in the middle, so nothing was applied. Write a much smaller patch, in small blocks.';
  if (malformed.length > 0) {
    const problems = malformed.map(({ line, problem }) => `line ${line} of your reply: ${problem}`);
    return `The reply's blocks are not whole, so nothing was applied.\n${problems.join('\n')}`;
  }
  return edits.length === 0 ? noEdit : undefined;
}
