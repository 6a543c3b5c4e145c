// Turns the steps of a job or of a composite action into plans that can be run.
import type { Action } from './actions/action.ts';
import { runAction } from './actions/run-action.ts';
import { executionScope } from './execution.ts';
import { interpolate } from './expressions.ts';
import type { JobState } from './job-state.ts';
import { runScript } from './script.ts';
import type { StepPlan } from './step.ts';
import type { StepDefinition } from './workflow-schema.ts';

/** `name:`, or `Run ` and what it runs. */
export function stepName(step: StepDefinition): string {
  if (step.name !== undefined && step.name !== '') return step.name;
  const firstLine = step.run?.trimStart().split(/\r?\n/, 1)[0];
  return `Run ${firstLine ?? step.uses ?? ''}`;
}

function actionIdOf(job: JobState, step: StepDefinition): string {
  if (step.id) return step.id;
  const base = step.uses ? `__${step.uses.replace(/@.*$/, '').replace(/[^A-Za-z0-9-]/g, '_')}` : '__run';
  const count = (job.actionIds.get(base) ?? 0) + 1;
  job.actionIds.set(base, count);
  return count === 1 ? base : `${base}_${count}`;
}

export interface StepDefaults {
  shell: string | undefined;
  workingDirectory: string | undefined;
}

/** Where `loadNow` gives nothing (a path in the workspace), the action is found when its step runs. */
export function planStep(
  job: JobState,
  step: StepDefinition,
  defaults: StepDefaults,
  prepared: Action | undefined,
): StepPlan {
  const actionId = actionIdOf(job, step);
  const state: Record<string, string> = {};
  const name = stepName(step);
  return {
    key: step.id ?? actionId,
    actionId,
    name,
    condition: step.if,
    env: step.env,
    timeoutMinutes: step['timeout-minutes'],
    continueOnError: step['continue-on-error'],
    state,
    async body(execution) {
      if (step.uses !== undefined) {
        await runAction(execution, { reference: step.uses, with: step.with, stepName: name, state }, prepared);
        return;
      }
      const scope = executionScope(execution);
      const shell = step.shell ?? defaults.shell;
      const workingDirectory = step['working-directory'] ?? defaults.workingDirectory;
      await runScript(execution, {
        text: interpolate(step.run ?? '', scope),
        shell: shell && interpolate(shell, scope),
        workingDirectory: workingDirectory && interpolate(workingDirectory, scope),
      });
    },
  };
}
