// Step: the branch moved on in what the proof rests on, so the patch is laid on top of what stands there now, for the same rules and proof again.
import { mayPatch, policyPath } from '../../config/policy.ts';
import type { Attempt, Patch } from '../../incident/case-file.ts';
import type { Evidence } from '../../incident/evidence.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { unifiedDiff } from '../../text/unified-diff.ts';
import { type Base, baseOf } from './base.ts';
import { code } from './code.ts';
import { policyFileAt, policyInForce } from './policy-in-force.ts';
import { alongOf, isRegular, treePaper } from './read-along.ts';
import { rebased } from './rebased.ts';
import { bytesPerFile, sourcesWithin } from './sources.ts';
import { ledgerOf } from './taint.ts';
import { withoutEmails } from './without-emails.ts';

const mostRebases = 2;

export async function rebase(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, trigger, taint } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !patch || !attempt) throw new TypeError('rebase without a patch');
  const { baseBranch, baseSha, rebasedFrom = [] } = evidence;
  if (rebasedFrom.length >= mostRebases)
    return stop('base-moved', `${baseBranch} moved on ${mostRebases + 1} times while the tests ran.`);
  const base = await baseOf(baseBranch, desk.github);
  const read = base && (await readAt(base, evidence, attempt, desk));
  if (!base || !read) return stop('base-moved', `The branch ${baseBranch} is gone.`);

  const modes = new Map(base.entries.filter(isRegular).map(({ path, mode }) => [path, mode]));
  const onTop = rebased(attempt.files, (path) => {
    const text = read.texts.get(path);
    const mode = modes.get(path);
    return text === undefined || !mode ? undefined : { text, mode: mode === '100755' ? mode : '100644' };
  });
  const at = read.commit.sha.slice(0, 7);
  if ('conflict' in onTop)
    return stop('base-moved', `${baseBranch} is at ${at} by now, and the patch does not fit there: ${onTop.conflict}.`);
  const { repository } = incident;
  const { sha } = read.commit;
  const inForce =
    baseBranch === repository.defaultBranch
      ? await policyInForce(
          { file: await policyFileAt({ sha, ...base }, read.texts, desk.github), at: sha },
          repository,
          desk,
        )
      : { policy: desk.policy, text: evidence.policyText, said: '' };
  const moved: Evidence = {
    ...evidence,
    ...treePaper(base, read.texts, baseBranch),
    ...{ baseSha: sha, baseTreeSha: read.commit.treeSha, rebasedFrom: [...rebasedFrom, baseSha] },
    ...{ code: read.code, sources: sourcesWithin(read.sourcePaths, read.texts, modes) },
    policyText: inForce.text,
  };
  const { mode, 'redact-emails': noEmails } = inForce.policy;
  const byNow = `${policyPath} says mode: ${mode} by now. ${inForce.said}`.trimEnd();
  if (!mayPatch(mode)) return stop(mode === 'off' ? 'disabled' : 'diagnose-only', byNow);
  const next = noEmails ? await withoutEmails(moved) : moved;
  return {
    kind: 'done',
    said: `${baseBranch} moved on to ${at} while the tests ran: the patch is laid on top of it, and proven again.`,
    papers: {
      evidence: next,
      patch: withFiles(patch, attempt, onTop.files),
      // The changes are still those that the first base came with.
      taint: ledgerOf({
        ...{ trigger, reads: [], earlier: taint },
        evidence: { ...next, baseSha: rebasedFrom[0] ?? baseSha },
        author: evidence.sinceGreen?.commits.at(-1)?.author,
      }),
    },
  };
}

/** What was read before, and what the patch and the rules are about, at the commit that the branch is at now. */
async function readAt(base: Base, evidence: Evidence, attempt: Attempt, { policy }: GitHubDesk) {
  const entries = base.entries.filter(isRegular);
  const paths = entries.map(({ path }) => path);
  const known = new Set(paths);
  const touched = attempt.files.map(({ path }) => path).filter((path) => known.has(path));
  const sources = evidence.sources.map(({ path }) => path).filter((path) => known.has(path) && !touched.includes(path));
  const along = alongOf(base.entries);
  const texts = new Map<string, string>();
  let commit: { sha: string; treeSha: string } | undefined;
  const asked = new Set<string>();
  const read = async (wanted: readonly string[]): Promise<Map<string, string>> => {
    const missing = [...wanted, ...touched, ...sources, ...along, policyPath].filter((path) => !asked.has(path));
    const answer = missing.length === 0 ? undefined : await base.read(missing, bytesPerFile(wanted));
    for (const path of missing) asked.add(path);
    for (const [path, text] of answer?.texts ?? []) texts.set(path, text);
    commit ??= answer?.commit;
    return new Map([...texts].filter(([path]) => wanted.includes(path)));
  };
  const { failures, excerpt: text, changes, sinceGreen, failingCommand } = evidence;
  const clues = {
    ...{ failures, text, changes },
    ...(sinceGreen ? { sinceGreen } : {}),
    ...(failingCommand ? { failingCommand } : {}),
  };
  const found = await code(clues, { paths, read }, { wanted: [...touched, ...sources] });
  if (!commit) return undefined;
  const { text: shown, tokens, leftOut } = found.excerpt;
  return {
    ...{ texts, commit },
    sourcePaths: [...new Set([...touched, ...sources, ...found.texts.keys()])].filter((path) => path !== policyPath),
    code: { text: await redact(shown, { emails: policy['redact-emails'] }), tokens, leftOut },
  };
}

function withFiles(patch: Patch, attempt: Attempt, files: Attempt['files']): Patch {
  const diff = unifiedDiff(files) ?? attempt.diff;
  return { attempts: [...patch.attempts.slice(0, -1), { ...attempt, files, diff }] };
}
