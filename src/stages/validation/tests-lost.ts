// Two runs of the same commands, before and with the patch → which tests the green of the second one is missing, in words.
import type { TestCase } from '../../failures/reports/test-cases.ts';
import { normalised } from '../../incident/fingerprint.ts';
import { casesOf, commandsOf, countIn } from './run-results.ts';
import { withoutVolatile } from './same-failure.ts';
import type { SandboxRun } from './sandbox-report.ts';

/** `newTests`: how many the patch is known to add. Undefined: nothing is missing, as far as anybody counts. */
export function testsLost(before: SandboxRun, after: SandboxRun, newTests: number): string | undefined {
  const [known, seen] = [casesOf(before), casesOf(after)];
  if (known && !after.reportsLeftOut) return casesLost(known, seen ?? []) ?? countsLost(before, after, newTests);
  return countsLost(before, after, newTests);
}

const mostNamed = 10;

function casesLost(before: readonly TestCase[], after: readonly TestCase[]): string | undefined {
  const there = counted(after.filter(hasRun));
  const lost = [...grouped(before.filter(hasRun))].flatMap(([key, names]) => {
    const missing = names.length - (there.get(key) ?? 0);
    return missing > 0 ? names.slice(0, missing) : [];
  });
  if (lost.length === 0) return undefined;
  const skipped = new Set(after.filter((one) => !hasRun(one)).map(({ name }) => keyOf(name)));
  const [muted, gone] = [true, false].map((isMuted) => lost.filter((name) => skipped.has(keyOf(name)) === isMuted));
  const said = [
    gone?.length ? `${gone.length === 1 ? 'this test does' : 'these tests do'} not run any more: ${list(gone)}` : '',
    muted?.length ? `${muted.length === 1 ? 'this test is' : 'these tests are'} skipped now: ${list(muted)}` : '',
  ];
  return `With the patch the command passes, but ${said.filter(Boolean).join('; ')}. All tests that ran before have to run and pass.`;
}

const hasRun = ({ status }: TestCase): boolean => status !== 'skipped';

/** Names may hold what differs from run to run: as many have to be there of each kind. */
const keyOf = (name: string): string => normalised(withoutVolatile(name));

function grouped(cases: readonly TestCase[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name } of cases) {
    const key = keyOf(name);
    const names = groups.get(key);
    if (names) names.push(name);
    else groups.set(key, [name]);
  }
  return groups;
}

const counted = (cases: readonly TestCase[]): Map<string, number> =>
  new Map([...grouped(cases)].map(([key, names]) => [key, names.length]));

const list = (names: readonly string[]): string =>
  [
    ...names.slice(0, mostNamed).map((name) => name.slice(0, 200)),
    ...(names.length > mostNamed ? [`${names.length - mostNamed} more`] : []),
  ].join(', ');

/** A green that comes of tests that did not run proves nothing. Where no tool counts them, nobody can tell. */
function countsLost(before: SandboxRun, after: SandboxRun, newTests: number): string | undefined {
  const ends = commandsOf(after);
  for (const [index, end] of commandsOf(before).entries()) {
    const other = ends[index];
    const count = other && !other.outputTruncated ? countIn(end) : undefined;
    if (!other || !count) continue;
    const there = countIn(other);
    if (!there || there.ran < count.ran)
      return `With the patch the command passes, but ${there ? `only ${there.ran} tests ran` : 'no test is reported to have run'}, and ${count.ran} ran without it. All of them have to run and pass.`;
    // A red run may have ended before it came to the tests that are skipped anyway.
    const more = there.ran + there.skipped - count.ran - count.skipped;
    if (there.skipped > count.skipped && more <= newTests)
      return `With the patch the command passes, but ${there.skipped} tests are skipped, and ${count.skipped} were without it. All tests that ran before have to run and pass.`;
  }
  return undefined;
}

/** Whether tests ran that did not run before; undefined where nobody counts. */
export function ranMore(before: SandboxRun, after: SandboxRun): boolean | undefined {
  const [known, seen] = [casesOf(before), casesOf(after)];
  if (known && seen) {
    const there = counted(known.filter(hasRun));
    return [...counted(seen.filter(hasRun))].some(([key, count]) => count > (there.get(key) ?? 0));
  }
  const pairs = commandsOf(before).map((end, index) => {
    const other = commandsOf(after)[index];
    return [countIn(end)?.ran, other ? countIn(other)?.ran : undefined] as const;
  });
  const told = pairs.filter(([one, other]) => one !== undefined && other !== undefined);
  return told.length === 0 ? undefined : told.some(([one = 0, other = 0]) => other > one);
}
