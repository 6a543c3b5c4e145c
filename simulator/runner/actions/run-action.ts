// Runs a `uses:` step: gives the action its inputs, prints the step's header, and plans what the action does after the job.
import type { Execution } from '../execution.ts';
import { executionScope, report } from '../execution.ts';
import { evaluateTemplate, interpolate, toPlain } from '../expressions.ts';
import { writeEnvironment } from '../script.ts';
import type { StepPlan } from '../step.ts';
import { type Action, ActionInputs } from './action.ts';
import { loadAction } from './load-action.ts';

export interface ActionUse {
  /** `actions/checkout@v4`, `./.github/actions/build`. */
  reference: string;
  with: string | Record<string, string> | undefined;
  stepName: string;
  state: Record<string, string>;
}

function givenInputs(execution: Execution, given: ActionUse['with']): Record<string, string> {
  const scope = executionScope(execution);
  const plain = typeof given === 'string' ? toPlain(evaluateTemplate(given, scope)) : (given ?? {});
  if (typeof plain !== 'object' || plain === null) throw new Error('with must be a mapping');
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [name.toLowerCase(), interpolate(String(value ?? ''), scope)]),
  );
}

function evaluateInputs(execution: Execution, use: ActionUse, action: Action): ActionInputs {
  const given = givenInputs(execution, use.with);
  const scope = executionScope(execution);
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(action.inputs)) {
    const key = name.toLowerCase();
    const value = given[key] ?? (input.default === undefined ? undefined : interpolate(input.default, scope));
    if (value !== undefined) values[key] = value;
    if (key in given && input.deprecationMessage) {
      report(execution, 'warning', `Input '${name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
  }
  const known = Object.keys(action.inputs).map((name) => name.toLowerCase());
  const unexpected = Object.keys(given).filter((name) => !known.includes(name));
  if (unexpected.length > 0) {
    const quoted = (names: string[]): string => names.map((name) => `'${name}'`).join(', ');
    report(execution, 'warning', `Unexpected input(s) ${quoted(unexpected)}, valid inputs are [${quoted(known)}]`);
  }
  // An unexpected input still reaches the action's environment.
  return new ActionInputs({ ...values, ...Object.fromEntries(unexpected.map((name) => [name, given[name] ?? ''])) });
}

function writeHeader(execution: Execution, use: ActionUse, inputs: ActionInputs): void {
  const { log } = execution.job;
  log.write(`##[group]Run ${use.reference}`);
  const shown = Object.entries(inputs.values).filter(([, value]) => value !== '');
  if (shown.length > 0) {
    log.write('with:');
    for (const [name, value] of shown) log.write(`  ${name}: ${value}`);
  }
  writeEnvironment(execution);
  log.write('##[endgroup]');
}

/** The step after the job, with the inputs and the environment that the main step had. */
function planPost(execution: Execution, use: ActionUse, action: Action, inputs: ActionInputs): StepPlan | undefined {
  const { post } = action;
  if (!post) return undefined;
  return {
    key: `post_${execution.id}`,
    actionId: execution.id,
    name: `Post ${use.stepName}`,
    condition: action.postIf ?? 'always()',
    env: undefined,
    timeoutMinutes: undefined,
    continueOnError: undefined,
    state: use.state,
    async body(after) {
      after.env = { ...execution.frame.env, ...execution.env };
      after.frame = { ...after.frame, actionReference: use.reference };
      after.job.log.write('Post job cleanup.');
      await post(after, inputs);
    },
  };
}

/** The step before the job's own, for actions that have one. */
export function planPre(use: ActionUse, action: Action, main: StepPlan): StepPlan | undefined {
  const { pre } = action;
  if (!pre) return undefined;
  return {
    ...main,
    key: `pre_${main.actionId}`,
    name: `Pre ${use.stepName}`,
    condition: action.preIf ?? 'always()',
    async body(execution) {
      const inputs = evaluateInputs(execution, use, action);
      writeHeader(execution, use, inputs);
      await pre(execution, inputs);
    },
  };
}

export async function runAction(execution: Execution, use: ActionUse, prepared: Action | undefined): Promise<void> {
  const action = prepared ?? loadAction(execution.job, use.reference);
  const inputs = evaluateInputs(execution, use, action);
  writeHeader(execution, use, inputs);
  const post = planPost(execution, use, action, inputs);
  if (post) execution.job.posts.push(post);
  const { frame } = execution;
  execution.frame = { ...frame, actionReference: use.reference };
  try {
    await action.main(execution, inputs);
  } finally {
    execution.frame = frame;
  }
}
