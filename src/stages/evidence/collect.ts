// Step: fetches the log or reads the issue, finds the failures in it, and the files they point to.

import { policyPath } from '../../config/policy.ts';
import { dryRunOf } from '../../incident/case-file.ts';
import type { Changes, Evidence, SourceFile } from '../../incident/evidence.ts';
import { failureFingerprints, fingerprint } from '../../incident/fingerprint.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk, TreeEntry } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import type { Read } from '../../text/taint.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { acknowledge } from './acknowledge.ts';
import { baseAt, baseOf } from './base.ts';
import { clippedChanges } from './changes.ts';
import { code } from './code.ts';
import { cluesOf, type Findings } from './findings.ts';
import { commitIn, inverseOf } from './inverse.ts';
import { issueFindings } from './issue-findings.ts';
import { type PolicyInForce, policyFileAt, policyInForce } from './policy-in-force.ts';
import { alongOf, isRegular, treePaper } from './read-along.ts';
import { runFindings } from './run-findings.ts';
import { bytesPerFile, sourceLimits, sourcesWithin, withinBounds } from './sources.ts';
import { ledgerOf } from './taint.ts';
import { withoutEmails } from './without-emails.ts';

export async function collect(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { trigger } = incident.caseFile;
  const { evidence: before } = incident.caseFile;
  if (before?.wanted) {
    const sha = commitIn(before.wanted);
    return sha === undefined
      ? askedFor(before, before.wanted, incident, desk)
      : toTakeBack(sha, before, incident, desk);
  }
  const ruling = await rulingOnBranch(incident, desk);
  if (ruling.barred) return ruling.barred;
  const finding =
    trigger.kind === 'workflow-run'
      ? await runFindings(trigger, incident.repository, desk)
      : await issueFindings(trigger, incident, desk);
  if ('stopped' in finding) return finding.stopped;

  const collected = await evidenceOf(finding.found, incident, desk, ruling.inForce);
  if (!collected) return stop('no-evidence', `The branch ${finding.found.baseBranch} is gone.`);
  const { policy, said: ofPolicy } = collected.inForce;
  const warning = ofPolicy === '' ? '' : ` ${ofPolicy}`;
  const isDryRun = dryRunOf(incident.caseFile) !== undefined;
  if (policy.mode === 'off' && !isDryRun) return stop('disabled', `${policyPath} says mode: off.${warning}`);
  const isShadow = policy.mode === 'shadow' && !isDryRun;
  const read = policy['redact-emails'] ? await withoutEmails(collected.evidence) : collected.evidence;
  const isAsked = trigger.kind === 'issue' && !isShadow;
  const evidence = isAsked ? { ...read, commentUrl: await acknowledge(trigger, incident, desk) } : read;
  const taint = ledger(incident, evidence, finding.found.reads);
  const papers = { evidence, taint, ...(isShadow ? { shadow: true as const } : {}) };
  const twin = isDryRun ? undefined : await desk.memory.openTwin(incident, evidence.failureFingerprints);
  if (twin)
    return stop('duplicate', `Incident ${twin.id} is about the same failure.`, { ...papers, duplicateOf: twin.id });
  if (evidence.failures.length === 0 && evidence.suspects.length === 0)
    return stop('no-evidence', 'Nothing in it names a failure or a file of this repository.', papers);
  return { kind: 'done', said: summary(evidence) + warning, papers };
}

const ledger = ({ caseFile: { trigger, taint } }: Incident, evidence: Evidence, reads: readonly Read[]) =>
  ledgerOf({ trigger, evidence, author: evidence.sinceGreen?.commits.at(-1)?.author, reads, earlier: taint });

/**
 * Other branches than the default one only if its policy names them: asked first, because most are nobody's business.
 * And then by that policy: who may push to some branch may not loosen what people agreed on in the default one.
 */
