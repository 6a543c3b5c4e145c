// Gradle's console output of a test task → the tests that failed, whatever framework they are written in.
import { blockFrom } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { headOf } from './java-trace.ts';
import type { TestReport } from './junit-report.ts';

export function gradleReports(lines: readonly LogLine[]): TestReport[] {
  const found = new Map<string, TestReport>();
  for (const [position, { text }] of lines.entries()) {
    if (!text.includes(' > ') || text.startsWith('>') || /^\s/.test(text)) continue;
    const [, printed = '', verdict] = /^(.+?) (FAILED|PASSED)$/.exec(text) ?? [];
    if (verdict === 'PASSED') found.delete(printed);
    if (verdict !== 'FAILED' || found.has(printed) || !isTest(printed, lines[position + 1]?.text ?? '')) continue;
    const block = blockFrom(lines, position, (line) => line.kind !== 'output' || isOutside(line.text));
    const texts = block.slice(1).map((line) => line.text.replace(/^(?: {4}|\t)/, ''));
    found.set(printed, { ...named(printed), block, texts: unfolded(texts) });
  }
  return [...found.values()];
}

/** All that belongs to a test is indented, its blank lines stand between. */
const isOutside = (text: string): boolean => text.trim() !== '' && !/^(?: {4}|\t)/.test(text);

/** A class's name before the test's, or an exception below: other tools write `a > b`, too. */
function isTest(printed: string, below: string): boolean {
  const isClass = /^(?:[a-z_][\w$]*\.)*[A-Z][\w$]*(?:\[[^\]]{1,100}\])? > /.test(printed);
  return (isClass && (below.trim() === '' || !isOutside(below))) || (!isOutside(below) && headOf(below) !== undefined);
}

/** `PriceTest > Discounts > half() `, `PriceTest > pairs(int, int) > [2] 1, 5`, `… > com.acme.PriceTest.pairs(int, int)[2]`. */
function named(printed: string): { owner: string; method?: string } {
  const parts = printed
    .split(' > ')
    .filter((part) => !/^(?:Gradle (?:suite|test|Test (?:Run|Executor).*))$/i.test(part));
  const last = parts.at(-1) ?? printed;
  const [, owner, method] = /^((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)\.(.+)$/.exec(last) ?? [];
  if (owner && method) return { owner, method: method.replace(/\(\)$/, '') };
  const call = parts.findIndex((part, index) => index > 0 && part.includes('('));
  const at = call > 0 ? call : Math.max(1, parts.length - 1);
  const test = parts.slice(at).join(' > ').replace(/\(\)$/, '');
  return { owner: parts.slice(0, at).join('$'), ...(test ? { method: test } : {}) };
}

/** Gradle puts a cause's exception on a line below its `Caused by:`. */
function unfolded(texts: readonly string[]): string[] {
  return texts.flatMap((text, index) => {
    if (/^\s*Caused by:$/.test(texts[index - 1] ?? '')) return [];
    return /^\s*Caused by:$/.test(text) ? [`Caused by: ${(texts[index + 1] ?? '').trim()}`] : [text];
  });
}
