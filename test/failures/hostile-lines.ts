// A seed → hostile output for the tools' parsers and for all that reads a log; says each case before it runs, and what grew too fast.
import { globSync, readFileSync } from 'node:fs';
import type { FailureParser } from '../../src/failures/failure-parser.ts';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readGreenLog } from '../../src/failures/green-log.ts';
import type { LogLine } from '../../src/failures/job-log.ts';
import { lastWords } from '../../src/failures/last-words.ts';
import { prefixedGroups } from '../../src/failures/line-prefixes.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { tools } from '../../src/failures/tools.ts';

const [seed = '1', deepTools = '6'] = process.argv.slice(2);
const longest = 8_000;
/** What patterns repeat: blanks, the signs of paths, numbers and quotes, and words that could begin again at each step. */
const repeated = [
  ...' \t.:-_=()[]<>"\'`|#@,*^~/\\1aAé',
  ...[
    'a.',
    'a/',
    '1:',
    'a b ',
    'at ',
    '::',
    '. ',
    ': ',
    '> ',
    ' (',
    ' - ',
    'a=',
    '()',
    ' at ',
    'E   ',
    'error ',
    '[x] ',
  ],
];

let state = Number(seed);
/** Mulberry32: the same cases for the same seed. */
function below(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}
const oneOf = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];

/** A tool's signs, and what it printed in its fixtures. */
function fragmentsOf({ tool, signs }: FailureParser): readonly [string, ...string[]] {
  const folder = new URL(`../fixtures/logs/${tool}/`, import.meta.url).pathname;
  const logs = globSync('*.log', { cwd: folder }).map((name) => readJobLog(readFileSync(`${folder}${name}`, 'utf8')));
  const printed = logs.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'header').map(({ text }) => text));
  return ['x', ...signs, ...new Set(printed.filter((text) => text.length < 300))];
}

function longLine(fragments: readonly [string, ...string[]]): string {
  const fragment = oneOf(fragments);
  const at = below(3) === 0 ? below(fragment.length + 1) : below(2) * fragment.length;
  const unit = oneOf(repeated as [string, ...string[]]);
  const filling = unit.repeat(Math.ceil(longest / unit.length)).slice(0, longest - fragment.length);
  return fragment.slice(0, at) + filling + fragment.slice(at);
}

const manyOf = (texts: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, index) => texts[index % texts.length] ?? '');

/** Now and then the runner's own lines are among them: some parsers look only above those. */
const kindOf = (index: number, errors: number): LogLine['kind'] =>
  errors > 0 && index % errors === 0 ? 'error' : 'output';

const asLines = (texts: readonly string[], errors: number): LogLine[] =>
  texts.map((text, index) => ({ number: index + 1, text, kind: kindOf(index, errors) }));

/** How often a parser looks at a line's text; that is exact where a clock is not. */
function readsOf(parser: FailureParser, texts: readonly string[], errors: number): number {
  let reads = 0;
  const lines = texts.map((text, index) => ({
    number: index + 1,
    kind: kindOf(index, errors),
    get text() {
      reads += 1;
      return text;
    },
  }));
  parser.find(lines);
  return reads;
}

const say = (what: string): boolean => process.stdout.write(`${what.slice(0, 400)}\n`);

const known = tools.map((parser) => ({ parser, fragments: fragmentsOf(parser) }));
// Windows of up to 2,000 lines are allowed: they are full only where there are more lines than that.
for (const { parser, fragments } of known) {
  const unit = Array.from({ length: 1 + below(4) }, () => oneOf(fragments));
  say(`reads of ${parser.tool}: ${JSON.stringify(unit)}`);
  const errors = below(2) * below(5);
  const [few, many] = [2_500, 10_000].map((count) => readsOf(parser, manyOf(unit, count), errors));
  if (few && many && many > few * 7) say(`TOO MANY ${parser.tool} ${few} → ${many} of ${JSON.stringify(unit)}`);
}
for (let round = 0; round < Number(deepTools); round += 1) {
  const { parser, fragments } = known[below(known.length)] ?? {};
  if (!parser || !fragments) continue;
  const unit = Array.from({ length: 1 + below(4) }, () => oneOf(fragments));
  say(`many lines for ${parser.tool}: ${JSON.stringify(unit)}`);
  parser.find(asLines(manyOf(unit, 100_000), below(2) * below(5)));
  const long = [longLine(fragments), oneOf(fragments), longLine(fragments)];
  say(
    `long lines for ${parser.tool}: ${JSON.stringify(long.map((text) => text.replace(/(.{1,8}?)\1{20,}/g, '$1×…')))}`,
  );
  parser.find(asLines(manyOf(long, 300), below(2) * 4));
}
const all = known.map(({ fragments }) => oneOf(fragments));
for (const texts of [
  manyOf(all, 20_000),
  manyOf(
    known.map(({ fragments }) => longLine(fragments)),
    150,
  ),
]) {
  const text = texts.join('\n');
  say(`a log of ${texts.length} lines: read`);
  const log = readJobLog(text);
  say('the log of a passed run');
  const green = readGreenLog(texts.slice(1_000).join('\n'));
  say('last words');
  lastWords(log, log.lines, green);
  lastWords(log, log.lines);
  say('prefixes');
  prefixedGroups(log.lines);
  say('all of it');
  findFailures(log, { failed: true, green });
}
say('done');