async function rulingOnBranch(
  incident: Incident,
  desk: GitHubDesk,
): Promise<{ barred?: Outcome; inForce?: PolicyInForce }> {
  const { trigger } = incident.caseFile;
  const { defaultBranch } = incident.repository;
  if (trigger.kind === 'issue' || trigger.headBranch === defaultBranch) return {};
  const file = await desk.github.file(policyPath, defaultBranch);
  const inForce = await policyInForce({ file, at: `refs/heads/${defaultBranch}` }, incident.repository, desk);
  if (trigger.dryRun) return { inForce };
  if (inForce.policy.branches.includes(trigger.headBranch)) return { inForce };
  const said = `${trigger.headBranch} is not the default branch, and ${policyPath} does not name it.`;
  return { barred: stop('not-ours', said) };
}

async function evidenceOf(
  findings: Findings,
  incident: Incident,
  desk: GitHubDesk,
  ruling: PolicyInForce | undefined,
): Promise<{ evidence: Evidence; inForce: PolicyInForce } | undefined> {
  const { github } = desk;
  const { commit: at, changes: sinceGreen, files, reads: _, ...told } = findings;
  const base = await (at ? baseAt(at, github) : baseOf(told.baseBranch, github));
  const regular = base?.entries.filter(isRegular) ?? [];
  const paths = regular.map((entry) => entry.path);
  const along = alongOf(base?.entries ?? []);
  let commit = at;
  let alongTexts = new Map<string, string>();
  const read = async (wanted: readonly string[]): Promise<Map<string, string>> => {
    const answer = await base?.read([...wanted, ...(alongTexts.size > 0 ? [] : along)], bytesPerFile(wanted));
    commit = answer?.commit;
    const texts = withinBounds(answer?.texts ?? new Map());
    if (alongTexts.size === 0) alongTexts = new Map([...texts].filter(([path]) => along.includes(path)));
    return new Map([...texts].filter(([path]) => wanted.includes(path)));
  };
  const found = await code(cluesOf(findings), { paths, read }, { also: [policyPath] });
  if (!base || !commit) return undefined;
  const { sha } = commit;
  const file = ruling ? undefined : await policyFileAt({ sha, ...base }, found.texts, github);
  const inForce = ruling ?? (await policyInForce({ file, at: sha }, incident.repository, desk));
  const { text, tokens, leftOut } = found.excerpt;
  const since = sinceGreen && (await redactedSince(sinceGreen));
  const evidence: Evidence = {
    ...told,
    baseSha: sha,
    baseTreeSha: commit.treeSha,
    failureFingerprints: namesOf(findings, incident),
    // Of many changes those that the failure speaks of.
    changes: since?.files ?? (await redactedChanges(clippedChanges(files))),
    ...(since ? { sinceGreen: since } : {}),
    suspects: found.suspects,
    code: { text: await redact(text), tokens, leftOut },
    sources: sourcesOf(found.texts, regular),
    policyText: inForce.text,
    ...treePaper(base, alongTexts, told.baseBranch),
  };
  return { evidence, inForce };
}

/** Whatever was read may be edited, but for the policy itself. */
function sourcesOf(texts: ReadonlyMap<string, string>, regular: readonly TreeEntry[]): SourceFile[] {
  return sourcesWithin(editable(texts), texts, new Map(regular.map((entry) => [entry.path, entry.mode])));
}

const editable = (texts: ReadonlyMap<string, string>): string[] =>
  [...texts.keys()].filter((path) => path !== policyPath && !path.endsWith('CODEOWNERS'));

