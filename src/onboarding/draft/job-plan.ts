// A job of the repository → what of it prepares the sandbox run, what is its command, and what stays out.
import { z } from 'zod';
import { isCertainlyFalse } from '../../workflows/condition.ts';
import { type Step, textsIn } from '../../workflows/workflow-file.ts';
import { carried, isKnownBeforeRunner } from './carried-text.ts';
import { containerSetUp } from './container-set-up.ts';
import { ask, type DraftPlan, emptyPlan, leave, shortLabel } from './draft-plan.ts';
import { planScript } from './script-plan.ts';
import { setUpAction } from './set-up-action.ts';
import type { SourceJob } from './source-job.ts';
import { actionStatement } from './test-actions.ts';

const mostSteps = 200;
const Mapping = z.record(z.string(), z.unknown());

export function planOfJob(source: SourceJob): DraftPlan {
  const plan = emptyPlan();
  planMachine(source, plan);
  planEnvironment(source, plan);
  for (const step of source.job.steps.slice(0, mostSteps)) planStep(step, source, plan);
  return plan;
}

const hostedLinux = /^ubuntu-[\w.-]{1,50}$/;

function planMachine({ job, known }: SourceJob, plan: DraftPlan): void {
  const rest = Mapping.catch({}).parse(job.rest);
  const labels = (textsIn(job.runsOn) ?? []).slice(0, 10).map((label) => carried(label, known));
  const texts = labels.flatMap((label) => ('text' in label && /^[\w. -]{1,100}$/.test(label.text) ? [label.text] : []));
  const [only = ''] = texts;
  const isPlain = texts.length === labels.length && (typeof job.runsOn === 'string' || Array.isArray(job.runsOn));
  if (isPlain && texts.length === 1 && hostedLinux.test(only)) plan.runsOn = only;
  else if (isPlain && texts.length > 0 && !texts.some((label) => /windows|macos|\$/i.test(label))) {
    plan.runsOn = texts.length === 1 ? only : texts;
    ask(
      plan,
      `The job runs on ${shortLabel(texts.join(', '))}: that machine needs docker, podman or bubblewrap for the sandbox.`,
    );
  } else ask(plan, 'The sandbox needs Linux: the job runs on something else, and the draft on ubuntu-latest.');
  planContainers(rest, plan);
  for (const key of ['environment', 'permissions', 'concurrency'])
    if (rest[key] !== undefined) leave(plan, key, 'the draft has its own, without any rights but to read');
}

function planContainers(rest: Record<string, unknown>, plan: DraftPlan): void {
  const services = Object.keys(Mapping.catch({}).parse(rest.services)).slice(0, 10).map(shortLabel);
  if (services.length > 0) {
    plan.hasServices = true;
    leave(plan, `services ${services.join(', ')}`, 'the sandbox has no network, so tests cannot reach a service');
    ask(
      plan,
      `The job has services (${services.join(', ')}), which the sandbox cannot reach. Use a command that runs the tests that need none.`,
    );
  }
  if (rest.container === undefined) return;
  const image = typeof rest.container === 'string' ? rest.container : Mapping.catch({}).parse(rest.container).image;
  const step = typeof image === 'string' ? containerSetUp(image) : undefined;
  const name = shortLabel(typeof image === 'string' ? image : 'of the job');
  leave(plan, `container ${name}`, 'the sandbox shows the runner itself');
  if (step) plan.steps.push(step);
  ask(plan, `The job runs in the container ${name}. Check that the draft installs what the tests need of it.`);
}

/** The runner's own, and what would change whose code a step runs. */
const notOurs = /^(GITHUB|ACTIONS|RUNNER|INPUT)_|^(PATH|HOME|CI|TMPDIR)$/i;

function planEnvironment({ env, known }: SourceJob, plan: DraftPlan): void {
  for (const [name, value] of env.slice(0, 100)) {
    if (!/^[A-Za-z_]\w{0,99}$/.test(name) || notOurs.test(name)) {
      leave(plan, `env ${name}`, 'the name belongs to the runner');
      continue;
    }
    const told = carried(value, known);
    if ('why' in told) leave(plan, `env ${name}`, told.why);
    else if (isKnownBeforeRunner(told.text)) plan.env[name] = told.text;
    else leave(plan, `env ${name}`, 'it has an expression that cannot be resolved');
  }
}

function planStep(step: Step, source: SourceJob, plan: DraftPlan): void {
  const name = nameOf(step);
  const skipped = whySkipped(step, source);
  const script = step.run ?? actionStatement(step);
  if (skipped !== undefined) leave(plan, name, skipped);
  else {
    if (script !== undefined) planScript({ step, name, script, source }, plan);
    if (step.uses !== undefined && /^actions\/checkout@/i.test(step.uses)) planCheckout(step, source, plan);
    else if (step.uses !== undefined) planAction(step, { name, isScript: script !== undefined, source }, plan);
  }
}

function whySkipped(step: Step, { facts }: SourceJob): string | undefined {
  if (isCertainlyFalse(step.if, facts)) return 'its `if` is false here';
  const isForFailures = typeof step.if === 'string' && /\b(failure|cancelled)\s*\(/.test(step.if);
  return isForFailures ? 'it runs only when another step has failed' : undefined;
}

function planAction(
  step: Step,
  { name, isScript, source }: { name: string; isScript: boolean; source: SourceJob },
  plan: DraftPlan,
): void {
  const used = setUpAction(step, source.known);
  if ('why' in used) {
    if (!isScript) leave(plan, name, used.why);
    if (used.ask !== undefined) ask(plan, used.ask);
  } else {
    plan.steps.push(used.step);
    for (const key of used.dropped) leave(plan, `${name}: ${key}`, 'its value is not known before the run');
    if (used.credentials.length > 0)
      leave(plan, `${name}: ${used.credentials.join(', ')}`, 'it is for credentials, and there are none');
    const installsGems = /^ruby\/setup-ruby@/i.test(step.uses ?? '') && String(step.with['bundler-cache']) === 'true';
    if (installsGems) planBundle(step, source, plan);
  }
}

function nameOf(step: Step): string {
  const own = Mapping.catch({}).parse(step.whole).name;
  const [line = ''] = (step.run ?? '').trim().split('\n', 1);
  return shortLabel(typeof own === 'string' && own !== '' ? own : (step.uses ?? line)) || 'a step';
}

function planCheckout(step: Step, { known }: SourceJob, plan: DraftPlan): void {
  const { repository, path } = step.with;
  if (repository !== undefined || path !== undefined) {
    leave(
      plan,
      `${nameOf(step)} of ${shortLabel(String(repository ?? path))}`,
      'the Action works on one checkout, at the top',
    );
    ask(plan, 'The job checks out another repository, or into a folder. Check whether the tests need it.');
    return;
  }
  for (const key of ['submodules', 'fetch-depth', 'lfs']) {
    const value = step.with[key];
    const told = carried(String(value ?? ''), known);
    if (typeof value === 'number' || typeof value === 'boolean') plan.checkout[key] = value;
    else if ('text' in told && /^\w+$/.test(told.text)) plan.checkout[key] = told.text;
  }
}

/** `bundler-cache: true` installs the gems, too. */
function planBundle(step: Step, { known, defaults }: SourceJob, plan: DraftPlan): void {
  const told = carried(String(step.with['working-directory'] ?? defaults.directory ?? ''), known);
  const directory = 'text' in told && told.text !== '' ? { 'working-directory': told.text } : {};
  plan.steps.push({ run: 'bundle config set --local path vendor/bundle\nbundle install', ...directory });
  plan.installs.add('bundler');
}
