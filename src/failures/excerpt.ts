// A log and its failures → the lines that show them, in order, with what stands above; gaps marked, never longer than asked.
import type { Failure } from '../incident/failure.ts';
import type { GreenLog } from './green-log.ts';
import type { JobLog, LogLine } from './job-log.ts';
import { isRoutine } from './routine-lines.ts';

/** What stands around a failure is worth less the further away it is; where tools named the failures, little of it is. */
const named = { above: 12, below: 3, atEnd: 6, news: 20, characters: 1_600 };
const unnamed = { above: 40, below: 3, atEnd: 60, news: 60, characters: 5_000 };

interface Span {
  from: number;
  to: number;
}

/** `green`: of what stands around the failures, what the passed run did not print comes first. */
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
    const from = report === undefined ? (indexes.get(at.from) ?? lines.findIndex(({ number }) => number >= at.from)) : -1;
    return from < 0 ? { from: 0, to: -1 } : { from, to: indexes.get(at.to) ?? from };
  });
}

/** First of every failure its first lines and place, then the rest; of one like an earlier one only where it begins and ends. */
function* ownLines(
  lines: readonly LogLine[],
  spans: readonly Span[],
  failures: readonly Failure[],
): Generator<LogLine[]> {
  const known = new Set<string>();
  const first = failures.map(({ type, message, file, line }) => {
    const key = JSON.stringify([type, message, file, line]);
    return known.size < known.add(key).size;
  });
  const [opening, closing] = [(index: number) => (first[index] ? 12 : 2), (index: number) => (first[index] ? 12 : 4)];
  for (const [index, { from, to }] of spans.entries()) yield lines.slice(from, Math.min(to + 1, from + opening(index)));
  for (const [index, { from, to }] of spans.entries())
    yield lines.slice(Math.max(from, to + 1 - closing(index)), to + 1);
  for (const [index, { from, to }] of spans.entries()) if (first[index]) yield lines.slice(from, to + 1);
}

function* around(
  lines: readonly LogLine[],
  log: JobLog,
  spans: readonly Span[],
  limits: typeof named,
  green: GreenLog | undefined,
): Generator<LogLine[]> {
  yield earlierTrouble(lines, log, green);
  const end = log.errors[0]?.line ?? log.steps.at(-1)?.to ?? lines.at(-1)?.number ?? 0;
  const last = lines.findLastIndex(({ number }) => number <= end);
  yield lines.slice(Math.max(0, last), last + 1);
  if (green && !green.isEmpty) yield newLines(lines, log, green).slice(0, limits.news);
  // What other steps printed belongs to the failure only while nothing better is known.
  const step = spans.length > 0 ? log.failedStep : undefined;
  const start = step ? lines.findIndex((line) => line.number >= step.from) : 0;
  for (let away = 1; away <= limits.above; away += 1) {
    for (const { from, to } of spans) {
      if (to < from) continue;
      yield worthwhile(lines.slice(Math.max(from >= start ? start : 0, from - away), from - away + 1));
      if (away <= limits.below) yield worthwhile(lines.slice(to + away, to + away + 1));
    }
  }
  yield worthwhile(lines.slice(Math.max(start, last - limits.atEnd), last + 1)).reverse();
}

const worthwhile = (lines: readonly LogLine[]): LogLine[] => lines.filter(({ text }) => !isRoutine(text));

/** What the runner reported before the step that failed: a step that may fail, a build that warned. */
function earlierTrouble(lines: readonly LogLine[], log: JobLog, green: GreenLog | undefined): LogLine[] {
  const start = log.failedStep?.from ?? 0;
  const reported = new Set([...log.errors, ...log.warnings].map(({ line }) => line).filter((line) => line < start));
  return lines.filter((line) => reported.has(line.number) && !green?.has(line)).slice(-10);
}

/** Of the failed step, from its end upwards. */
function newLines(lines: readonly LogLine[], log: JobLog, green: GreenLog): LogLine[] {
  const { from, to } = log.failedStep ?? { from: 0, to: Number.POSITIVE_INFINITY };
  const inStep = lines.filter((line) => line.number >= from && line.number <= to);
  return inStep
    .filter((line) => !green.has(line))
    .slice(-60)
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
