// A test file that a runner says no more of than that it failed, and what was printed above → the crash that explains it.
import type { Failure } from '../../incident/failure.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';
import { node } from './node.ts';

const mostCrashes = 100;
/** What node prints below the trace that ended it. */
const belowCrash = /^\s*$|^\(Use `node --trace-uncaught|^Node\.js v\d/;

/**
 * `isUnexplained` failures carry the file as their test's name. `resultOf` says whose result a line is, of a runner that
 * prints it right below what the file itself printed. TAP prints a test's own output as comments.
 */
export function explained(
  found: readonly Failure[],
  lines: readonly LogLine[],
  isUnexplained: (one: Failure) => boolean,
  resultOf: (text: string) => string | undefined = () => undefined,
): Failure[] {
  if (!found.some(isUnexplained)) return [...found];
  const output = lines.map((line) => ({ ...line, text: line.text.replace(/^# ?/, '').replaceAll('\\#', '#') }));
  const crashes = node.find(output);
  const own = crashesAbove(output, crashes, resultOf);
  const taken = new Set(own.values());
  const others = crashes.filter((crash) => !taken.has(crash)).slice(0, mostCrashes);
  return found.map((one) => (isUnexplained(one) ? (ownCrash(one, own) ?? crashThatNames(one, others) ?? one) : one));
}

/** An import that cannot be linked, or is missing two files further on, does not name the test file in its trace. */
function crashesAbove(
  output: readonly LogLine[],
  crashes: readonly Failure[],
  resultOf: (text: string) => string | undefined,
): Map<string, Failure> {
  const ends = new Map(crashes.map((crash) => [crash.at.to, crash]));
  const found = new Map<string, Failure>();
  let above: Failure | undefined;
  for (const { number, text } of output) {
    const end = ends.get(number);
    if (end === undefined && belowCrash.test(text)) continue;
    const file = above && resultOf(text);
    if (above && file !== undefined && !found.has(slashed(file))) found.set(slashed(file), above);
    above = end;
  }
  return found;
}

/** TAP doubles the backslashes of a name. */
const slashed = (path: string): string => path.replace(/[\\/]+/g, '/');

function ownCrash(one: Failure, own: ReadonlyMap<string, Failure>): Failure | undefined {
  const crash = own.get(slashed(one.test ?? ''));
  // Where the crash was printed is what there is to read of it; `test at FILE:1:1` in the list looks like a frame.
  return crash && crash.at.to < one.at.from ? { ...withCrash(one, crash), at: crash.at } : undefined;
}

function crashThatNames(one: Failure, crashes: readonly Failure[]): Failure | undefined {
  const file = slashed(one.test ?? '')
    .split('/')
    .at(-1);
  if (!file) return undefined;
  // Some runners print what a file said before its result, node:test may list its failures long after; never the other way.
  const crash = crashes.find(
    ({ at, message, frames, file: place }) =>
      at.to < one.at.from &&
      [message, place ?? '', ...frames.map((frame) => frame.file)].some((text) =>
        `/${slashed(text)}`.includes(`/${file}`),
      ),
  );
  return crash && withCrash(one, crash);
}

function withCrash({ tool, test, file, at }: Failure, crash: Failure): Failure {
  const { file: crashedAt, line, column, ...said } = crash;
  const isOwn = crashedAt !== undefined && !isForeign({ file: crashedAt });
  const place = isOwn
    ? { file: crashedAt, ...(line ? { line } : {}), ...(column === undefined ? {} : { column }) }
    : { file: file ?? test };
  return { ...said, tool, ...(test ? { test } : {}), at, ...place };
}
