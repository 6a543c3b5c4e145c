// Runs a step's program with its environment files, and takes over what the program wrote into them.

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseKeyValues, parsePaths } from './environment-files.ts';
import { errorMessage } from './error-message.ts';
import { type Execution, processEnvironment, report, StepFailure } from './execution.ts';
import { lineSink } from './line-sink.ts';
import { runProcess } from './process.ts';

const LARGEST_SUMMARY_BYTES = 1024 * 1024;

export interface StepProgram {
  file: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
}

type Kind = 'output' | 'env' | 'path' | 'state' | 'summary';

const kinds: { kind: Kind; variable: string; prefix: string }[] = [
  { kind: 'output', variable: 'GITHUB_OUTPUT', prefix: 'set_output' },
  { kind: 'env', variable: 'GITHUB_ENV', prefix: 'set_env' },
  { kind: 'path', variable: 'GITHUB_PATH', prefix: 'add_path' },
  { kind: 'state', variable: 'GITHUB_STATE', prefix: 'save_state' },
  { kind: 'summary', variable: 'GITHUB_STEP_SUMMARY', prefix: 'step_summary' },
];

function createFiles(temp: string): { kind: Kind; variable: string; file: string }[] {
  const folder = join(temp, '_runner_file_commands');
  mkdirSync(folder, { recursive: true });
  return kinds.map(({ kind, variable, prefix }) => {
    const file = join(folder, `${prefix}_${randomUUID()}`);
    writeFileSync(file, '');
    return { kind, variable, file };
  });
}

const takers: Record<Kind, (execution: Execution, text: string) => void> = {
  output: ({ outputs }, text) => Object.assign(outputs, Object.fromEntries(parseKeyValues(text))),
  state: ({ state }, text) => Object.assign(state, Object.fromEntries(parseKeyValues(text))),
  path: ({ job }, text) => {
    for (const path of parsePaths(text)) job.paths.unshift(path);
  },
  env: (execution, text) => {
    for (const [name, value] of parseKeyValues(text)) {
      if (name.toUpperCase() === 'NODE_OPTIONS') {
        throw new Error(`Can't store ${name} output parameter using '$GITHUB_ENV' command.`);
      }
      execution.job.env[name] = value;
    }
  },
  summary: ({ job }, text) => {
    if (text !== '') job.record.summary = `${job.record.summary ?? ''}${job.masker.mask(text)}\n`;
  },
};

function takeFile(execution: Execution, kind: Kind, file: string): void {
  const tooLong = kind === 'summary' && statSync(file).size > LARGEST_SUMMARY_BYTES;
  if (tooLong) {
    report(execution, 'failure', '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k.');
    return;
  }
  takers[kind](execution, readFileSync(file, 'utf8'));
}

/** Resolves with the program's exit code; throws StepFailure where what it wrote for the runner is not understood. */
export async function runStepProgram(execution: Execution, program: StepProgram): Promise<number> {
  const files = createFiles(execution.job.directories.temp);
  const variables = Object.fromEntries(files.map(({ variable, file }) => [variable, file]));
  const exitCode = await runProcess({
    file: program.file,
    args: program.args,
    cwd: program.cwd,
    env: processEnvironment(execution, { ...program.env, ...variables }),
    signal: execution.signal,
    onLine: lineSink(execution),
  });
  for (const { kind, file } of files) {
    try {
      takeFile(execution, kind, file);
    } catch (error) {
      report(execution, 'failure', `Unable to process file command '${kind}' successfully.`);
      throw new StepFailure(errorMessage(error));
    } finally {
      rmSync(file, { force: true });
    }
  }
  return exitCode;
}
