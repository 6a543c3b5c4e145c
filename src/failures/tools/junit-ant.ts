// The console output of Ant's junit and junitlauncher tasks, plain and brief → the tests that failed.
import { blockFrom } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isCause, isFrame } from './java-trace.ts';
import { namesOf, type TestReport } from './junit-report.ts';

const testcase = /^Testcase: (.+?)(?: took [\d.,]+ (?:milli )?sec|:)?(\s(?:FAILED|Caused an ERROR))?$/;
const verdict = /^\s+(?:FAILED|Caused an ERROR)$/;

export function antReports(logLines: readonly LogLine[]): TestReport[] {
  if (!logLines.some(({ text }) => text.includes('Testcase: '))) return [];
  const lines = logLines.map(withoutTask);
  const found: TestReport[] = [];
  let suite = '';
  for (const [position, { text }] of lines.entries()) {
    suite = /^Testsuite: (\S+)/.exec(text)?.[1] ?? suite;
    const [, name, here] = testcase.exec(text) ?? [];
    if (!name || !(here || verdict.test(lines[position + 1]?.text ?? ''))) continue;
    const block = blockOf(lines, position);
    const texts = block.slice(here ? 1 : 2).map((line) => line.text);
    found.push({ ...namesOf(name.replace(/\(\)$/, ''), suite), block, texts: withoutEcho(texts) });
  }
  return found;
}

/** Ant puts the task's name before every line. */
const withoutTask = (line: LogLine): LogLine =>
  line.text.includes('[junit') ? { ...line, text: line.text.replace(/^\s*\[junit(?:launcher)?\] ?/, '') } : line;

function blockOf(lines: readonly LogLine[], position: number): LogLine[] {
  let isTraced = false;
  return blockFrom(lines, position, ({ text, kind }) => {
    if (kind !== 'output' || /^(?:Test(?:case|suite): |Tests run: |BUILD |TEST \S+ FAILED)/.test(text)) return true;
    if (isTraced && text.trim() === '') return true;
    isTraced ||= isFrame(text) || isCause(text);
    return false;
  });
}

/** The message is printed by itself, and again with its exception: the exception counts. */
function withoutEcho(texts: readonly string[]): string[] {
  const head = texts.findIndex((text) => /^(?:[a-z_][\w$]*\.)+[A-Z][\w$.]*(?::|$)/.test(text));
  return texts.slice(Math.max(0, head));
}
