// A repository's workflow files → which of them would meet a self-heal commit or pull request with something to lose, and when.
import { z } from 'zod';
import type { Exposure } from '../incident/exposure.ts';
import { sandboxWorkflowPath } from '../incident/sandbox-workflow.ts';
import { candidateCode } from './candidate-code.ts';
import { type Facts, isCertainlyFalse, type Known } from './condition.ts';
import { passesFilter } from './filter-pattern.ts';
import { stakesOf, stepsOf, type View } from './job-stakes.ts';
import { readWorkflow, type Workflow } from './workflow-file.ts';

/** Of a tree: what GitHub runs. */
export const isWorkflowPath = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

const branchPrefix = 'self-heal/';
/** Looked at in all; what is beyond is told as if it had everything to lose. */
const mostJobs = 2_000;
/** Of YAML, in all files together: about 1.3 MB of workflows. What is beyond could not be read. */
const mostParts = 400_000;

interface EventKind {
  when: Exposure['when'];
  /** `candidate`: the run is on our commit. `base`: on the default branch, whose cache and code it shares. */
  runs: 'candidate' | 'base';
}

/** Only `push` and `pull_request` heed the quarantine: https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs */
const kinds: ReadonlyMap<string, EventKind> = new Map([
  ['create', { when: 'pushed', runs: 'candidate' }],
  ['push', { when: 'released', runs: 'candidate' }],
  ['pull_request', { when: 'released', runs: 'candidate' }],
  ['pull_request_target', { when: 'opened', runs: 'base' }],
  ['check_run', { when: 'opened', runs: 'base' }],
  ['check_suite', { when: 'opened', runs: 'base' }],
  ['status', { when: 'opened', runs: 'base' }],
  ['workflow_run', { when: 'released', runs: 'base' }],
  ['pull_request_review', { when: 'asked', runs: 'candidate' }],
  ['pull_request_review_comment', { when: 'asked', runs: 'candidate' }],
  ['issue_comment', { when: 'asked', runs: 'base' }],
  // Of the Apps that put every branch on a stage of its own.
  ['deployment', { when: 'asked', runs: 'candidate' }],
  ['deployment_status', { when: 'asked', runs: 'candidate' }],
]);

/** `texts` has what could be read of `paths`; what could not is told as if it had everything to lose. */
export function exposures(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
  baseBranch: string,
): Exposure[] {
  const budget = { jobs: mostJobs };
  const reading = { parts: mostParts };
  const read = new Map(paths.map((path) => [path, readWorkflow(texts.get(path) ?? '', reading)]));
  return paths.flatMap((path): Exposure[] => {
    const workflow = read.get(path);
    if (!workflow) return [{ workflow: path, event: 'any', when: 'released', why: ['it could not be read'] }];
    return [...workflow.on].flatMap(([event, config]): Exposure[] => {
      const kind = kinds.get(event);
      const view = { facts: factsOf(event, baseBranch), called: (name: string) => read.get(name), budget };
      const told = (when: Exposure['when'], seen: View, filters: Partial<Exposure>): Exposure[] => {
        const why = kind ? stakesAt(kind, workflow, seen) : [];
        return why.length === 0 ? [] : [{ workflow: path, event, when, why, ...filters }];
      };
      if (!kind) return [];
      if (event === 'workflow_run' && followsSandbox(config, read, baseBranch))
        return told('pushed', { ...view, facts: new Map() }, {});
      return mayRun(event, config, { baseBranch, read }) ? told(kind.when, view, filtersOf(event, config)) : [];
    });
  });
}

/** Whether the event's own filters let a change of these files on this branch through. */
export function meets(exposure: Exposure, { branch, paths }: { branch: string; paths: readonly string[] }): boolean {
  const { branches, branchesIgnored, paths: wanted, pathsIgnored } = exposure;
  if (branches && !passesFilter(branches, branch)) return false;
  if (branchesIgnored && passesFilter(branchesIgnored, branch)) return false;
  if (wanted && !paths.some((path) => passesFilter(wanted, path))) return false;
  return !pathsIgnored || paths.some((path) => !passesFilter(pathsIgnored, path));
}

const Names = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .catch(undefined);
const Filters = z
  .object({
    ...{ types: Names, workflows: Names, tags: Names, branches: Names, paths: Names },
    ...{ 'tags-ignore': Names, 'branches-ignore': Names, 'paths-ignore': Names },
  })
  .catch({});

