// What JUnit's own launchers print, JUnit 4's runner (Bazel's, too) and JUnit 5's console → the tests that failed.
import { blockFrom } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { namesOf, type TestReport } from './junit-report.ts';

const numbered = /^\d{1,6}\) ([^()]{1,300})\(([\w.$]+)\)$/;
const source = /^\s+(?:Method|Class)Source \[className = '([^']{1,300})'(?:, methodName = '([^']{1,300})')?/;

export function launcherReports(lines: readonly LogLine[]): TestReport[] {
  const found: TestReport[] = [];
  let isList = false;
  for (const [position, { text }] of lines.entries()) {
    if (/^There (?:was 1 failure|were \d+ failures):$/.test(text)) isList = true;
    else if (text === 'FAILURES!!!') isList = false;
    const [, method, owner] = isList ? (numbered.exec(text) ?? []) : [];
    if (method && owner) {
      const block = blockFrom(
        lines,
        position,
        (line) => numbered.test(line.text) || /^(?:FAILURES!!!)$/.test(line.text),
      );
      found.push({ ...namesOf(`${method}(${owner})`), block, texts: block.slice(1).map((line) => line.text) });
    }
    const console = source.exec(text);
    if (console?.[1]) found.push(...consoleReport(lines, position, console[1], console[2]));
  }
  return found;
}

/** Frames stand without their `at`; the test's name in its own line above. */
function consoleReport(lines: readonly LogLine[], position: number, owner: string, method?: string): TestReport[] {
  if (!/^\s+=> /.test(lines[position + 1]?.text ?? '')) return [];
  const block = blockFrom(lines, position - 1, ({ text }, at) => at > position && /^(?: {0,2}\S|$)/.test(text));
  const texts = block
    .slice(2)
    .map(({ text }) => text.replace(/^ {4}(?:=> | {3})/, ''))
    .map((text) => (/^\s*[\w.$/@<>-]+\([^()]+\)$/.test(text) ? `\tat ${text.trim()}` : text));
  return [{ owner, ...(method ? { method } : {}), block, texts }];
}
