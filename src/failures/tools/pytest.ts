// pytest's sections FAILURES and ERRORS, and its short summary → one failure a failed test.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';
import { pytestEnds } from './pytest-end.ts';
import { pytestReport, saidReport } from './pytest-report.ts';
import { type Entry, progressEntries, summaryEntries } from './pytest-summary.ts';

const tool = 'pytest';
/** What all the lines below begin with. */
const ruleLine = /^[=_!-]/;
const startLine = /^=+ test session starts =+$/;
const finalLine = /^=+ .*\bin \d+\.\d\ds(?: \(.*\))? =+$/;
const sectionLine = /^=+ (FAILURES|ERRORS) =+$/;
/** Not the rows of `_ _ _` between the frames of one failure. */
const blockLine = /^_+ (?!_)(\S.*?) _+$/;
const endLine = /^(?:={3,} .* ={3,}|!{3,} .* !{3,})$/;
const capturedLine = /^-{3,} Captured \w+(?: \w+)* -{3,}$/;
/** What plugins print below a report: `--- generated xml file: … ---`. */
const cutLine = /^-{3,} \S.{0,200} -{3,}$/;

/** A recursion that ran away is shown frame by frame. */
const longestReport = 20_000;

export const pytest: FailureParser = {
  tool,
  kind: 'test',
  signs: [
    '= FAILURES =',
    '= ERRORS =',
    'short test summary info',
    '____ ',
    'E   ',
    'FAILED ',
    'INTERNALERROR> ',
    'ERROR: usage: ',
    'ERROR: not found: ',
    'ERROR: file or directory not found: ',
    'ERROR: found no collectors for ',
    'ImportError while loading conftest',
    '+ Timeout +',
    'no tests ran',
    ' deselected',
    'FAIL Required test coverage',
    'Coverage failure: total of',
  ],
  find: (lines) => sessionsIn(lines).flatMap(sessionFailures),
};

/** A step may run pytest several times; what a test printed of a pytest that it ran itself belongs to none of them. */
function sessionsIn(lines: readonly LogLine[]): LogLine[][] {
  const sessions: LogLine[][] = [[]];
  let isCaptured = false;
  let skipTo = -1;
  const lastEnd = lines.findLastIndex((line) => line.text.startsWith('=') && finalLine.test(line.text));
  for (const [position, line] of lines.entries()) {
    if (position <= skipTo) continue;
    if (!ruleLine.test(line.text)) {
      sessions.at(-1)?.push(line);
      continue;
    }
    if (capturedLine.test(line.text)) isCaptured = true;
    else if (startLine.test(line.text)) {
      skipTo = isCaptured ? endOfRun(lines, position, lastEnd) : -1;
      if (skipTo >= 0) continue;
      sessions.push([]);
    } else if (blockLine.test(line.text) || endLine.test(line.text)) isCaptured = false;
    sessions.at(-1)?.push(line);
  }
  return sessions;
}

function endOfRun(lines: readonly LogLine[], start: number, last: number): number {
  for (let at = start + 1; at <= last; at += 1) if (finalLine.test(lines[at]?.text ?? '')) return at;
  return -1;
}

function sessionFailures(lines: readonly LogLine[]): Failure[] {
  const entries = summaryEntries(lines);
  const root = lines.map(({ text }) => /^rootdir: (\/[^,\s]+)/.exec(text)?.[1]).find(Boolean);
  const found: Failure[] = [];
  const headings = new Set(entries.map((entry) => entry.heading));
  let section = '';
  let isTitled = false;
  let isCaptured = false;
  for (const [position, { text }] of lines.entries()) {
    if (!ruleLine.test(text)) continue;
    isCaptured ||= capturedLine.test(text);
    const opened = sectionLine.exec(text)?.[1];
    section = opened ?? (endLine.test(text) ? '' : section);
    if (opened) isTitled = blockLine.test(lines[position + 1]?.text ?? '');
    if (opened === 'FAILURES' && !isTitled) found.push(...lineStyle(lines, position + 1, entries));
    const title = section === '' || !isTitled ? undefined : blockLine.exec(text)?.[1];
    if (!title || /^contains \d+ failed subtests?$/.test(lines[position + 1]?.text ?? '')) continue;
    if (isCaptured && headings.size > 0 && !isHeading(title, headings)) continue;
    isCaptured = false;
    const block = blockFrom(
      lines,
      position,
      (line) => endLine.test(line.text) || blockLine.test(line.text),
      longestReport,
    );
    found.push(blockFailure(title, section === 'FAILURES' ? 'FAILED' : 'ERROR', entries, block, root));
  }
  found.push(...entries.map(summarised), ...pytestEnds(lines, found.length + entries.length > 0));
  return found.length > 0 ? found : progressEntries(lines).map(summarised);
}

