// A diagnosis → an attempt: a patch that fits the sources, or feedback on why the reply gives none.
import { SelfHealError } from '../../errors.ts';
import type { Attempt } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { ModelDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { isIn, sentTo } from '../../text/taint.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { commitSubject } from './commit-subject.ts';
import { type EditBlocks, readEditBlocks } from './edit-blocks.ts';
import { missingTest } from './missing-test.ts';
import { patchedFiles } from './patched-files.ts';
import { type Proposal, patchPrompt, promptVersion } from './prompt.ts';

export async function propose(incident: Incident, desk: ModelDesk): Promise<Outcome> {
  const { evidence, diagnosis, modelCalls, patch } = incident.caseFile;
  if (!evidence || !diagnosis)
    throw new SelfHealError('defect', `incident ${incident.id} came to propose without evidence or diagnosis`);
  const earlier = (patch?.attempts ?? []).filter((attempt) => attempt.number < incident.attempt);
  const proposal: Proposal = { evidence, diagnosis, policy: desk.policy, earlier, attempt: incident.attempt };
  const { system, prompt } = patchPrompt(proposal);
  const question = {
    purpose: 'propose' as const,
    attempt: incident.attempt,
    system,
    prompt: await redact(prompt, { emails: desk.policy['redact-emails'] }),
  };
  // Reviews are the feedback of earlier attempts.
  const isSent = isIn(prompt);
  const sent = sentTo(incident.caseFile.taint, 'propose', (entry) => entry.source === 'review' || isSent(entry));
  const { text, ...cost } = await desk.model.ask(question);
  const blocks = readEditBlocks(text, evidence.paths);
  const paper = (attempt: Omit<Attempt, 'number' | 'model'>) => ({
    ...sent,
    modelCalls: [...modelCalls, { step: 'propose', promptVersion, ...cost }],
    patch: { attempts: [...earlier, { number: incident.attempt, model: cost.model, ...attempt }] },
  });
  const explanation = await redact(withoutInvisible(blocks.explanation));
  const subject = await redact(blocks.subject ?? commitSubject([], diagnosis));
  const none = { subject, explanation, files: [], diff: '' };
  if (blocks.declined !== undefined && blocks.edits.length === 0) {
    const reason = await redact(withoutInvisible(blocks.declined).slice(0, 600));
    return stop('no-patch', `The model found no safe fix: ${reason}`, paper({ ...none, feedback: reason }));
  }
  const patching = patchOf(blocks, proposal);
  if (!patching.ok)
    return { kind: 'again', papers: paper({ ...none, feedback: patching.feedback }), feedback: patching.feedback };
  const { files, diff } = patching;
  const said = `A patch of ${files.length} ${files.length === 1 ? 'file' : 'files'}: ${files.map((file) => file.path).join(', ')}.`;
  const named = blocks.subject ? subject : await redact(commitSubject(files, diagnosis));
  return { kind: 'done', papers: paper({ subject: named, explanation, files, diff }), said };
}

function patchOf(blocks: EditBlocks, { evidence, diagnosis, earlier }: Proposal) {
  if (blocks.malformed.length > 0) {
    const problems = blocks.malformed.map(({ line, problem }) => `line ${line} of your reply: ${problem}`);
    return {
      ok: false as const,
      feedback: `The reply's blocks are not whole, so nothing was applied.\n${problems.join('\n')}`,
    };
  }
  if (blocks.edits.length === 0)
    return {
      ok: false as const,
      feedback: 'The reply holds no SEARCH/REPLACE block. Write the patch in the form asked for.',
    };
  const earlierDiffs = earlier.flatMap((attempt) => (attempt.diff ? [attempt.diff] : []));
  const patching = patchedFiles(blocks.edits, evidence, earlierDiffs);
  const missing = patching.ok ? missingTest(patching.files, evidence, diagnosis) : undefined;
  return missing === undefined ? patching : { ok: false as const, feedback: missing };
}
