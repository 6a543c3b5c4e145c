// An action written in JavaScript: its scripts are run with this process's own Node.
import { join } from 'node:path';
import { type Execution, StepFailure } from '../execution.ts';
import { runStepProgram } from '../step-process.ts';
import type { Action, ActionInput, ActionInputs, Stage } from './action.ts';

interface Scripts {
  main: string;
  pre?: string | undefined;
  post?: string | undefined;
  'pre-if'?: string | undefined;
  'post-if'?: string | undefined;
}

function variables(execution: Execution, inputs: ActionInputs): Record<string, string> {
  const given = Object.entries(inputs.values).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const state = Object.entries(execution.state).map(([name, value]) => [`STATE_${name}`, value]);
  return { ...Object.fromEntries(given), ...Object.fromEntries(state) };
}

function stage(folder: string, script: string): Stage {
  return async (execution, inputs) => {
    const exitCode = await runStepProgram(execution, {
      file: process.execPath,
      args: [join(folder, script)],
      cwd: execution.job.directories.workspace,
      env: variables(execution, inputs),
    });
    // Unlike a `run:` step's, an action's exit code is not printed: the action itself says what went wrong.
    if (exitCode !== 0) throw new StepFailure();
  };
}

export function javascriptAction(folder: string, inputs: Record<string, ActionInput>, scripts: Scripts): Action {
  return {
    inputs,
    main: stage(folder, scripts.main),
    ...(scripts.pre && { pre: stage(folder, scripts.pre), preIf: scripts['pre-if'] ?? 'always()' }),
    ...(scripts.post && { post: stage(folder, scripts.post), postIf: scripts['post-if'] ?? 'always()' }),
  };
}
