// A log → what failed in it, the tests' own words first, and never nothing where an exit code says that something did.
import type { Failure } from '../incident/failure.ts';
import { allPassedAt } from './all-passed.ts';
import { type FailureParser, type ParserKind, parserKinds } from './failure-parser.ts';
import type { GreenLog } from './green-log.ts';
import type { JobLog, LogLine } from './job-log.ts';
import { lastWords } from './last-words.ts';
import { prefixedGroups } from './line-prefixes.ts';
import { tools } from './tools.ts';

const mostFailures = 100;
const kindsOfReports: readonly ParserKind[] = parserKinds.filter((kind) => kind !== 'crash' && kind !== 'build');

interface Given {
  /** The same job's log when it last passed: what that one printed too is no failure. */
  green?: GreenLog;
  /** The job is known to have failed, whatever its log says: a killed one ends without a word. */
  failed?: boolean;
}

/**
 * In the failed step first, then in others that ended with an error, then in the whole log (a step may only repeat
 * another one's exit code): there a trace or a build tool's complaint is some other step's, which went on to its end.
 */
export function findFailures(log: JobLog, { green, failed = false }: Given = {}): Failure[] {
  const verdict = verdictOf(log, failed);
  if (verdict === 'passed' && !green) return [];
  const lastStep = log.steps.at(-1);
  const output = log.lines.filter((line) => line.kind !== 'header' && line.number <= (lastStep?.to ?? line.number));
  const regions = [log.failedStep, ...stepsWithErrors(log)]
    .filter((step) => step !== undefined)
    .map(({ from, to }) => output.filter(({ number }) => number >= from && number <= to));
  let known: Failure[] = [];
  const tried = verdict === 'passed' ? [] : [...regions, output];
  const saysItself = log.failedStep !== undefined && (regions[0] ?? []).some(isTelling);
  for (const lines of [...tried, ...tried.slice(0, 1).flatMap(prefixedGroups)]) {
    const kinds = lines === output && saysItself ? kindsOfReports : parserKinds;
    for (const kind of lines.length > 0 ? kinds : []) {
      const named = namedByTools(kind, lines, log);
      const found = kind === 'crash' ? notHandled(named, lines) : named;
      const news = green ? found.filter((one) => isNew(one, lines, green)) : found;
      if (news.length > 0) return news.slice(0, mostFailures);
      if (known.length === 0) known = found;
    }
    if (known.length > 0) break;
  }
  if (verdict === 'unknown' && !green) return [];
  const region = regions[0] ?? output;
  const end = lastWords(log, region, green);
  // What the passed run printed as well is told only where nothing else is.
  if (known.length > 0 && !(end && green && isNew(end, region.filter(isOutput), green)))
    return known.slice(0, mostFailures);
  return end ? [end] : [];
}

/** What the parsers of one kind find in these lines, whether or not the job failed. */
export function namedByTools(kind: ParserKind, lines: readonly LogLine[], log: Pick<JobLog, 'signs'>): Failure[] {
  const asked = tools.filter((tool) => tool.kind === kind && isAsked(tool, log));
  return distinct(asked.flatMap((tool) => tool.find(lines)));
}

const isAsked = (parser: FailureParser, log: Pick<JobLog, 'signs'>): boolean =>
  parser.signs.length === 0 || parser.signs.some((sign) => log.signs.has(sign));

/**
 * A runner's log without an error that ended it passed, whatever its words, unless the job is known to have failed.
 * Other CIs end with a sentence; any other text may be anything.
 */
function verdictOf(log: JobLog, failed: boolean): 'passed' | 'failed' | 'unknown' {
  if (failed || log.endedBy) return 'failed';
  if (log.steps.length > 0) return 'passed';
  const end = log.lines.slice(-40);
  if (end.some(({ text }) => failedElsewhere.test(text))) return 'failed';
  return end.some(({ text }) => passedElsewhere.test(text)) ? 'passed' : 'unknown';
}

/** Jenkins, Travis, GitLab. */
const failedElsewhere =
  /^(?:Finished: (?:FAILURE|UNSTABLE|ABORTED)|The command ".{1,500}" (?:exited with|failed and exited with) [1-9]\d{0,2}(?: during)?\b.*|Done\. Your build exited with [1-9]\d{0,2}\.|ERROR: Job failed.*)$/;
const passedElsewhere = /^(?:Finished: SUCCESS|Done\. Your build exited with 0\.|Job succeeded)$/;

function stepsWithErrors(log: JobLog): JobLog['steps'] {
  const ends = log.endings.slice(0, mostFailures).map(({ line }) => line);
  const steps = ends.map((line) => log.steps.find(({ from, to }) => line >= from && line <= to));
  return [...new Set(steps)].filter((step) => step !== undefined).filter((step) => step !== log.failedStep);
}

const isTelling = ({ kind, text }: LogLine): boolean => kind === 'output' && text.trim() !== '';
const isOutput = ({ kind }: LogLine): boolean => kind === 'output';

/** A trace above the verdict that all passed was printed by something that went on. */
function notHandled(crashes: readonly Failure[], lines: readonly LogLine[]): Failure[] {
  const wentWell = crashes.length > 0 ? allPassedAt(lines) : 0;
  return crashes.filter(({ at }) => at.to > wentWell);
}

/** Not all of it was printed by the run that passed. */
function isNew({ at }: Failure, lines: readonly LogLine[], green: GreenLog): boolean {
  return lines.some((line) => line.number >= at.from && line.number <= at.to && !green.has(line));
}

function distinct(failures: readonly Failure[]): Failure[] {
  const seen = new Map<string, Failure>();
  for (const one of [...failures].sort((a, b) => a.at.from - b.at.from)) {
    const key = JSON.stringify([one.tool, one.test, one.type, one.message, one.file, one.line, one.column]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
