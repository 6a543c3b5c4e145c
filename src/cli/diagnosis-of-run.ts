// A run on GitHub and a token that may read it → the report on it, as the App's evidence desk would see it.
import { pino } from 'pino';
import { gitHubWithToken, type ReadOnlyGitHub } from '../adapters/github/github-with-token.ts';
import { SelfHealError } from '../errors.ts';
import type { Changes } from '../incident/evidence.ts';
import { baseAt } from '../stages/evidence/base.ts';
import { code } from '../stages/evidence/code.ts';
import { cluesOf, type Findings } from '../stages/evidence/findings.ts';
import { runFindings } from '../stages/evidence/run-findings.ts';
import { bytesPerFile, withinBounds } from '../stages/evidence/sources.ts';
import { redact } from '../text/redact.ts';
import { estimatedTokens } from '../text/tokens.ts';
import { shownFailure } from './diagnosis-of-logs.ts';
import type { DiagnosisReport } from './diagnosis-report.ts';

const timeoutMs = 10 * 60_000;

export async function diagnosedRun(
  { owner, name }: { owner: string; name: string },
  runId: number,
  env: Record<string, string | undefined>,
): Promise<DiagnosisReport> {
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token)
    throw failing(
      'GITHUB_TOKEN is not set: a token that may read the repository is needed (`GITHUB_TOKEN=$(gh auth token)` has one).',
    );
  const baseUrl = env.GHE_HOST ? `${env.GHE_PROTOCOL ?? 'https'}://${env.GHE_HOST}/api/v3` : 'https://api.github.com';
  const github = gitHubWithToken({ owner, name }, token, { baseUrl, log: pino({ level: 'silent' }) });
  const facts = await github.repository();
  const run = facts && (await github.run(runId));
  if (!facts || !run) throw failing(`There is no run ${runId} in ${owner}/${name}, or the token may not see it.`);
  if (run.conclusion === 'success') throw failing(`Run ${runId} passed: there is no failure to tell of. ${run.url}`);
  const trigger = {
    ...{ kind: 'workflow-run' as const, runId, runAttempt: run.attempt, workflowName: run.title, event: '' },
    ...{
      workflowPath: run.workflowPath,
      headSha: run.headSha,
      headBranch: run.headBranch ?? facts.defaultBranch,
      url: run.url,
    },
  };
  const repository = { owner, name, ...facts, installationId: 1 };
  const finding = await runFindings(trigger, repository, { github, signal: AbortSignal.timeout(timeoutMs) });
  if ('stopped' in finding) {
    if (run.status !== 'completed')
      throw failing(`Run ${runId} is not done (${run.status}), and no job of it failed yet.`);
    throw failing('said' in finding.stopped ? finding.stopped.said : 'Nothing could be read.');
  }
  return reportOf(finding.found, github);
}

const failing = (what: string): SelfHealError => new SelfHealError('input-invalid', what);

async function reportOf(found: Findings, github: ReadOnlyGitHub): Promise<DiagnosisReport> {
  if (!found.commit) throw new TypeError('a run has a commit');
  const base = await baseAt(found.commit, github);
  const paths = base.entries.filter(({ mode }) => mode.startsWith('100')).map(({ path }) => path);
  const read = async (wanted: readonly string[]) =>
    withinBounds((await base.read(wanted, bytesPerFile(wanted)))?.texts ?? new Map<string, string>());
  const { suspects, excerpt } = await code(cluesOf(found), { paths, read });
  const text = [found.excerpt, await redact(excerpt.text)].filter((part) => part !== '').join('\n\n');
  return {
    failures: found.failures.map((failure) => shownFailure(failure)),
    suspects: suspects.map(({ lines = [], ...suspect }) => ({ ...suspect, lines })),
    exitCode: found.exitCode ?? null,
    step: found.job?.step ?? null,
    command: found.failingCommand ?? null,
    jobs: found.jobs ?? [],
    environment: [],
    changes: found.changes ? changesInWords(found.changes) : [],
    excerpt: { text, tokens: estimatedTokens(text), leftOut: excerpt.leftOut },
    requests: github.requests(),
  };
}

function changesInWords({ since, commits, breaking, dependencies, nothingChanged, truncated }: Changes): string[] {
  if (nothingChanged)
    return ['nothing: the same commit was green before, which points to a flake or the outside world'];
  return [
    since
      ? `last green: run ${since.runId} at ${since.sha.slice(0, 7)}`
      : 'no green run in reach; the failing commit itself:',
    ...commits.map(({ sha, subject, author }) => `${sha.slice(0, 7)} ${subject} (${author})`),
    ...(breaking ? [`broken by ${breaking.sha.slice(0, 7)}: ${breaking.why}`] : []),
    ...dependencies.map(({ path, what }) => `${path}: ${what}`),
    ...(truncated ? ['and more than GitHub tells'] : []),
  ];
}
