// Step: fetches the log or reads the issue, finds the failures in it, and the files they point to.

import { readPolicy } from '../../config/policy.ts';
import type { Evidence, SourceFile } from '../../incident/case-file.ts';
import { failureFingerprints, fingerprint } from '../../incident/fingerprint.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { changesOf } from './changes.ts';
import type { Findings } from './findings.ts';
import { issueFindings } from './issue-findings.ts';
import { runFindings } from './run-findings.ts';
import { sourceLimits, sourcesWithin, wantedPaths } from './sources.ts';
import { suspects } from './suspects.ts';

const policyPath = '.github/self-heal.yml';
const workflowPath = '.github/workflows/self-heal.yml';
const keptPaths = 20_000;

export async function collect(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { trigger } = incident.caseFile;
  const barred = await barredByPolicy(incident, desk);
  if (barred) return barred;
  const finding =
    trigger.kind === 'workflow-run' ? await runFindings(trigger, desk) : await issueFindings(trigger, incident, desk);
  if ('stopped' in finding) return finding.stopped;

  const evidence = await evidenceOf(finding.found, incident, desk);
  if (!evidence) return stop('no-evidence', `The commit ${finding.found.baseRef} is gone.`);
  const { policy, problems } = readPolicy(evidence.policyText);
  if (policy.mode === 'off') return stop('disabled', `${policyPath} says mode: off.`);
  const twin = await desk.memory.openTwin(incident, evidence.failureFingerprints);
  if (twin)
    return stop('duplicate', `Incident ${twin.id} is about the same failure.`, { evidence, duplicateOf: twin.id });
  if (evidence.failures.length === 0 && evidence.suspects.length === 0)
    return stop('no-evidence', 'Nothing in it names a failure or a file of this repository.', { evidence });
  const warning =
    problems.length > 0 ? ` ${policyPath} has mistakes, so nothing will be written: ${problems.join('; ')}.` : '';
  return { kind: 'done', said: summary(evidence) + warning, papers: { evidence } };
}

/** Other branches than the default one only if its policy names them: asked first, because most are nobody's business. */
async function barredByPolicy(incident: Incident, desk: GitHubDesk): Promise<Outcome | undefined> {
  const { trigger } = incident.caseFile;
  if (trigger.kind === 'issue' || trigger.headBranch === incident.repository.defaultBranch) return undefined;
  const texts = await desk.github.files(incident.repository.defaultBranch, [policyPath], sourceLimits.bytesPerFile);
  const { policy } = readPolicy(texts.get(policyPath) ?? '');
  if (policy.branches.includes(trigger.headBranch)) return undefined;
  return stop('not-ours', `${trigger.headBranch} is not the default branch, and ${policyPath} does not name it.`);
}

async function evidenceOf(findings: Findings, incident: Incident, desk: GitHubDesk): Promise<Evidence | undefined> {
  const commit = await desk.github.commit(findings.baseRef);
  if (!commit) return undefined;
  const tree = await desk.github.tree(commit.treeSha);
  const regular = tree.entries.filter((entry) => entry.mode === '100644' || entry.mode === '100755');
  const treePaths = regular.map((entry) => entry.path);
  const changes = incident.caseFile.trigger.kind === 'workflow-run' ? changesOf(commit) : [];
  const accused = suspects({ failures: findings.failures, text: findings.excerpt, changes, treePaths });
  const wanted = wantedPaths(accused, treePaths);
  const texts = await desk.github.files(commit.sha, [policyPath, ...wanted], sourceLimits.bytesPerFile);
  const { baseRef: _, ...told } = findings;
  return {
    ...told,
    baseSha: commit.sha,
    baseTreeSha: commit.treeSha,
    failureFingerprints: namesOf(findings, incident),
    changes: await redactedChanges(changes),
    suspects: accused.slice(0, 20),
    sources: sourcesWithin(wanted, texts, new Map(regular.map((entry) => [entry.path, entry.mode]))),
    paths: treePaths.slice(0, keptPaths),
    treeTruncated: tree.truncated || treePaths.length > keptPaths,
    irregularPaths: tree.entries
      .filter((entry) => entry.mode === '120000' || entry.mode === '160000')
      .map((entry) => entry.path),
    policyText: texts.get(policyPath) ?? '',
    hasSandboxWorkflow: treePaths.includes(workflowPath),
  };
}

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
