// Takes a step's output line by line: obeys workflow commands, marks problems, logs the rest.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseCommand, type WorkflowCommand } from './commands.ts';
import { errorMessage } from './error-message.ts';
import { annotate, type Execution, report } from './execution.ts';
import { debugIsOn } from './job-state.ts';
import { readMatchers } from './problem-matcher.ts';

type Handler = (execution: Execution, command: WorkflowCommand) => void;

const numberOf = (text: string | undefined): number | undefined =>
  text && /^\d+$/.test(text) ? Number(text) : undefined;

function issue(level: 'failure' | 'warning' | 'notice'): Handler {
  return (execution, { data, properties }) => {
    const line = numberOf(properties.line);
    const endLine = numberOf(properties.endline);
    report(execution, level, data, {
      ...(properties.file && { file: properties.file }),
      ...(properties.title && { title: properties.title }),
      ...(line !== undefined && { line }),
      ...(endLine !== undefined && { endLine }),
    });
  };
}

/** Disabled since 2020: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/ */
const disabled: Handler = (execution, { name }) => {
  if (execution.env.ACTIONS_ALLOW_UNSECURE_COMMANDS === 'true') return;
  throw new Error(
    `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/`,
  );
};

/** Deprecated but obeyed: its removal was put off in https://github.blog/changelog/2023-07-24-github-actions-update-on-save-state-and-set-output-commands/ */
function deprecated(store: (execution: Execution, name: string, value: string) => void): Handler {
  return (execution, { name, properties, data }) => {
    if (!properties.name) throw new Error(`Required field 'name' is missing in ##[${name}] command.`);
    const advice =
      'Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/';
    report(execution, 'warning', `The \`${name}\` command is deprecated and will be disabled soon. ${advice}`);
    store(execution, properties.name, data);
  };
}

const handlers: Record<string, Handler> = {
  error: issue('failure'),
  warning: issue('warning'),
  notice: issue('notice'),
  debug: ({ job }, { data }) => {
    if (debugIsOn(job)) job.log.write(`##[debug]${data}`);
  },
  group: ({ job }, { data }) => job.log.write(`##[group]${data}`),
  endgroup: ({ job }) => job.log.write('##[endgroup]'),
  'add-mask': ({ job }, { data }) => {
    if (data.trim() === '') throw new Error("Can't add secret mask for empty string in ##[add-mask] command.");
    job.masker.add(data);
  },
  'add-matcher': ({ job }, { data }) => {
    const file = resolve(job.directories.workspace, data);
    for (const matcher of readMatchers(readFileSync(file, 'utf8'))) job.matchers.set(matcher.owner, matcher);
  },
  'remove-matcher': ({ job }, { properties }) => {
    job.matchers.delete(properties.owner ?? '');
  },
  'set-output': deprecated((execution, name, value) => {
    execution.outputs[name] = value;
  }),
  'save-state': deprecated((execution, name, value) => {
    execution.state[name] = value;
  }),
  'set-env': (execution, command) => {
    disabled(execution, command);
    if (command.properties.name) execution.job.env[command.properties.name] = command.data;
  },
  'add-path': (execution, command) => {
    disabled(execution, command);
    execution.job.paths.unshift(command.data);
  },
};

function markProblem(execution: Execution, line: string): boolean {
  const { job } = execution;
  // The runner looks for problems in the text as people see it.
  const plain = line.replace(/\u001B\[[0-9;]*m?/g, '');
  for (const matcher of job.matchers.values()) {
    const problem = matcher.match(plain);
    if (!problem) continue;
    const level = problem.level === 'error' ? 'failure' : problem.level;
    job.log.write(`##[${problem.level}]${line}`);
    annotate(execution, level, problem.message, {
      ...(problem.file && { file: problem.file }),
      ...(problem.line !== undefined && { line: problem.line }),
    });
    return true;
  }
  return false;
}

function assertSafeToken(token: string): void {
  const predictable = token === '' || token === 'pause-logging' || Object.hasOwn(handlers, token.toLowerCase());
  if (!predictable) return;
  throw new Error(
    `Invoked ::stopCommand:: with token: [${token}]. Because this token is predictable, it may be used by untrusted output to resume commands. Use a random token.`,
  );
}

const isKnown = (name: string): boolean => Object.hasOwn(handlers, name) || name === 'stop-commands' || name === 'echo';

/** The receiver of one process's output. */
export function lineSink(execution: Execution): (line: string) => void {
  const { job } = execution;
  let resumeToken: string | undefined;
  let echo = debugIsOn(job);

  const obey = (command: WorkflowCommand, line: string): void => {
    if (command.name === 'stop-commands') {
      assertSafeToken(command.data);
      resumeToken = command.data.toLowerCase();
      if (command.data.length > 6) job.masker.add(command.data);
      job.log.write(line);
    } else if (command.name === 'echo') {
      echo = command.data.trim().toLowerCase() === 'on';
    } else {
      if (echo && ['add-mask', 'set-output', 'save-state', 'add-matcher'].includes(command.name)) job.log.write(line);
      handlers[command.name]?.(execution, command);
    }
  };

  return (line) => {
    if (resumeToken !== undefined) {
      job.log.write(line);
      if (parseCommand(line, (name) => name === resumeToken)) resumeToken = undefined;
      return;
    }
    const command = parseCommand(line, isKnown);
    if (!command) {
      if (!markProblem(execution, line)) job.log.write(line);
      return;
    }
    try {
      obey(command, line);
    } catch (error) {
      report(execution, 'failure', `Unable to process command '${line.trim()}' successfully.`);
      report(execution, 'failure', errorMessage(error));
      execution.commandFailed = true;
    }
  };
}