function mayRun(
  event: string,
  config: unknown,
  { baseBranch, read }: { baseBranch: string; read: ReadonlyMap<string, Workflow | undefined> },
): boolean {
  const filters = Filters.parse(config ?? {});
  if (event.startsWith('pull_request') && filters.types?.every((type) => type === 'closed')) return false;
  if (event === 'push') {
    const byBranch = filters.branches ?? filters['branches-ignore'];
    return byBranch !== undefined || !(filters.tags ?? filters['tags-ignore']);
  }
  if (event === 'pull_request' || event === 'pull_request_target') {
    const { branches, 'branches-ignore': ignored } = filters;
    if (branches && !passesFilter(branches, baseBranch)) return false;
    return !ignored || !passesFilter(ignored, baseBranch);
  }
  return event !== 'workflow_run' || follows(filters.workflows, read);
}

/** A chain begins with a workflow that runs for our commit, or is none of ours. */
function follows(names: readonly string[] | undefined, read: ReadonlyMap<string, Workflow | undefined>): boolean {
  if (!names) return true;
  return [...read].some(([path, workflow]) => {
    if (!workflow) return true;
    return [...workflow.on.keys()].some((event) => kinds.has(event)) && passesFilter(names, workflow.name ?? path);
  });
}

/** The sandbox runs on the default branch, before anything is proven; what it leaves behind comes from the candidate. */
function followsSandbox(config: unknown, read: ReadonlyMap<string, Workflow | undefined>, branch: string): boolean {
  const { workflows, branches, 'branches-ignore': ignored } = Filters.parse(config ?? {});
  if ((branches && !passesFilter(branches, branch)) || (ignored && passesFilter(ignored, branch))) return false;
  if (workflows === undefined) return false;
  const sandbox = read.get(sandboxWorkflowPath);
  // Of one that could not be read the name is not known: it may be any.
  if (!sandbox && read.has(sandboxWorkflowPath)) return true;
  return passesFilter(workflows, sandbox?.name ?? sandboxWorkflowPath);
}

/** Those that depend on the branch's name and the files, which are not known yet. */
function filtersOf(event: string, config: unknown): Partial<Exposure> {
  const filters = Filters.parse(config ?? {});
  const ofBranch = event === 'push' || event === 'workflow_run';
  const { branches, 'branches-ignore': branchesIgnored, paths, 'paths-ignore': pathsIgnored } = filters;
  return {
    ...(ofBranch && isBounded(branches) ? { branches } : {}),
    ...(ofBranch && isBounded(branchesIgnored) ? { branchesIgnored } : {}),
    ...(isBounded(paths) ? { paths } : {}),
    ...(isBounded(pathsIgnored) ? { pathsIgnored } : {}),
  };
}

/** A filter beyond all measure is taken for none: then the workflow runs. */
const isBounded = (patterns: readonly string[] | undefined): patterns is string[] =>
  patterns !== undefined && patterns.length <= 100 && patterns.every(({ length }) => length <= 300);

function stakesAt({ runs }: EventKind, workflow: Workflow, view: View): string[] {
  const why = workflow.jobs
    .filter((job) => !isCertainlyFalse(job.if, view.facts))
    .flatMap((job) => {
      const stakes = stakesOf(job, workflow, view);
      if (runs === 'candidate') return stakes;
      // What a called workflow does with what it is given is not followed here.
      const how = job.calls === undefined ? candidateCode(stepsOf(job, view.facts)) : 'calls another workflow';
      if (how === undefined || (job.calls !== undefined && stakes.length === 0)) return [];
      return [how, ...stakes, 'can write the cache that the default branch reads'];
    });
  return [...new Set(why)].slice(0, 8);
}

function factsOf(event: string, base: string): Facts {
  const facts = new Map<string, Known>([
    ['github.event_name', { is: event }],
    ['github.event.pull_request.head.repo.fork', { is: false }],
    ['github.event.pull_request.merged', { is: false }],
    ['github.event.pull_request.base.ref', { is: base }],
    ['github.event.pull_request.head.ref', { begins: branchPrefix }],
    ['github.event.workflow_run.head_branch', { begins: branchPrefix }],
  ]);
  if (event === 'push' || event === 'create') {
    facts.set('github.ref', { begins: `refs/heads/${branchPrefix}` });
    facts.set('github.ref_name', { begins: branchPrefix });
    facts.set('github.ref_type', { is: 'branch' });
    facts.set('github.event.ref_type', { is: 'branch' });
    facts.set('github.head_ref', { is: '' });
    facts.set('github.base_ref', { is: '' });
  }
  if (event === 'pull_request') facts.set('github.ref', { begins: 'refs/pull/' });
  if (event.startsWith('pull_request')) {
    facts.set('github.base_ref', { is: base });
    facts.set('github.head_ref', { begins: branchPrefix });
  }
  return facts;
}
