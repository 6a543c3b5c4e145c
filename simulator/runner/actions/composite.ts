// An action made of steps: they run within the step that uses it, and see its inputs only.
import { type Execution, StepFailure } from '../execution.ts';
import { interpolate } from '../expressions.ts';
import { type Frame, scopeOf } from '../job-state.ts';
import { runStep } from '../step.ts';
import { planStep } from '../step-plan.ts';
import type { StepDefinition } from '../workflow-schema.ts';
import type { Action, ActionInput } from './action.ts';

const DEEPEST_NESTING = 10;

type Outputs = Record<string, { value?: string | undefined } | null>;

function innerFrame(execution: Execution, folder: string, inputs: Record<string, string>): Frame {
  const { frame } = execution;
  return {
    ...frame,
    depth: frame.depth + 1,
    inputs,
    steps: {},
    env: { ...frame.env, ...execution.env },
    failed: false,
    signal: execution.signal,
    actionPath: folder,
  };
}

export function compositeAction(
  folder: string,
  inputs: Record<string, ActionInput>,
  steps: StepDefinition[],
  outputs: Outputs,
): Action {
  return {
    inputs,
    uses: steps.flatMap((step) => step.uses ?? []),
    async main(execution, given) {
      const { job, frame } = execution;
      if (frame.depth >= DEEPEST_NESTING) {
        throw new StepFailure(`Composite actions are nested more than ${DEEPEST_NESTING} deep`);
      }
      const inner = innerFrame(execution, folder, given.values);
      for (const step of steps) {
        if (execution.signal.aborted) return;
        if (step.run !== undefined && step.shell === undefined)
          throw new StepFailure('Required property is missing: shell');
        await runStep(
          inner,
          planStep(job, step, { shell: undefined, workingDirectory: undefined }, undefined),
          () => {},
        );
      }
      const scope = scopeOf(inner, {});
      for (const [name, output] of Object.entries(outputs)) {
        execution.outputs[name] = interpolate(output?.value ?? '', scope);
      }
      if (inner.failed) throw new StepFailure();
    },
  };
}
