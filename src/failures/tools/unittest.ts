// The reports of Python's unittest, and of the runners that print like it (Django, nose) → one failure a failed test.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';
import { pythonComparison } from './python-comparison.ts';
import { pythonTraces } from './python-trace.ts';

const tool = 'unittest';
const rule = '='.repeat(70);
const isRule = (text = ''): boolean => /^={70}$/.test(text);
const isThinRule = (text: string): boolean => /^-{70}$/.test(text);
const titleLine = /^(?:FAIL|ERROR): (?<name>\S+)(?: \((?<path>[^()\s]+)\))?(?<part>.*)$/;
const unexpectedLine = /^UNEXPECTED SUCCESS: (?<name>\S+)(?: \((?<path>[^()\s]+)\))?$/;
/** What the test printed or logged, shown below its traceback. */
const printedLine = /^(?:Stdout:|Stderr:|-{5,} >> begin captured .*)$/;
const progressLine = /^(?<name>\w{1,200}) \((?<path>[\w.]{1,400})\) \.\.\. (?:FAIL|ERROR)$/;
/** nose2 breaks the title of a parameterised test. */
const brokenTitle = / \((?<path>[\w.]{1,400}:\d+)$/;
const longestDescription = 30;

export const unittest: FailureParser = {
  tool,
  kind: 'test',
  signs: [rule, ' ... FAIL', ' ... ERROR'],
  find(lines) {
    const found = lines.flatMap((_, position) => [...reported(lines, position), ...unexpected(lines, position)]);
    return found.length > 0 ? found : lines.flatMap(inProgress);
  },
};

function reported(lines: readonly LogLine[], position: number): Failure[] {
  const groups = isRule(lines[position - 1]?.text) ? titleLine.exec(lines[position]?.text ?? '')?.groups : undefined;
  if (!groups) return [];
  const upcoming = lines.slice(position + 1, position + 1 + longestDescription);
  const thin = upcoming.findIndex(({ text }) => isThinRule(text));
  if (thin < 0) return [];
  const start = position + 1 + thin;
  const ends = ({ text, kind }: LogLine) =>
    isRule(text) || isThinRule(text) || printedLine.test(text) || (kind === 'error' && /^Process completed/.test(text));
  const block = blockFrom(lines, start, ends);
  const broken = brokenTitle.exec(upcoming[0]?.text ?? '')?.groups?.path;
  const test = nameOf(groups.name ?? '', groups.path ?? broken, groups.part ?? '');
  return [failure({ tool, test, ...told(block.slice(1)) }, [...lines.slice(position, start), ...block])];
}

function told(block: readonly LogLine[]): Pick<Failure, 'type' | 'message' | 'expected' | 'actual' | 'frames'> {
  const [trace] = pythonTraces(block, true);
  if (!trace) return { message: block.map((line) => line.text).join('\n') || 'failed', frames: [] };
  const { type, message, frames } = trace;
  return { ...(type ? { type } : {}), message, ...pythonComparison(message), ...place(frames), frames };
}

/** Since Python 3.11 the name is repeated in the parentheses: `test_zero (test_price.PriceTest.test_zero) (i=1)`. */
function nameOf(name: string, path: string | undefined, parameters: string): string {
  const full = path === undefined ? name : path.endsWith(`.${name}`) ? path : `${path}.${name}`;
  return full + parameters.trimEnd();
}

/** Since Python 3.12 they are listed below a rule of their own. */
function unexpected(lines: readonly LogLine[], position: number): Failure[] {
  const line = lines[position];
  const groups = line?.text.startsWith('UNEXPECTED') ? unexpectedLine.exec(line.text)?.groups : undefined;
  if (!line || !groups) return [];
  return [failure({ tool, test: nameOf(groups.name ?? '', groups.path, ''), message: 'unexpected success' }, [line])];
}

/** The report is lost: what the verbose progress says. */
function inProgress(line: LogLine): Failure[] {
  const groups = progressLine.exec(line.text)?.groups;
  return groups ? [failure({ tool, test: nameOf(groups.name ?? '', groups.path, ''), message: 'failed' }, [line])] : [];
}
