// Runs a program for a built-in action, printed the way actions/toolkit prints it: `[command]/usr/bin/git version`.
import { type Execution, processEnvironment, StepFailure } from '../execution.ts';
import { runProcess } from '../process.ts';
import { findProgram } from '../programs.ts';

export interface ToolCall {
  program: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** How a line of output is shown. */
  display?: (line: string) => string;
  /** Neither the command nor its output goes to the log. */
  silent?: boolean;
}

export interface ToolResult {
  exitCode: number;
  lines: string[];
}

export async function tryTool(execution: Execution, call: ToolCall): Promise<ToolResult> {
  const { log } = execution.job;
  const env = processEnvironment(execution, call.env);
  const file = findProgram(call.program, env.PATH ?? '');
  if (!file) throw new StepFailure(`Unable to locate executable file: ${call.program}`);
  if (!call.silent) log.write(`[command]${[file, ...call.args].join(' ')}`);
  const lines: string[] = [];
  const exitCode = await runProcess({
    file,
    args: call.args,
    cwd: call.cwd,
    env,
    signal: execution.signal,
    onLine: (line) => {
      lines.push(line);
      if (!call.silent) log.write(call.display?.(line) ?? line);
    },
  });
  return { exitCode, lines };
}

export async function runTool(execution: Execution, call: ToolCall): Promise<string[]> {
  const { exitCode, lines } = await tryTool(execution, call);
  if (exitCode === 0) return lines;
  const env = processEnvironment(execution, call.env);
  throw new StepFailure(`The process '${findProgram(call.program, env.PATH ?? '')}' failed with exit code ${exitCode}`);
}

export function group(execution: Execution, title: string, lines: string[]): void {
  const { log } = execution.job;
  log.write(`##[group]${title}`);
  for (const line of lines) log.write(line);
  log.write('##[endgroup]');
}
