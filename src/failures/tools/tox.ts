// tox's last words, of version 3 and 4 → one failure an environment that failed, with the command that ended it.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'tox';
/** Version 3: `docs run-test: commands[0] | …`, then `ERROR: InvocationError for command …`, then the summary. */
const turnLine =
  /^(?<env>[\w.{}-]{1,100}) (?:create|recreate|inst|inst-nodeps|develop-inst|installdeps|installed|run-test|run-test-pre|run-test-post): /;
const detailLine = /^ERROR: (?<message>(?<type>InvocationError|InterpreterNotFound)\b.*|could not install deps .*)$/;
const summaryRule = /^_{3,} summary _{3,}$/;
const summaryLine = /^ERROR: +(?<env>[\w.{}-]{1,100}): (?<message>\S.*)$/;
const unableLine =
  /^ERROR: (?<message>(?:unknown environment|tox config file|toxini file|FAIL could not package project|missing tox section)\b.*)$/;
/** Version 4: `docs: exit 3 (0.02 seconds) /shop> python docs.py pid=12`, then `  docs: FAIL code 3 (0.1=setup[0.0]+cmd[0.1] seconds)`. */
const exitLine =
  /^ {0,2}(?<env>[\w.-]{1,100}): exit (?<code>-?\d{1,10}) \([\d.]+ seconds\) [^>]{0,400}> (?<command>.+?)(?: pid=\d+)?$/;
const failLine = /^ {2}(?<env>[\w.-]{1,100}): FAIL (?:code (?<code>-?\d{1,10})|✖ in) .*$/;
const brokenLine = /^ {0,2}(?:(?<env>[\w.-]{1,100}): failed with|ROOT: HandledError\|) (?<message>.+)$/;

export const tox: FailureParser = {
  tool,
  kind: 'build',
  signs: [
    'ERROR:  ',
    'ERROR: unknown environment',
    'ERROR: tox',
    'ERROR: FAIL could not package',
    'ERROR: missing tox',
    ': FAIL code ',
    ': FAIL ✖ in',
    ': failed with ',
    'ROOT: HandledError|',
  ],
  find: (lines) => [...version3(lines), ...version4(lines)],
};

function version3(lines: readonly LogLine[]): Failure[] {
  const details = new Map<string, { line: LogLine; message: string; type?: string }>();
  const found: Failure[] = [];
  let env = '';
  let isSummary = false;
  for (const line of lines) {
    env = turnLine.exec(line.text)?.groups?.env ?? env;
    isSummary ||= summaryRule.test(line.text);
    const { message, type } = detailLine.exec(line.text)?.groups ?? {};
    if (message) details.set(env, { line, message, ...(type ? { type } : {}) });
    const unable = unableLine.exec(line.text)?.groups?.message;
    if (unable) found.push(failure({ tool, message: unable }, [line]));
    const failed = isSummary ? summaryLine.exec(line.text)?.groups : undefined;
    if (!failed?.env || !failed.message) continue;
    const detail = details.get(failed.env);
    const isNew = detail && !failed.message.includes(detail.message);
    const text = `${failed.env}: ${failed.message}${isNew ? `\n${detail.message}` : ''}`;
    found.push(
      failure({ tool, ...(detail?.type ? { type: detail.type } : {}), message: text }, [detail?.line ?? line]),
    );
  }
  return found;
}

function version4(lines: readonly LogLine[]): Failure[] {
  const ended = new Map<string, { line: LogLine; message: string }>();
  const found: Failure[] = [];
  for (const line of lines) {
    const { env, code, command } = exitLine.exec(line.text)?.groups ?? {};
    if (env && Number(code) !== 0) ended.set(env, { line, message: `${env}: exit ${code}: ${command}` });
    const broken = brokenLine.exec(line.text)?.groups;
    if (broken?.env) ended.set(broken.env, { line, message: `${broken.env}: ${broken.message}` });
    else if (broken?.message) found.push(failure({ tool, message: broken.message }, [line]));
    const failed = failLine.exec(line.text)?.groups;
    if (!failed?.env) continue;
    const { line: shown = line, message = line.text.trim() } = ended.get(failed.env) ?? {};
    found.push(failure({ tool, message }, [shown]));
  }
  return found;
}
