// Runs one step: asks its condition, sets its environment, bounds its time, and files what came of it.
import { errorMessage } from './error-message.ts';
import { type Execution, report, StepFailure } from './execution.ts';
import { type ExpressionScope, evaluateCondition, evaluateTemplate, interpolate, toPlain } from './expressions.ts';
import { type Frame, type Outcome, type StepResult, scopeOf, stopSignal } from './job-state.ts';
import type { Variables } from './workflow-schema.ts';

export interface StepPlan {
  /** Its key in the `steps` context. */
  key: string;
  /** GITHUB_ACTION. */
  actionId: string;
  name: string;
  condition: string | undefined;
  env: Variables;
  timeoutMinutes: number | string | undefined;
  continueOnError: boolean | string | undefined;
  /** Shared by the pre, main and post steps of one use of an action. */
  state: Record<string, string>;
  body(execution: Execution): Promise<void>;
}

/** `env:` evaluated; it may be one expression that gives the whole map. */
export function evaluateVariables(variables: Variables, scope: ExpressionScope): Record<string, string> {
  if (variables === undefined) return {};
  const plain = typeof variables === 'string' ? toPlain(evaluateTemplate(variables, scope)) : variables;
  if (typeof plain !== 'object' || plain === null) throw new Error('env must be a mapping');
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [name, interpolate(String(value ?? ''), scope)]),
  );
}

export function evaluateNumber(value: number | string | undefined, fallback: number, scope: ExpressionScope): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'number' ? value : evaluateTemplate(value, scope).number();
  if (!Number.isFinite(number)) throw new Error(`'${value}' is not a number`);
  return number;
}

export function evaluateBoolean(value: boolean | string | undefined, scope: ExpressionScope): boolean {
  if (typeof value !== 'string') return value ?? false;
  return evaluateTemplate(value, scope).coerceString() === 'true';
}

function newExecution(frame: Frame, plan: StepPlan): Execution {
  return {
    job: frame.job,
    frame,
    id: plan.actionId,
    env: {},
    outputs: {},
    state: plan.state,
    signal: stopSignal(frame.job),
    commandFailed: false,
    annotationCounts: {},
  };
}

/** Runs the body within its time; a body that ends on its own after the abort is not waited for beyond its own clean-up. */
async function runBounded(execution: Execution, plan: StepPlan): Promise<Outcome> {
  const { signal } = execution.frame;
  const stop = AbortSignal.any([stopSignal(execution.job), ...(signal ? [signal] : [])]);
  const minutes = evaluateNumber(
    plan.timeoutMinutes,
    Number.POSITIVE_INFINITY,
    scopeOf(execution.frame, execution.env),
  );
  const timeout = new AbortController();
  const timer = Number.isFinite(minutes) ? setTimeout(() => timeout.abort(), minutes * 60_000) : undefined;
  execution.signal = AbortSignal.any([stop, timeout.signal]);
  try {
    await plan.body(execution);
    if (execution.commandFailed) throw new StepFailure();
  } catch (error) {
    if (!execution.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  if (timeout.signal.aborted) {
    throw new StepFailure(`The action '${plan.name}' has timed out after ${minutes} minutes.`);
  }
  if (!stop.aborted) return 'success';
  report(execution, 'failure', 'The operation was canceled.');
  return 'cancelled';
}

async function attempt(execution: Execution, plan: StepPlan): Promise<Outcome> {
  try {
    return await runBounded(execution, plan);
  } catch (error) {
    const message = errorMessage(error);
    if (message !== '') report(execution, 'failure', message);
    return 'failure';
  }
}

/** Runs the step in its frame; `begin` is called once it is sure to run, with its evaluated name. */
export async function runStep(frame: Frame, plan: StepPlan, begin: (name: string) => void): Promise<StepResult> {
  const execution = newExecution(frame, plan);
  let outcome: Outcome;
  let tolerated = false;
  try {
    execution.env = evaluateVariables(plan.env, scopeOf(frame));
    const scope = scopeOf(frame, execution.env);
    if (!evaluateCondition(plan.condition, scope)) {
      return file(frame, plan, { outputs: {}, outcome: 'skipped', conclusion: 'skipped' });
    }
    const name = interpolate(plan.name, scope);
    begin(name);
    tolerated = evaluateBoolean(plan.continueOnError, scope);
    outcome = await attempt(execution, { ...plan, name });
  } catch (error) {
    // What the expressions of the step itself do not allow fails the step, as on GitHub.
    begin(plan.name);
    const message = errorMessage(error);
    report(execution, 'failure', `The template is not valid. ${frame.job.workflow.path}: ${message}`);
    outcome = 'failure';
  }
  const conclusion = outcome === 'failure' && tolerated ? 'success' : outcome;
  if (conclusion === 'failure') markFailed(frame);
  return file(frame, plan, { outputs: execution.outputs, outcome, conclusion });
}

function file(frame: Frame, plan: StepPlan, result: StepResult): StepResult {
  frame.steps[plan.key] = result;
  return result;
}

function markFailed(frame: Frame): void {
  frame.failed = true;
  if (frame.depth === 0) frame.job.failed = true;
}
