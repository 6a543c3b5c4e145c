// Maven Surefire's and Failsafe's console output, 2.x and 3.x → the tests that failed, but not those that passed when run again.
import { blockFrom } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isCause, isFrame } from './java-trace.ts';
import { namesOf, type TestReport } from './junit-report.ts';

const level = /^\[(?:INFO|WARNING|ERROR|DEBUG)\] ?/;
const suiteLine = /^(?:Running |Tests run: .* <<< (?:FAILURE|ERROR)! --? in )([\w.$]+)/;

export function surefireReports(lines: readonly LogLine[]): TestReport[] {
  const found: TestReport[] = [];
  const suites = new Map<string, string>();
  let suite = '';
  for (const [position, line] of lines.entries()) {
    const text = line.text.replace(level, '');
    const named = suiteLine.exec(text)?.[1];
    if (named) {
      suite = named;
      suites.set(named.slice(named.lastIndexOf('.') + 1), named);
    }
    const printed = testIn(text);
    if (printed) found.push(reportAt(lines, position, namesOf(printed, suite)));
    if (/^Results ?:$/.test(text.trim())) applySummary(lines, position + 1, found, suites);
  }
  return found;
}

/** `half  Time elapsed: 0.01 s  <<< ERROR!`; the same of a whole class has been read as the suite. */
function testIn(text: string): string | undefined {
  const elapsed = text.includes(' <<< FAILURE!') || text.includes(' <<< ERROR!') ? text.indexOf('Time elapsed: ') : -1;
  if (elapsed <= 0 || text.startsWith('Tests run:')) return undefined;
  return text.slice(0, elapsed).trimEnd().replace(/ --$/, '').trimEnd();
}

function reportAt(lines: readonly LogLine[], position: number, names: { owner: string; method?: string }): TestReport {
  let isTraced = false;
  const block = blockFrom(lines, position, ({ text, kind }) => {
    const ends =
      kind !== 'output' || level.test(text) || /^(?:Running |Tests run: |Results ?:)/.test(text) || testIn(text);
    // A blank line ends the trace, unless it belongs to the message, which stands before the first frame.
    if (ends || (isTraced && text.trim() === '')) return true;
    if (isFrame(text) || (isCause(text) && !/:\s*$/.test(text))) isTraced = true;
    return false;
  });
  return { ...names, block, texts: block.slice(1).map((line) => line.text) };
}

const section =
  /^(?:(?<failed>Failures|Errors|Failed tests|Tests in error)|(?<flaked>Flakes|Flaked tests)): *(?<first>.*)$/;
const entry = /^([\w$.]+)(?:>[\w$.]+)?\.([^.:>\s][^.:>]{0,200}):(\d{1,9})(?:->\S+)*(?: » ?|\s|$)(.*)$/;
const oldEntry = /^([^():\s]{1,200})\(((?:[\w$]+\.)*[A-Z][\w$]*)\)(?::\s?(.*))?$/;

/** The list at the end takes back what passed at last, and names what was not reported above. */
function applySummary(
  lines: readonly LogLine[],
  start: number,
  found: TestReport[],
  suites: ReadonlyMap<string, string>,
): void {
  const reported = new Set(found.map(({ owner }) => simple(owner)));
  let kind: 'failed' | 'flaked' | undefined;
  for (const line of lines.slice(start, start + 1_000)) {
    const text = line.text.replace(level, '');
    if (/^Tests run: /.test(text)) return;
    const groups = section.exec(text)?.groups;
    if (groups) kind = groups.failed ? 'failed' : 'flaked';
    const item = (groups ? (groups.first ?? '') : text).trim();
    if (kind === 'flaked') takeBack(found, item);
    const report = kind === 'failed' ? summarised(item, line, suites) : undefined;
    const last = found.at(-1);
    if (!level.test(line.text) && item !== '' && last && last.block.at(-1)?.number === line.number - 1) {
      last.block.push(line);
      last.texts.push(line.text);
    }
    if (report && !reported.has(simple(report.owner))) found.push(report);
  }
}

/** Surefire 2 reports a nested test below its outer class. */
const simple = (owner: string): string => owner.slice(owner.lastIndexOf('.') + 1).replace(/\$.*$/, '');

function takeBack(found: TestReport[], item: string): void {
  if (item === '' || item.startsWith('Run ')) return;
  const { owner, method } = namesOf(item.replace(/\(\)$/, ''));
  const kept = found.filter((one) => one.owner !== owner || (method !== undefined && one.method !== method));
  found.splice(0, found.length, ...kept);
}

function summarised(item: string, line: LogLine, suites: ReadonlyMap<string, string>): TestReport | undefined {
  const [, named = '', method = '', number, said = ''] = entry.exec(item) ?? [];
  if (named !== '') {
    const owner = suites.get(named) ?? named;
    const file = `${owner.replace(/\$.*$/, '').replaceAll('.', '/')}.java`;
    return { owner, method, block: [line], texts: [said], place: { file, line: Number(number) } };
  }
  const [, test = '', suite = '', text = ''] = oldEntry.exec(item) ?? [];
  return suite === '' ? undefined : { owner: suite, method: test, block: [line], texts: [text] };
}