/** What a test printed may look like a title: then the summary does not know it. */
function isHeading(title: string, headings: ReadonlySet<string>): boolean {
  const heading = plainHeading(title);
  const test = partOf(heading)?.test;
  return headings.has(heading) || heading.endsWith('.py') || (test !== undefined && headings.has(test));
}

const plainHeading = (title: string): string =>
  title.replace(/^(?:ERROR (?:collecting|at setup of|at teardown of)|\[doctest\]) /, '');

/** `test_counts (count=2)`, `test_counts [message] (count=2)` */
const partOf = (heading: string): { test?: string; part?: string } | undefined =>
  /^(?<test>\S+)(?<part> [[(].{1,300}[\])])$/.exec(heading)?.groups;

/** Takes the summary's first entry of that heading out: it is told. */
function taken(entries: Entry[], fits: (entry: Entry) => boolean): Entry | undefined {
  const at = entries.findIndex(fits);
  return at < 0 ? undefined : entries.splice(at, 1)[0];
}

function blockFailure(title: string, status: Entry['status'], entries: Entry[], block: LogLine[], root = ''): Failure {
  const ends = block.findIndex((line, at) => at > 0 && cutLine.test(line.text));
  const shown = ends < 0 ? block : block.slice(0, ends);
  while (shown.length > 1 && shown.at(-1)?.text.trim() === '') shown.pop();
  const heading = plainHeading(title);
  const { frames, ...what } = pytestReport(shown);
  const crashed = /^worker '\w+' crashed while running '(.+)'$/.exec(what.message)?.[1];
  const part = partOf(heading);
  const entry =
    taken(entries, (one) => one.status === status && (one.heading === heading || one.id === crashed)) ??
    taken(entries, (one) => one.status === status && part !== undefined && one.heading === part.test);
  const named = entry && part && !entry.id.endsWith(part.part ?? '') ? entry.id + part.part : entry?.id;
  const test = named ?? crashed ?? idFrom(heading, frames, root);
  return failure({ tool, test, ...what, ...(place(frames) ?? { file: fileOf(test) }), frames }, shown);
}

const fileOf = (id: string): string => id.split('::')[0] ?? id;

function idFrom(name: string, frames: readonly StackFrame[], root: string): string {
  const isTest = (file: string) => /(?:^|[\\/])(?:test_[^\\/]*|[^\\/]*_test)\.py$/.test(file);
  const file = (frames.findLast((frame) => isTest(frame.file)) ?? frames.at(-1))?.file;
  if (!file || (/\.\w{1,5}$/.test(name) && name.includes('/'))) return name;
  const at = name.search(/[[ ]/);
  const [path, rest] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at)];
  const own = root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
  return `${own}::${isTest(file) ? path.replaceAll('.', '::') : path}${rest}`;
}

function summarised({ id, message, lines }: Entry): Failure {
  const told = message === '' ? { message: 'failed' } : saidReport(message.split('\n'));
  return failure({ tool, test: id, ...told, file: fileOf(id) }, lines);
}

/** `--tb=line`: a place and a message for each, in the summary's order, newer ones below the message behind `E`. */
function lineStyle(lines: readonly LogLine[], start: number, entries: Entry[]): Failure[] {
  const found: Failure[] = [];
  let block: LogLine[] = [];
  for (const line of blockFrom(lines, start - 1, ({ text }) => endLine.test(text)).slice(1)) {
    const { file, number, message } =
      /^(?<file>\S[^:]*(?::\\[^:]*)?):(?<number>\d{1,9}): (?<message>.+)$/.exec(line.text)?.groups ?? {};
    block.push(line);
    if (!file || !message) continue;
    const test = taken(entries, (entry) => entry.status === 'FAILED')?.id;
    const where = { file, line: Number(number) };
    const said = block.filter(({ text }) => /^(?:E| ) {3}/.test(text)).map(({ text }) => text.slice(4));
    found.push(
      failure(
        {
          tool,
          ...(test ? { test } : {}),
          ...saidReport(said.length > 0 ? said : [message]),
          ...where,
          frames: [where],
        },
        block,
      ),
    );
    block = [];
  }
  return found;
}
