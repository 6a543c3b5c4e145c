// A repository's workflows → the job whose tests a draft takes over, with everything known of it: the failed one, else the one that tests most.
import { z } from 'zod';
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';
import type { YamlBudget } from '../../text/bounded-yaml.ts';
import { type Known as Fact, type Facts, isCertainlyFalse } from '../../workflows/condition.ts';
import { isWorkflowPath } from '../../workflows/exposure.ts';
import { type Job, readWorkflow, type Workflow } from '../../workflows/workflow-file.ts';
import { carried, type Known, usesSecret } from './carried-text.ts';
import { chooseLeg, type Leg, legInWords } from './matrix-leg.ts';
import { statementsOf } from './script-statements.ts';
import { kindOf } from './statement-kind.ts';
import { actionStatement } from './test-actions.ts';

export interface RunDefaults {
  shell: string | undefined;
  directory: string | undefined;
}

export interface SourceJob {
  path: string;
  job: Job;
  known: Known;
  /** Variables as they are written, of the workflow and then of the job. */
  env: readonly (readonly [name: string, value: string])[];
  facts: Facts;
  defaults: RunDefaults;
}

export interface JobQuestion {
  files: ReadonlyMap<string, string>;
  defaultBranch: string;
  lastFailed?: { workflowPath: string; jobName?: string } | undefined;
}

const largestFile = 200_000;
const mostFiles = 60;
const mostStatements = 2_000;
/** Of YAML, in all files together. */
const mostParts = 400_000;
const Mapping = z.record(z.string(), z.unknown()).catch({});
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

export function chooseSourceJob(question: JobQuestion): SourceJob | undefined {
  const { lastFailed } = question;
  // GitHub names the file of a run with its branch behind it: `.github/workflows/ci.yml@main`.
  const path = lastFailed?.workflowPath.split('@', 1)[0] ?? '';
  const ask = { ...question, lastFailed: lastFailed && { ...lastFailed, workflowPath: path } };
  const budget = { statements: mostStatements, parts: mostParts };
  const candidates = [...ask.files]
    .filter(([path, text]) => isWorkflowPath(path) && path !== sandboxWorkflowPath && text.length <= largestFile)
    .slice(0, mostFiles)
    .flatMap(([path, text]) => jobsOf(path, text, ask, budget))
    .map((source) => ({ source, score: scoreOf(source, ask, budget) }))
    .filter(({ score }) => score > 0);
  return candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, one) => (best && best.score >= one.score ? best : one),
    undefined,
  )?.source;
}

function jobsOf(path: string, text: string, ask: JobQuestion, budget: YamlBudget): SourceJob[] {
  const workflow = readWorkflow(text, budget);
  if (!workflow) return [];
  const event = ['push', 'pull_request', 'merge_group', 'schedule', 'workflow_call'].find((one) =>
    workflow.on.has(one),
  );
  if (event === undefined && ask.lastFailed?.workflowPath !== path) return [];
  const facts = factsOf(event ?? 'workflow_dispatch', ask.defaultBranch);
  const ofWorkflow = defaultsOf(workflow.defaults);
  return workflow.jobs
    .filter((job) => job.calls === undefined && !isCertainlyFalse(job.if, facts))
    .map((job) => sourceOf(path, workflow, job, { facts, ofWorkflow, failedName: failedNameOf(path, ask) }));
}

const failedNameOf = (path: string, { lastFailed }: JobQuestion): string | undefined =>
  lastFailed?.workflowPath === path ? lastFailed.jobName : undefined;

