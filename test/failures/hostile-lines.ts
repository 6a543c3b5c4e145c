// Seeds (`7` or `1,2,3`) → hostile output for the tools' parsers and for all that reads a log; says each case before it runs, and what grew too fast.
import { globSync, readFileSync } from 'node:fs';
import type { FailureParser } from '../../src/failures/failure-parser.ts';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readGreenLog } from '../../src/failures/green-log.ts';
import type { LogLine } from '../../src/failures/job-log.ts';
import { lastWords } from '../../src/failures/last-words.ts';
import { prefixedGroups } from '../../src/failures/line-prefixes.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { tools } from '../../src/failures/tools.ts';

const [seeds = '1', deepTools = '6', mostLines = '100000'] = process.argv.slice(2);
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

let state = 0;
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

let reads = 0;

class CountedLine implements LogLine {
  readonly number: number;
  readonly kind: LogLine['kind'];
  private readonly printed: string;

  constructor(number: number, printed: string, kind: LogLine['kind']) {
    this.number = number;
    this.printed = printed;
    this.kind = kind;
  }

  get text(): string {
    reads += 1;
    return this.printed;
  }
}

/** How often a parser looks at a line's text; that is exact where a clock is not. */
function readsOf(parser: FailureParser, texts: readonly string[], errors: number): number {
  reads = 0;
  parser.find(texts.map((text, index) => new CountedLine(index + 1, text, kindOf(index, errors))));
  return reads;
}

const say = (what: string): boolean => process.stdout.write(`${what.slice(0, 400)}\n`);

const known = tools.map((parser) => ({ parser, fragments: fragmentsOf(parser) }));

/** Windows of up to 2,000 lines are allowed: they are full only where there are more lines than that. */
function countReads(): void {
  for (const { parser, fragments } of known) {
    const unit = Array.from({ length: 1 + below(4) }, () => oneOf(fragments));
    say(`reads of ${parser.tool}: ${JSON.stringify(unit)}`);
    const errors = below(2) * below(5);
    const [few, many] = [2_200, 6_600].map((count) => readsOf(parser, manyOf(unit, count), errors));
    if (few && many && many > few * 6) say(`TOO MANY ${parser.tool} ${few} → ${many} of ${JSON.stringify(unit)}`);
  }
}

function askSome(): void {
  for (let round = 0; round < Number(deepTools); round += 1) {
    const { parser, fragments } = known[below(known.length)] ?? {};
    if (!parser || !fragments) continue;
    const unit = Array.from({ length: 1 + below(4) }, () => oneOf(fragments));
    say(`many lines for ${parser.tool}: ${JSON.stringify(unit)}`);
    parser.find(asLines(manyOf(unit, Number(mostLines)), below(2) * below(5)));
    const long = [longLine(fragments), oneOf(fragments), longLine(fragments)];
    const shown = long.map((text) => text.replace(/(.{1,8}?)\1{20,}/g, '$1×…'));
    say(`long lines for ${parser.tool}: ${JSON.stringify(shown)}`);
    parser.find(asLines(manyOf(long, Number(mostLines) / 300), below(2) * 4));
  }
}

function readAll(texts: readonly string[]): void {
  say(`a log of ${texts.length} lines: read`);
  const log = readJobLog(texts.join('\n'));
  say('the log of a passed run');
  const green = readGreenLog(texts.slice(texts.length / 20).join('\n'));
  say('last words');
  lastWords(log, log.lines, green);
  lastWords(log, log.lines);
  say('prefixes');
  prefixedGroups(log.lines);
  say('all of it');
  findFailures(log, { failed: true, green });
}

for (const seed of seeds.split(',')) {
  say(`seed ${seed}`);
  state = Number(seed);
  countReads();
  askSome();
  const all = known.map(({ fragments }) => oneOf(fragments));
  readAll(manyOf(all, Number(mostLines) / 5));
  const long = known.map(({ fragments }) => longLine(fragments));
  readAll(manyOf(long, Number(mostLines) / 700));
}
say('done');
