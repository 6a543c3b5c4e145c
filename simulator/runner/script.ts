// Runs a `run:` step: the script in a file, under the shell that GitHub would take.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Execution, StepFailure } from './execution.ts';
import { findProgram } from './programs.ts';
import { runStepProgram } from './step-process.ts';

interface Shell {
  command: string;
  extension: string;
}

/** https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell */
const shells: Record<string, Shell> = {
  bash: { command: 'bash --noprofile --norc -e -o pipefail {0}', extension: '.sh' },
  sh: { command: 'sh -e {0}', extension: '.sh' },
  python: { command: 'python {0}', extension: '.py' },
  pwsh: { command: 'pwsh -command ". \'{0}\'"', extension: '.ps1' },
};
const unspecified: Shell = { command: 'bash -e {0}', extension: '.sh' };

function shellOf(name: string | undefined): Shell {
  if (name === undefined || name === '') return unspecified;
  const builtIn = Object.hasOwn(shells, name) ? shells[name] : undefined;
  if (builtIn) return builtIn;
  if (name.includes('{0}')) return { command: name, extension: '' };
  throw new StepFailure(
    `Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'`,
  );
}

/** Splits a shell's command line at blanks outside double quotes. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

export interface Script {
  text: string;
  shell: string | undefined;
  workingDirectory: string | undefined;
}

export async function runScript(execution: Execution, script: Script): Promise<void> {
  const { job } = execution;
  const shell = shellOf(script.shell);
  const [name = '', ...args] = words(shell.command);
  const path = [...job.paths, job.hostEnvironment.PATH ?? ''].join(':');
  const file = findProgram(name, path);
  writeHeader(execution, script.text, [file ?? name, ...args].join(' '));
  if (!file) throw new StepFailure(`${name}: command not found`);
  const cwd = resolve(job.directories.workspace, script.workingDirectory ?? '.');
  if (!existsSync(cwd) || !statSync(cwd).isDirectory()) {
    throw new StepFailure(
      `An error occurred trying to start process '${file}' with working directory '${cwd}'. No such file or directory`,
    );
  }
  mkdirSync(job.directories.temp, { recursive: true });
  const scriptFile = join(job.directories.temp, `${randomUUID()}${shell.extension}`);
  writeFileSync(scriptFile, `${script.text.replaceAll('\r\n', '\n')}\n`, { mode: 0o755 });
  const exitCode = await runStepProgram(execution, {
    file,
    args: args.map((arg) => arg.replaceAll('{0}', scriptFile)),
    cwd,
  });
  if (exitCode !== 0 && !execution.signal.aborted) {
    throw new StepFailure(`Process completed with exit code ${exitCode}.`);
  }
}

function writeHeader(execution: Execution, script: string, shell: string): void {
  const { log } = execution.job;
  const firstLine = script.trimStart().split(/\r?\n/, 1)[0] ?? '';
  log.write(`##[group]Run ${firstLine}`);
  for (const line of script.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n')) {
    log.write(`\u001B[36;1m${line}\u001B[0m`);
  }
  log.write(`shell: ${shell}`);
  writeEnvironment(execution);
  log.write('##[endgroup]');
}

/** The `env:` block of a step's header. */
export function writeEnvironment({ job, frame, env }: Execution): void {
  const declared = Object.entries({ ...job.env, ...frame.env, ...env });
  if (declared.length === 0) return;
  job.log.write('env:');
  for (const [name, value] of declared) job.log.write(`  ${name}: ${value}`);
}