/** The one more round: the same evidence, with what the model asked to see in the place of what it did not need. */
async function askedFor(
  evidence: Evidence,
  wanted: readonly string[],
  incident: Incident,
  desk: GitHubDesk,
): Promise<Outcome> {
  const { failures, excerpt, changes, paths, baseSha, sinceGreen, failingCommand } = evidence;
  const clues = {
    ...{ failures, text: excerpt, changes },
    ...(sinceGreen ? { sinceGreen } : {}),
    ...(failingCommand ? { failingCommand } : {}),
  };
  const read = (asked: readonly string[]) => desk.github.files(baseSha, asked, sourceLimits.bytesPerFile);
  const found = await code(clues, { paths, read }, { wanted });
  const { text, tokens, leftOut } = found.excerpt;
  const next: Evidence = {
    ...evidence,
    sources: await sourcesWith(found.texts, evidence, desk),
    code: { text: await redact(text, { emails: desk.policy['redact-emails'] }), tokens, leftOut },
  };
  const taint = ledger(incident, next, []);
  return {
    kind: 'done',
    said: `Read what the model asked for: ${wanted.join(', ')}.`,
    papers: { evidence: next, taint },
  };
}

/** The diagnosis would take a commit back: what it did is read, and everything else stays as it is. */
async function toTakeBack(sha: string, evidence: Evidence, incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { inverse, commit } = await inverseOf(sha, evidence, desk.github);
  const text = commit?.files.map(({ patch }) => patch).join('\n') ?? '';
  const isKnown = sha === evidence.baseSha && evidence.changes.length > 0;
  const reads = commit && !isKnown ? [{ source: 'commit' as const, of: sha, author: commit.author, text }] : [];
  const next: Evidence = { ...evidence, inverse };
  const found = inverse.impossible ?? inverse.files.map(({ path }) => path).join(', ');
  return {
    kind: 'done',
    said: `Read what commit ${sha.slice(0, 7)} did, to take it back: ${found}.`,
    papers: { evidence: next, taint: ledger(incident, next, reads) },
  };
}

/** What was read now comes first; the tree is asked for again only where the mode of a file is not known. */
async function sourcesWith(
  texts: ReadonlyMap<string, string>,
  { sources, baseTreeSha }: Evidence,
  { github }: GitHubDesk,
): Promise<SourceFile[]> {
  const wanted = editable(texts);
  const known = new Map<string, string>(sources.map(({ path, mode }) => [path, mode]));
  const isKnown = wanted.every((path) => known.has(path));
  const entries = isKnown ? [] : (await github.tree(baseTreeSha)).entries;
  const modes = new Map([...entries.map(({ path, mode }) => [path, mode] as const), ...known]);
  const all = new Map([...sources.map(({ path, text }) => [path, text] as const), ...texts]);
  const before = sources.map(({ path }) => path).filter((path) => !texts.has(path));
  return sourcesWithin([...wanted, ...before], all, modes);
}

const redactedSince = async (changes: Changes): Promise<Changes> => ({
  ...changes,
  commits: await Promise.all(
    changes.commits.map(async (commit) => ({ ...commit, subject: await redact(withoutInvisible(commit.subject)) })),
  ),
  files: await redactedChanges(changes.files),
});

const redactedChanges = (changes: Evidence['changes']): Promise<Evidence['changes']> =>
  Promise.all(changes.map(async (change) => ({ ...change, patch: await redact(change.patch) })));

/** Where no failure is named, the run's workflow or the issue is all the name there is. */
function namesOf(findings: Findings, incident: Incident): string[] {
  const repository = fullName(incident.repository).toLowerCase();
  const { trigger } = incident.caseFile;
  const names = failureFingerprints(repository, findings.failures);
  if (names.length > 0) return names;
  const source = trigger.kind === 'issue' ? ['issue', String(trigger.number)] : ['workflow', trigger.workflowPath];
  return [fingerprint([repository, ...source])];
}

function summary(evidence: Evidence): string {
  const [first] = evidence.failures;
  const named = first
    ? `${first.test ?? first.type ?? first.tool}: ${(first.message.split('\n')[0] ?? '').replace(/[.\s]+$/, '')}`
    : 'no failure named';
  const more = evidence.failures.length > 1 ? ` (and ${evidence.failures.length - 1} more)` : '';
  const files = evidence.sources
    .map((source: SourceFile) => source.path)
    .slice(0, 3)
    .join(', ');
  return `${named.slice(0, 200)}${more}. Looking at ${files || 'no file'}.`;
}
