// CTest's results, with or without the tests' output → one failure a failed test, told by whatever framework it used.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { catch2 } from './catch2.ts';
import { cmocka } from './cmocka.ts';
import { gtest } from './gtest.ts';
import { nativeCrash } from './native-crash.ts';
import { sanitizers } from './sanitizers.ts';
import { valgrind } from './valgrind.ts';

const tool = 'ctest';
const mostFailures = 100;
const frameworks = [gtest, catch2, cmocka];
const crashes = [sanitizers, valgrind, nativeCrash];

export const ctest: FailureParser = {
  tool,
  kind: 'test',
  signs: ['The following tests FAILED:', '***Failed', '***Exception', '***Timeout', '***Not Run'],
  find(lines) {
    const failed = listed(lines);
    const results = lines.flatMap((line, position) => resultIn(line, position) ?? []);
    // With `--repeat until-pass` a test may fail first: the last result counts, and the list at the end.
    const last = new Map(results.map((result) => [result.name, result]));
    const isFailed = ({ name, status }: Result) => status !== undefined && (!failed || failed.has(name));
    return [...last.values()]
      .filter(isFailed)
      .slice(0, mostFailures)
      .flatMap((result) => told(lines, result, failed?.get(result.name) ?? result.status ?? 'Failed'));
  },
};

function listed(lines: readonly LogLine[]): Map<string, string> | undefined {
  const start = lines.findLastIndex(({ text }) => text === 'The following tests FAILED:');
  if (start < 0) return undefined;
  const block = blockFrom(lines, start, ({ text }) => !/^\s+\d+ - /.test(text));
  return new Map(
    block.slice(1).flatMap(({ text }): [string, string][] => {
      const [, name, status] = /^\s+\d{1,6} - (\S.{0,1000}?) \(([^()]{1,100})\)/.exec(text) ?? [];
      return name && status ? [[name, status]] : [];
    }),
  );
}

interface Result {
  number: string;
  name: string;
  /** As printed after its stars; none where it passed. */
  status?: string;
  position: number;
}

/** `2/5 Test #2: crash .......***Exception: SegFault  0.00 sec`; a repetition is not counted. */
function resultIn({ text }: LogLine, position: number): Result | undefined {
  if (!text.includes(' Test ')) return undefined;
  const [, number, rest = ''] = /^\s*(?:\d{1,6}\/\d{1,6} )?Test +#(\d{1,6}): (\S.*)$/.exec(text) ?? [];
  const dots = rest.indexOf(' ..');
  if (!number || dots < 1 || !rest.includes(' sec')) return undefined;
  const stars = rest.indexOf('***', dots);
  const status = /^([A-Z][a-z]{2,15}(?: Run)?)(?:: ([A-Za-z]\w{0,40}))?/.exec(stars < 0 ? '' : rest.slice(stars + 3));
  const told = status ? [status[1], status[2]].filter(Boolean).join(': ') : undefined;
  return { number, name: rest.slice(0, dots), position, ...(told && told !== 'Skipped' ? { status: told } : {}) };
}

const boundary = /^\s*(?:(?:\d{1,6}\/\d{1,6} )?Test +#|Start +\d{1,6}: |\d{1,3}% tests passed|test \d{1,6}$)/;

/** Below the result; with `-V` above it, behind the test's number. */
function outputOf(lines: readonly LogLine[], { number, position, status }: Result): LogLine[] {
  const below = blockFrom(lines, position, ({ text }) => boundary.test(text)).slice(1);
  const prefix = `${number}: `;
  const above = lines.slice(0, position).flatMap((line) => {
    if (!line.text.startsWith(prefix)) return [];
    const text = line.text.slice(prefix.length);
    return /^(?:Test command|Working Directory|Test timeout)/.test(text) ? [] : [{ ...line, text }];
  });
  if (status !== 'Not Run') return [...above, ...below];
  const near = lines.slice(Math.max(0, position - 30), position);
  return [...near.filter(({ text }) => text.startsWith('Unable to find executable: ')).slice(-1), ...below];
}

function told(lines: readonly LogLine[], result: Result, status: string): Failure[] {
  const { name, position } = result;
  const line = lines[position];
  const output = outputOf(lines, result);
  if (!line) return [];
  const byFramework = frameworks.flatMap((parser) => parser.find(output));
  if (byFramework.length > 0) return byFramework;
  const crash = crashes.flatMap((parser) => parser.find(output)).slice(0, 1);
  if (crash[0])
    return [{ ...crash[0], test: name, at: { from: Math.min(line.number, crash[0].at.from), to: crash[0].at.to } }];
  const said = output.filter(({ text }) => text.trim() !== '').slice(-20);
  const message = [status, ...said.map(({ text }) => text.trimEnd())].join('\n');
  const block = [line, ...said].sort((a, b) => a.number - b.number);
  return [failure({ tool, test: name, type: status, message }, block)];
}
