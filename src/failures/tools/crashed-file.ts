// A test file that a runner says no more of than that it failed, and what was printed above → the crash that explains it.
import type { Failure } from '../../incident/failure.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';
import { node } from './node.ts';

const mostCrashes = 100;

/** `isUnexplained` failures carry the file as their test's name. TAP prints a test's own output as comments. */
export function explained(
  found: readonly Failure[],
  lines: readonly LogLine[],
  isUnexplained: (one: Failure) => boolean,
): Failure[] {
  if (!found.some(isUnexplained)) return [...found];
  const output = lines.map((line) => ({ ...line, text: line.text.replace(/^# ?/, '').replaceAll('\\#', '#') }));
  const crashes = node.find(output).slice(0, mostCrashes);
  return found.map((one) => (isUnexplained(one) ? fromCrash(one, crashes) : one));
}

function fromCrash(one: Failure, crashes: readonly Failure[]): Failure {
  const file = one.test?.split(/[\\/]/).at(-1);
  if (!file) return one;
  // Some runners print what a file said before its result, node:test may list its failures long after; never the other way.
  const crash = crashes.find(
    ({ at, message, frames, file: place }) =>
      at.to < one.at.from &&
      [message, place ?? '', ...frames.map((frame) => frame.file)].some((text) => text.includes(file)),
  );
  if (!crash) return one;
  const { type, message, frames, line, column } = crash;
  const isOwn = crash.file !== undefined && !isForeign({ file: crash.file });
  const place = isOwn
    ? { file: crash.file, ...(line ? { line } : {}), ...(column === undefined ? {} : { column }) }
    : { file: one.file ?? one.test };
  const { tool, test, at } = one;
  return { tool, ...(test ? { test } : {}), ...(type ? { type } : {}), message, frames, at, ...place };
}
