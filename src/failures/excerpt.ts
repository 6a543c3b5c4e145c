// A log and its failures → the lines that show them, in order, with what stands above; gaps marked, never longer than asked.
import type { Failure } from '../incident/failure.ts';
import type { JobLog, LogLine } from './job-log.ts';

const above = 15;
const below = 3;

export function excerptOf(log: JobLog, failures: readonly Failure[], maxCharacters: number): string {
  const head = headOf(log);
  const room = Math.max(0, maxCharacters - head.length);
  const lines = log.lines.filter((line) => line.kind !== 'header');
  const wanted = new Set<number>();
  let used = 0;
  for (const group of priorities(lines, log, failures)) {
    for (const line of group) {
      if (wanted.has(line.number)) continue;
      const cost = line.text.length + gapCost;
      if (used + cost > room) continue;
      used += cost;
      wanted.add(line.number);
    }
  }
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

/** First of every failure its first lines and place, then the rest of it, then what stands around it, then the end. */
function* priorities(lines: readonly LogLine[], log: JobLog, failures: readonly Failure[]): Generator<LogLine[]> {
  const indexes = new Map(lines.map((line, index) => [line.number, index]));
  const spans = failures.map(({ at }) => {
    const from = indexes.get(at.from) ?? lines.findIndex((line) => line.number >= at.from);
    return from < 0 ? { from: 0, to: -1 } : { from, to: indexes.get(at.to) ?? from };
  });
  for (const { from, to } of spans) yield lines.slice(from, Math.min(to + 1, from + 12));
  for (const { from, to } of spans) yield lines.slice(Math.max(from, to - 12), to + 1);
  for (const { from, to } of spans) yield lines.slice(from, to + 1);
  // What other steps printed belongs to the failure only while nothing better is known.
  const step = failures.length > 0 ? log.failedStep : undefined;
  const start = step ? lines.findIndex((line) => line.number >= step.from) : 0;
  for (const { from, to } of spans) {
    const earliest = Math.max(from >= start ? start : 0, from - above);
    yield [...lines.slice(earliest, from).reverse(), ...lines.slice(to + 1, to + 1 + below)];
  }
  const end = log.errors[0]?.line ?? log.steps.at(-1)?.to ?? lines.at(-1)?.number ?? 0;
  const last = indexes.get(end) ?? lines.length - 1;
  yield lines.slice(Math.max(start, last - 60), last + 1).reverse();
}

function rendered(lines: readonly LogLine[], wanted: ReadonlySet<number>): string {
  const parts: string[] = [];
  let left = 0;
  for (const line of lines) {
    if (!wanted.has(line.number)) {
      left += 1;
      continue;
    }
    if (left > 0) parts.push(`[… ${left} ${left === 1 ? 'line' : 'lines'} …]`);
    left = 0;
    parts.push(line.text);
  }
  return parts.join('\n');
}
