// A log → what failed in it, the tests' own words first, and never nothing where an exit code says that something did.
import type { Failure } from '../incident/failure.ts';
import { failure, parserKinds } from './failure-parser.ts';
import type { JobLog, LogLine } from './job-log.ts';
import { tools } from './tools.ts';

/** The first group that finds something counts: a failed test explains the traces and messages around it. */
const groups = parserKinds.map((kind) => tools.filter((tool) => tool.kind === kind));

const mostFailures = 100;

/** In the failed step first; in the whole log where that step says nothing (it may only repeat another one's exit code). */
export function findFailures(log: JobLog): Failure[] {
  const output = log.lines.filter((line) => line.kind !== 'header');
  const { failedStep } = log;
  const ofStep = failedStep ? output.filter(({ number }) => number >= failedStep.from && number <= failedStep.to) : [];
  for (const lines of [ofStep, output]) {
    for (const parsers of lines.length > 0 ? groups : []) {
      const found = distinct(parsers.flatMap((parser) => parser.find(lines)));
      if (found.length > 0) return found.slice(0, mostFailures);
    }
  }
  return log.exitCode === undefined && log.errors.length === 0
    ? []
    : [exitFailure(log, ofStep.length > 0 ? ofStep : output)];
}

function distinct(failures: readonly Failure[]): Failure[] {
  const seen = new Map<string, Failure>();
  for (const one of [...failures].sort((a, b) => a.at.from - b.at.from)) {
    const key = JSON.stringify([one.tool, one.test, one.type, one.message, one.file, one.line]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

/** Wrappers repeat that something failed; what failed stands above them. */
const wrapper =
  /^(?:npm (?:ERR!|error|notice|warn)|error Command failed|info Visit|yarn run|make(?:\[\d+\])?: \*\*\*|ELIFECYCLE|Process completed|Error: Process completed|\s*$)/i;
const telling =
  /\b(?:error|fail(?:ed|ure)?|fatal|cannot|could not|not found|denied|no such|unable|refused|timed? ?out|killed|panic|exception|E[A-Z]{4,})\b/i;

/** No tool's form was recognised: the line that says most about the end, and the exit code. */
function exitFailure(log: JobLog, lines: readonly LogLine[]): Failure {
  const error = log.errors.find(({ text }) => !/^Process completed with/.test(text));
  const last = log.errors.at(-1)?.line ?? lines.at(-1)?.number ?? 1;
  const before = lines
    .filter((line) => line.number < last && line.kind === 'output' && !wrapper.test(line.text))
    .slice(-40);
  const cause = before.findLast((line) => telling.test(line.text)) ?? before.at(-1);
  const shown = lines.filter((line) => line.number === (error?.line ?? cause?.number ?? last));
  const end = log.exitCode === undefined ? 'failed' : `exit code ${log.exitCode}`;
  const said = error?.text.trim() || cause?.text.trim();
  return failure({ tool: 'shell', message: said ? `${said} (${end})` : end }, shown);
}
