// The Test Anything Protocol, as node:test, AVA, node-tap, tape, Bats and others print it → one failure a `not ok`.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { explained } from './crashed-file.ts';
import { commentDetails, yamlBelow, yamlDetails } from './tap-details.ts';
import { tapReport } from './tap-report.ts';

const notOk = /^( {0,200})not ok\b(?: \d{1,9})?(?: -)? ?(.*)$/;
const subtestLine = /^( {0,200})# Subtest: (\S.*)$/;
const directive = /\s#\s?(?:TODO|SKIP)\b/i;
/** A time, and the brace of a buffered subtest. */
const afterTitle = /(?: # time=[\d.]{1,20}m?s)?(?: \{)?$/;
/** Of TAP there is more than a `not ok`: a version, a plan, details. */
const tapLine = /^TAP version \d|^ {0,200}1\.\.\d{1,7}(?: |$)|^ {0,200}\s-{3}$/;
const isFile = (name: string): boolean => /\.[cm]?[jt]sx?$/.test(name);

/** The details of each are looked for in hundreds of lines. */
const mostFailures = 1_000;

type Producer = 'node:test' | 'ava' | 'tap';

export const tap: FailureParser = {
  tool: 'tap',
  kind: 'test',
  signs: ['not ok ', '# { total: ', '━━┛'],
  find: (lines) => [...tapFailures('tap', lines), ...tapReport(lines)],
};

/** Of one producer's TAP only: node:test and AVA have parsers of their own, all others are `tap`. */
export function tapFailures(tool: Producer, lines: readonly LogLine[]): Failure[] {
  if (!lines.some((line) => tapLine.test(line.text)) || producerOf(lines) !== tool) return [];
  const found: Failure[] = [];
  const reported = new Set<string>();
  const parents: { indent: number; name: string; number: number }[] = [];
  for (const [position, line] of lines.entries()) {
    if (found.length >= mostFailures) break;
    const [, margin, name = ''] = subtestLine.exec(line.text) ?? [];
    if (margin !== undefined) {
      while ((parents.at(-1)?.indent ?? -1) >= margin.length) parents.pop();
      parents.push({ indent: margin.length, name, number: line.number });
    }
    const [, indent, rest = ''] = line.text.includes('not ok') ? (notOk.exec(line.text) ?? []) : [];
    if (indent === undefined || directive.test(rest)) continue;
    const title = rest.replace(afterTitle, '');
    if (title === '') continue;
    const itself = parents.find((one) => one.indent === indent.length && one.name === title);
    const isParent = itself && (found.at(-1)?.at.from ?? 0) > itself.number;
    // node-tap repeats a suite after its tests; node:test says so in the suite's error.
    const path = tool === 'tap' ? parents.filter((one) => one.indent < indent.length).map((one) => one.name) : [];
    const key = JSON.stringify([...path, title]);
    if (tool === 'tap' && (isParent || reported.has(key))) reported.add(key);
    else {
      const one = failureAt(tool, path, title, lines, position);
      // node:test explains every result; a lone `not ok` beside it is what a test printed.
      if (one && !(tool === 'node:test' && one.at.from === one.at.to)) found.push(one);
    }
  }
  return tool === 'tap' ? explained(found, lines, (one) => one.message === one.test && isFile(one.message)) : found;
}

const producerOf = (lines: readonly LogLine[]): Producer =>
  lines.some((line) => /^\s+failureType: '/.test(line.text))
    ? 'node:test'
    : lines.some((line) =>
          /^ {4}assertion: t\.\w+\(\)$|^ {6}'Error thrown in test:'|node_modules\/ava\/lib\//.test(line.text),
        )
      ? 'ava'
      : 'tap';

function failureAt(
  tool: string,
  path: readonly string[],
  title: string,
  lines: readonly LogLine[],
  position: number,
): Failure {
  const indent = lines[position]?.text.search(/\S/) ?? 0;
  const yaml = yamlBelow(lines, position, indent);
  const block = blockFrom(lines, position, ({ number, text }) =>
    yaml.length > 0
      ? number > (yaml.at(-1)?.number ?? 0)
      : !/^\s*# {1,20}\S/.test(text) || /^\s*# Looks like /.test(text) || subtestLine.test(text),
  );
  const name = unescaped(title);
  const details = yaml.length > 0 ? yamlDetails(name, yaml) : commentDetails(name, block.slice(1));
  const shown = yaml.length > 0 || details.file ? block : block.slice(0, 1);
  const names = [...path.filter((one) => !isFile(one)), name];
  return failure({ tool, test: names.join(' > '), ...details }, shown);
}

/** node:test escapes what TAP would misread, and line ends. */
const unescaped = (title: string): string =>
  title.replace(
    /\\{1,2}([nrt#\\])/g,
    (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character,
  );
