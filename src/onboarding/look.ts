// A repository → what a look at it finds: its files, its workflows, what failed last, and what the sandbox workflow lacks.
import { mayPatch, policyPath } from '../config/policy.ts';
import { readPolicy } from '../config/read-policy.ts';
import { sandboxWorkflowPath } from '../incident/sandbox-workflow.ts';
import type { RepositoryFacts } from '../ports/setup.ts';
import type { GitHub, RunSummary, TreeEntry } from '../ports.ts';
import { redact } from '../text/redact.ts';
import { exposures, isWorkflowPath } from '../workflows/exposure.ts';
import { draftWorkflow, type WorkflowDraft } from './draft/draft-workflow.ts';
import { pathsToRead } from './draft/paths-to-read.ts';
import type { Standing } from './setup-issue.ts';
import { workflowProblems } from './setup-workflow.ts';

type Reader = Pick<GitHub, 'tree' | 'files' | 'jobs' | 'runsOf' | 'failedRuns'>;

const maxBytesPerFile = 256_000;
/** One GraphQL request is fifty files. */
const mostFiles = 100;
const redRuns = new Set(['failure', 'timed_out']);

export interface Seen {
  workflow: { kind: 'missing' } | { kind: 'wrong'; problems: string[] } | { kind: 'there'; sha: string };
  /** Why nobody wants a workflow here. */
  unwanted?: string;
  paths: string[];
  texts: ReadonlyMap<string, string>;
  truncated: boolean;
}

/** Enough to tell whether anything is to be said at all. */
export async function seen(github: Reader, sha: string): Promise<Seen> {
  const tree = await github.tree(sha);
  const paths = tree.entries.filter(isRegular).map(({ path }) => path);
  // Of a tree that GitHub cuts short the workflow may be missing.
  const wanted = [sandboxWorkflowPath, policyPath, ...paths.filter(isWorkflowPath), ...pathsToRead(paths)];
  const texts = await github.files(sha, [...new Set(wanted)].slice(0, mostFiles), maxBytesPerFile);
  const text = texts.get(sandboxWorkflowPath);
  const isThere = text !== undefined || paths.includes(sandboxWorkflowPath);
  const problems = isThere ? workflowProblems(text ?? '') : [];
  const workflow = !isThere
    ? ({ kind: 'missing' } as const)
    : problems.length > 0
      ? ({ kind: 'wrong', problems } as const)
      : ({ kind: 'there', sha } as const);
  const unwanted = unwantedBy(texts.get(policyPath) ?? '');
  return { workflow, paths, texts, truncated: tree.truncated, ...(unwanted ? { unwanted } : {}) };
}

/** Mistakes in the policy are told elsewhere. */
function unwantedBy(policyText: string): string | undefined {
  const { policy, problems } = readPolicy(policyText);
  const { mode } = policy;
  return problems.length === 0 && !mayPatch(mode) ? `its policy says mode: ${mode}` : undefined;
}

/** All that the setup issue tells. */
export async function standing(github: Reader, seenNow: Seen, facts: RepositoryFacts): Promise<Standing> {
  const { paths, texts, truncated } = seenNow;
  const { url, defaultBranch } = facts;
  const workflows = paths.filter((path) => isWorkflowPath(path) && path !== sandboxWorkflowPath);
  const failed = await lastFailed(github, defaultBranch);
  const validation = seenNow.workflow.kind === 'there' ? await lastValidation(github) : undefined;
  return {
    ...{ url, defaultBranch, workflows: workflows.length },
    exposures: truncated ? undefined : exposures(paths.filter(isWorkflowPath), texts, defaultBranch),
    ...(failed ? { lastFailed: { url: failed.url, title: failed.title } } : {}),
    ...(validation ? { validation: { url: validation.url, isGreen: validation.conclusion === 'success' } } : {}),
    workflow:
      seenNow.workflow.kind === 'missing'
        ? { kind: 'missing', draft: await draftOf(github, seenNow, defaultBranch, failed) }
        : seenNow.workflow,
  };
}

async function draftOf(
  github: Reader,
  { paths, texts: files }: Seen,
  defaultBranch: string,
  failed: RunSummary | undefined,
): Promise<WorkflowDraft> {
  const job =
    failed && (await github.jobs(failed.id, failed.attempt)).find(({ conclusion }) => conclusion === 'failure');
  const lastFailed = failed && { workflowPath: failed.workflowPath, ...(job ? { jobName: job.name } : {}) };
  const draft = draftWorkflow({ paths, files, defaultBranch, ...(lastFailed ? { lastFailed } : {}) });
  const yaml = await redact(draft.yaml);
  if (yaml === draft.yaml) return draft;
  const asks = [
    ...draft.asks,
    'Something in it looked like a secret and was taken out (`[redacted:…]`). Mend that line.',
  ];
  return { ...draft, yaml, command: await redact(draft.command), asks };
}

async function lastFailed(github: Reader, branch: string): Promise<RunSummary | undefined> {
  const runs = await github.failedRuns(branch);
  return runs.find((run) => redRuns.has(run.conclusion ?? '') && fileOf(run) !== sandboxWorkflowPath);
}

async function lastValidation(github: Reader): Promise<RunSummary | undefined> {
  const runs = await github.runsOf(sandboxWorkflowPath, { event: 'workflow_dispatch', status: 'completed' });
  return runs.find(({ conclusion }) => conclusion === 'success') ?? runs[0];
}

const fileOf = ({ workflowPath: path }: RunSummary): string => path.split('@')[0] ?? path;

const isRegular = ({ mode }: TreeEntry): boolean => mode === '100644' || mode === '100755';
