// A job of a workflow → what code that runs in it could get hold of: secrets, a token that writes, an identity, a machine.
import { z } from 'zod';
import { type Facts, isCertainlyFalse } from './condition.ts';
import { expressionsIn, type Job, type Step, textsIn, type Workflow } from './workflow-file.ts';

/** What is the same for all jobs that are looked at for one event. */
export interface View {
  facts: Facts;
  called(path: string): Workflow | undefined;
  /** Files that call each other could keep it looking for ever. */
  budget: { jobs: number };
}

/** What a job of a called workflow gets from its caller. */
interface Caller {
  permissions: unknown;
  depth: number;
}

const deepestCall = 4;
const longestName = 80;
const tooLarge = 'is too large to be looked through';

export function stakesOf(
  job: Job,
  of: Workflow,
  view: View,
  caller: Caller = { permissions: undefined, depth: 0 },
): string[] {
  view.budget.jobs -= 1;
  if (view.budget.jobs < 0) return [tooLarge];
  const permissions = job.permissions ?? of.permissions ?? caller.permissions;
  const steps = stepsOf(job, view.facts);
  const own = [
    ...secretsIn([job.rest, of.env, ...steps.map(({ whole }) => whole)]),
    ...permissionStakes(permissions),
    ...environmentStakes(job.environment),
    ...(job.calls === undefined
      ? machineStakes(job)
      : calledStakes(job, job.calls, view, { permissions, depth: caller.depth + 1 })),
  ];
  return [...new Set(own)];
}

function calledStakes({ secrets }: Job, calls: string, view: View, caller: Caller): string[] {
  const inherited = secrets === 'inherit' ? [`passes all secrets on to ${calls.slice(0, longestName)}`] : [];
  const path = /^\.\/(\.github\/workflows\/[^@]+)$/.exec(calls)?.[1];
  if (path === undefined) return inherited;
  const inner = caller.depth > deepestCall ? undefined : view.called(path);
  if (!inner) return [...inherited, `calls ${path.slice(0, longestName)}, which could not be read`];
  const within = inner.jobs
    .filter((one) => !isCertainlyFalse(one.if, view.facts))
    .flatMap((one) => stakesOf(one, inner, view, caller));
  return [...inherited, ...within];
}

/** Without those that this event certainly does not run. */
export const stepsOf = (job: Job, facts: Facts): Step[] =>
  job.steps.filter((step) => !isCertainlyFalse(step.if, facts));

const secretPattern = /\bsecrets\b\s*(?:\.\s*([\w-]{1,200})|\[\s*'([^']{1,200})'\s*\])?/gi;

function secretsIn(values: readonly unknown[]): string[] {
  const names = new Set<string>();
  for (const value of values) {
    const texts = textsIn(value);
    if (!texts) return [tooLarge];
    for (const expression of texts.flatMap(expressionsIn))
      for (const [, dotted, quoted] of expression.matchAll(secretPattern)) names.add(dotted ?? quoted ?? '');
  }
  // What the token may do is told by its permissions.
  const others = [...names].filter((name) => name.toUpperCase() !== 'GITHUB_TOKEN').sort();
  if (others.includes('')) return ['uses secrets, and does not say which'];
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  const told = others.slice(0, 3).map((name) => name.slice(0, longestName));
  return others.length > 0 ? [`uses the ${others.length === 1 ? 'secret' : 'secrets'} ${told.join(', ')}${more}`] : [];
}

const Granted = z.record(z.string(), z.unknown());

function permissionStakes(permissions: unknown): string[] {
  if (permissions === 'read-all') return [];
  if (permissions === 'write-all') return ['gives its token write access to everything'];
  const granted = Granted.safeParse(permissions);
  if (!granted.success) return ['says nothing of `permissions`, so its token may have write access'];
  const writes = Object.entries(granted.data)
    .filter(([, value]) => value !== 'read' && value !== 'none')
    .map(([scope]) => scope.slice(0, longestName));
  const scopes = writes.filter((scope) => scope !== 'id-token');
  return [
    ...(scopes.length > 0 ? [`gives its token write access (${scopes.slice(0, 5).join(', ')})`] : []),
    ...(writes.includes('id-token') ? ['can get an OIDC identity (`id-token: write`)'] : []),
  ];
}

const hosted = /^(ubuntu|windows|macos)-[\w.-]+$/i;

/** What an expression stands for comes from the matrix, as far as can be told. */
function machineStakes({ runsOn, matrix }: Job): string[] {
  const own = textsIn(runsOn) ?? [];
  const labels = own.filter((label) => !label.includes('${{'));
  const fromMatrix =
    own.length > labels.length ? (textsIn(matrix) ?? []).filter((one) => /self-hosted/i.test(one)) : [];
  const isGroup = typeof runsOn === 'object' && !Array.isArray(runsOn);
  const foreign = [...labels.filter((label) => isGroup || !hosted.test(label)), ...fromMatrix];
  return foreign.length > 0
    ? [`runs on ${(foreign[0] ?? '').slice(0, longestName)}, which may be a machine of yours`]
    : [];
}

function environmentStakes(environment: unknown): string[] {
  const [name] = textsIn(environment) ?? [];
  return name === undefined ? [] : [`runs in the environment ${name.slice(0, longestName)}, which may have secrets`];
}
