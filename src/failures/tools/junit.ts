// Failed tests as Maven Surefire, Gradle and Ant report them → one failure a test.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { traced } from './java.ts';

const tool = 'junit';
const surefireLine =
  /^\[ERROR\] +(?:(\w[\w$]*)\(([\w.$]+)\)|([\w.$]+)\.(\w[\w$]*)(?:\(.*?\))?(?:\[\d+\])?) .*(?:<<< (?:FAILURE|ERROR)!)/;
const gradleLine = /^([\w.$]+) > (?:.+ > )?(.+?)(?:\(\))? FAILED$/;
const antLine = /^Testcase: (\S+)(?:\([\w.$]+\))? took /;

export const junit: FailureParser = {
  tool,
  kind: 'test',
  signs: [],
  find(logLines) {
    const lines = logLines.map(withoutAnt);
    const found = new Map<string, Failure>();
    let suite = '';
    for (const [position, line] of lines.entries()) {
      suite = /^Testsuite: (\S+)/.exec(line.text)?.[1] ?? suite;
      const isAnt = antLine.test(line.text) && /Caused an ERROR|FAILED/.test(lines[position + 1]?.text ?? '');
      const test = isAnt ? `${suite}.${antLine.exec(line.text)?.[1]}` : testIn(line.text);
      if (!test || found.has(test)) continue;
      const block = blockFrom(lines, position, (next) => endsTest(next, gradleLine.test(line.text)));
      found.set(test, failure({ tool, test, ...traced(block.slice(isAnt ? 2 : 1)) }, block));
    }
    return [...found.values()];
  },
};

/** Ant puts the task's name before every line. */
const withoutAnt = (line: LogLine): LogLine =>
  line.text.includes('[junit] ') ? { ...line, text: line.text.replace(/^\s*\[junit\] /, '') } : line;

function endsTest({ text, kind }: LogLine, isGradle: boolean): boolean {
  const starts = /^(?:\[(?:INFO|WARNING|ERROR)\] |> Task |FAILURE: |BUILD FAILED|Test(?:case|suite): )/.test(text);
  return kind !== 'output' || starts || testIn(text) !== undefined || (isGradle && text.trim() === '');
}

function testIn(text: string): string | undefined {
  if (text.startsWith('[ERROR]')) {
    const [, method, owner, path, name] = surefireLine.exec(text) ?? [];
    return method ? `${owner}.${method}` : path && name ? `${path}.${name}` : undefined;
  }
  if (!text.endsWith(' FAILED')) return undefined;
  const [, owner, name] = gradleLine.exec(text) ?? [];
  if (!owner || !name || !/(?:^|\.)[A-Z]/.test(owner)) return undefined;
  return name.startsWith(`${owner}.`) || name.includes(`.${owner}.`) ? name : `${owner}.${name}`;
}
