// How a run of pytest can fail without a failed test: it could not start, broke, hung, ran nothing, or covered too little.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, pythonFrame } from '../stack-trace.ts';
import { pytestReport } from './pytest-report.ts';
import { pythonTraces } from './python-trace.ts';

const tool = 'pytest';

export function pytestEnds(lines: readonly LogLine[], failed: boolean): Failure[] {
  const found = [...internalErrors(lines), ...timeouts(lines), ...coverage(lines)];
  for (const position of lines.keys()) found.push(...usage(lines, position), ...conftest(lines, position));
  return failed || found.length > 0 ? found : nothingRun(lines);
}

function internalErrors(lines: readonly LogLine[]): Failure[] {
  const own = lines.filter((line) => line.text.startsWith('INTERNALERROR>'));
  const plain = own.map((line) => ({ ...line, text: line.text.replace(/^INTERNALERROR> ?/, '') }));
  return pythonTraces(plain).map(({ type, message, frames, from, to }) =>
    failure({ tool, ...(type ? { type } : {}), message, ...place(frames), frames }, plain.slice(from, to)),
  );
}

/** pytest-timeout's method `thread` shows every thread's stack and ends the process. */
function timeouts(lines: readonly LogLine[]): Failure[] {
  const isRule = (text: string) => /\+{10,} Timeout \+{10,}$/.test(text);
  const start = lines.findIndex(({ text }) => isRule(text));
  const end = lines.findIndex(({ text }, position) => position > start && isRule(text));
  const main = lines.findIndex(({ text }, position) => position > start && /^~+ Stack of MainThread /.test(text));
  if (start < 0 || main < 0 || end < main) return [];
  const frames = lines
    .slice(main, end)
    .map(({ text }) => pythonFrame(text))
    .filter((frame) => frame !== undefined)
    .reverse();
  const opened = /^(\S+\.py::.+?) \+{10,}/.exec(lines[start]?.text ?? '')?.[1];
  const test = frames.findLast((frame) => /^test/.test(frame.function ?? ''));
  const id = opened ?? (test && `${test.file}::${test.function}`);
  return [
    failure(
      { tool, ...(id ? { test: id } : {}), type: 'Timeout', message: 'Timeout', ...place(frames), frames },
      lines.slice(start, end + 1),
    ),
  ];
}

const notCovered = /^FAIL Required test coverage of (?<expected>\S+) not reached\. Total coverage: (?<actual>\S+)$/;
const coverageFailure =
  /^(?:ERROR: )?Coverage failure: total of (?<actual>\S+) is less than fail-under=(?<expected>\S+)$/;

function coverage(lines: readonly LogLine[]): Failure[] {
  const said = (pattern: RegExp) =>
    lines.flatMap((line) => {
      const { expected, actual } = pattern.exec(line.text)?.groups ?? {};
      const message = line.text.replace(/^(?:FAIL|ERROR:) /, '');
      return expected && actual ? [failure({ tool, message, expected, actual }, [line])] : [];
    });
  const required = said(notCovered);
  return required.length > 0 ? required : said(coverageFailure);
}

const notStarted =
  /^ERROR: (?:usage: .*|(?<message>(?:file or directory not found|not found|found no collectors for|module or package not found)\b.*|\S+\.(?:ini|cfg|toml):.*))$/;

function usage(lines: readonly LogLine[], position: number): Failure[] {
  const match = notStarted.exec(lines[position]?.text ?? '');
  if (!match) return [];
  const block = blockFrom(lines, position, ({ text, kind }) => text.trim() === '' || kind === 'error', 10);
  const wrong = block.findIndex(({ text }) => /^\S+: error: /.test(text));
  const said = match.groups?.message === undefined ? block.slice(wrong, wrong + 1) : block;
  const message = said.map(({ text }) => text.replace(/^(?:ERROR:|\S+: error:) /, '')).join('\n');
  const shown = said === block ? block : block.slice(0, wrong + 1);
  return message ? [failure({ tool, type: 'UsageError', message }, shown)] : [];
}

function conftest(lines: readonly LogLine[], position: number): Failure[] {
  const file = /^ImportError while loading conftest '(.+)'\.$/.exec(lines[position]?.text ?? '')?.[1];
  if (!file) return [];
  const isReport = /^(?:E(?: |$)|\s|\S.*:\d+: in )/;
  const block = blockFrom(lines, position, ({ text, kind }) => kind === 'error' || !isReport.test(text));
  const { frames, ...what } = pytestReport(block);
  return [failure({ tool, test: file, ...what, ...(place(frames) ?? { file }), frames }, block)];
}

const nothing = /^(?:=+ )?(?<message>no tests ran|\d+ deselected)(?:, \d+ warnings?)? in \d+\.\d+s/;
/** What a step prints after the command that ended it. */
const longestEnd = 10;

function nothingRun(lines: readonly LogLine[]): Failure[] {
  const at = lines.findLastIndex(({ text }) => nothing.test(text));
  const line = lines[at];
  if (!line || lines.slice(at + 1).filter(({ text }) => text.trim() !== '').length > longestEnd) return [];
  return [failure({ tool, message: nothing.exec(line.text)?.groups?.message ?? '' }, [line])];
}