function sourceOf(
  path: string,
  workflow: Workflow,
  job: Job,
  given: { facts: Facts; ofWorkflow: RunDefaults; failedName: string | undefined },
): SourceJob {
  const leg = chooseLeg(job.matrix, (one) => shownName(job, one) === given.failedName);
  const rest = Mapping.parse(job.rest);
  const env = [workflow.env, rest.env].flatMap(variablesOf);
  const inputs = inputsOf(workflow);
  const plain = env.filter(([, value]) => !value.includes('${{'));
  const own = defaultsOf(rest.defaults);
  const matrixFacts = [...leg].map(([name, value]): [string, Fact] => [`matrix.${name}`.toLowerCase(), { is: value }]);
  return {
    ...{ path, job, env, known: { leg, env: new Map(plain), inputs } },
    facts: new Map([...given.facts, ...matrixFacts]),
    defaults: {
      shell: own.shell ?? given.ofWorkflow.shell,
      directory: own.directory ?? given.ofWorkflow.directory,
    },
  };
}

/** As GitHub shows it: its own name, or its id; and the values of the matrix where the name has none. */
function shownName(job: Job, leg: Leg): string {
  const own = Mapping.parse(job.rest).name;
  const named = typeof own === 'string' ? carried(own, { leg, env: new Map(), inputs: new Map() }) : undefined;
  if (named && 'text' in named && named.text !== own) return named.text;
  const base = typeof own === 'string' ? own : job.name;
  return leg.size === 0 ? base : `${base} (${legInWords(leg)})`;
}

export function variablesOf(env: unknown): [string, string][] {
  return Object.entries(Mapping.parse(env)).flatMap(([name, value]): [string, string][] => {
    const scalar = Scalar.safeParse(value);
    return scalar.success ? [[name, String(scalar.data)]] : [];
  });
}

function inputsOf(workflow: Workflow): Map<string, string> {
  const called = Mapping.parse(Mapping.parse(workflow.on.get('workflow_call')).inputs);
  return new Map(
    Object.entries(called).flatMap(([name, input]): [string, string][] => {
      const scalar = Scalar.safeParse(Mapping.parse(input).default);
      return scalar.success ? [[name, String(scalar.data)]] : [];
    }),
  );
}

function defaultsOf(defaults: unknown): RunDefaults {
  const run = Mapping.parse(Mapping.parse(defaults).run);
  const text = z.string().optional().catch(undefined);
  return { shell: text.parse(run.shell), directory: text.parse(run['working-directory']) };
}

function factsOf(event: string, branch: string): Facts {
  const facts = new Map<string, Fact>([['runner.os', { is: 'Linux' }]]);
  if (event === 'workflow_call') return facts;
  facts.set('github.event_name', { is: event });
  if (event === 'push') {
    facts.set('github.ref', { is: `refs/heads/${branch}` });
    facts.set('github.ref_name', { is: branch });
    facts.set('github.ref_type', { is: 'branch' });
  }
  return facts;
}

function scoreOf(source: SourceJob, { lastFailed }: JobQuestion, budget: { statements: number }): number {
  const scripts = source.job.steps.flatMap((step) => {
    const script = step.run ?? actionStatement(step);
    return script === undefined || isCertainlyFalse(step.if, source.facts) || usesSecret(script) ? [] : [script];
  });
  const statements = scripts.flatMap((script) => (budget.statements > 0 ? statementsOf(script) : []));
  budget.statements -= statements.length;
  const kinds = new Set(statements.map((statement) => kindOf(statement).kind));
  const base = kinds.has('test') ? 8 : kinds.has('check') ? 2 : 0;
  if (base === 0) return 0;
  const isFailed = source.path === lastFailed?.workflowPath;
  const name = shownName(source.job, source.known.leg);
  const isNamed = isFailed && [name, source.job.name].includes(lastFailed?.jobName ?? '');
  const sends = kinds.has('send') || source.job.environment !== undefined;
  const runsElsewhere = /windows|macos/i.test(JSON.stringify(source.job.runsOn ?? ''));
  return (
    base +
    (isNamed ? 100 : isFailed ? 20 : 0) +
    (kinds.has('test') && kinds.has('check') ? 1 : 0) -
    (sends ? 2 : 0) -
    (runsElsewhere ? 2 : 0) -
    (/release|deploy|publish|nightly|bench|e2e/i.test(`${source.path} ${name}`) ? 3 : 0)
  );
}
