// A log and its failures → the lines that show them, in order, with what stands above; gaps marked, never longer than asked.
import type { Failure } from '../incident/failure.ts';
import type { GreenLog } from './green-log.ts';
import type { JobLog, LogLine } from './job-log.ts';
import { isRoutine, withoutForeignFrames } from './routine-lines.ts';

/** What stands around a failure is worth less the further away it is; where tools named the failures, little of it is. */
const named = { above: 12, below: 3, atEnd: 6, characters: 1_600 };
const unnamed = { above: 40, below: 3, atEnd: 60, characters: 5_000 };
const mostNews = 10;

interface Span {
  from: number;
  to: number;
}

/** `green`: of what stands around the failures, only what the passed run did not print. */
export function excerptOf(log: JobLog, failures: readonly Failure[], maxCharacters: number, green?: GreenLog): string {
  const head = headOf(log);
  const lines = log.lines.filter((line) => line.kind !== 'header');
  const spans = spansOf(lines, failures);
  const wanted = new Set<number>();
  const take = (groups: Iterable<LogLine[]>, room: number): number => {
    let used = 0;
    for (const line of [...groups].flat()) {
      const cost = line.text.length + gapCost;
      if (wanted.has(line.number) || used + cost > room) continue;
      used += cost;
      wanted.add(line.number);
    }
    return used;
  };
  const room = Math.max(0, maxCharacters - head.length);
  const left = room - take(ownLines(lines, spans, failures), room);
  const limits = failures.some(({ tool }) => tool !== 'shell') ? named : unnamed;
  take(around(lines, log, spans, limits, green), Math.min(left, limits.characters));
  return (head + rendered(lines, wanted)).slice(0, maxCharacters).trimEnd();
}

/** Each line pays for a gap that may stand before it. */
const gapCost = '\n[… 1000000 lines …]'.length;

function headOf(log: JobLog): string {
  const parts: string[] = [];
  if (log.failingCommand) parts.push(`$ ${log.failingCommand.slice(0, 2_000)}`);
  if (log.exitCode !== undefined) parts.push(`exit code ${log.exitCode}`);
  return parts.length > 0 ? `${parts.join('\n')}\n\n` : '';
}

/** Of each failure the indexes of its lines; of one that no line prints, none. */
function spansOf(lines: readonly LogLine[], failures: readonly Failure[]): Span[] {
  const indexes = new Map(lines.map((line, index) => [line.number, index]));
  return failures.map(({ at, report }) => {
    const from =
      report === undefined ? (indexes.get(at.from) ?? lines.findIndex(({ number }) => number >= at.from)) : -1;
    return from < 0 ? { from: 0, to: -1 } : { from, to: indexes.get(at.to) ?? from };
  });
}

/** First of every failure where it begins and ends, then the rest; of one like an earlier one no more than that. */
function* ownLines(
  lines: readonly LogLine[],
  spans: readonly Span[],
  failures: readonly Failure[],
): Generator<LogLine[]> {
  const known = new Set<string>();
  const isFirst = failures.map(({ type, message, file, line }) => {
    const key = JSON.stringify([type, message, file, line]);
    return known.size < known.add(key).size;
  });
  for (const [index, { from, to }] of spans.entries())
    yield lines.slice(from, Math.min(to + 1, from + (isFirst[index] ? 12 : 3)));
  for (const [index, { from, to }] of spans.entries())
    yield lines.slice(Math.max(from, to + 1 - (isFirst[index] ? 12 : 2)), to + 1);
  for (const [index, { from, to }] of spans.entries())
    if (isFirst[index]) yield withoutForeignFrames(lines.slice(from, to + 1));
}

function* around(
  lines: readonly LogLine[],
  log: JobLog,
  spans: readonly Span[],
  limits: typeof named,
  green: GreenLog | undefined,
): Generator<LogLine[]> {
  yield earlierTrouble(lines, log, green);
  const end = log.endedBy?.line ?? log.errors[0]?.line ?? log.steps.at(-1)?.to ?? lines.at(-1)?.number ?? 0;
  const last = lines.findLastIndex(({ number }) => number <= end);
  yield lines.slice(Math.max(0, last), last + 1);
  const usual = green?.isEmpty ? undefined : green;
  // What other steps printed belongs to the failure only while nothing better is known.
  const step = spans.length > 0 ? log.failedStep : undefined;
  const start = step ? lines.findIndex((line) => line.number >= step.from) : 0;
  const isWorthwhile = (index: number, floor: number): boolean => {
    const line = lines[index];
    if (!line || index < floor || (step && line.number > step.to)) return false;
    if (isRoutine(line.text) || usual?.has(line)) return false;
    return !spans.some(({ from, to }) => from <= index && index <= to);
  };
  const at = (index: number, floor: number): LogLine[] =>
    isWorthwhile(index, floor) ? lines.slice(index, index + 1) : [];
  for (let away = 1; away <= limits.above; away += 1) {
    for (const { from, to } of spans) {
      if (to < from) continue;
      yield at(from - away, from >= start ? start : 0);
      if (away <= limits.below) yield at(to + away, 0);
    }
  }
  for (let away = 0; away <= limits.atEnd; away += 1) yield at(last - away, start);
  if (usual) yield newLines(lines, log, usual).slice(0, mostNews);
}

/** What the runner reported before the step that failed: a step that may fail, a build that warned. */
function earlierTrouble(lines: readonly LogLine[], log: JobLog, green: GreenLog | undefined): LogLine[] {
  const start = log.failedStep?.from ?? 0;
  const reported = new Set([...log.errors, ...log.warnings].map(({ line }) => line).filter((line) => line < start));
  return lines.filter((line) => reported.has(line.number) && !green?.has(line)).slice(-10);
}

/** Of the failed step, from its end upwards. */
function newLines(lines: readonly LogLine[], log: JobLog, green: GreenLog): LogLine[] {
  const { from, to } = log.failedStep ?? { from: 0, to: Number.POSITIVE_INFINITY };
  return lines
    .filter((line) => line.number >= from && line.number <= to && !isRoutine(line.text) && !green.has(line))
    .reverse();
}

function rendered(lines: readonly LogLine[], wanted: ReadonlySet<number>): string {
  const parts: string[] = [];
  let left: LogLine[] = [];
  for (const line of lines) {
    if (!wanted.has(line.number)) {
      left.push(line);
      continue;
    }
    const count = left.length;
    if (left.some(({ text }) => text.trim() !== '')) parts.push(`[… ${count} ${count === 1 ? 'line' : 'lines'} …]`);
    else if (count > 0) parts.push('');
    left = [];
    parts.push(line.text);
  }
  return parts.join('\n');
}
