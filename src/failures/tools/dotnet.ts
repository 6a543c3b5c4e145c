// Failed .NET tests as `dotnet test`, xUnit's runner and the testing platform print them → one failure a test.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { clrTrace, isClrFrame } from './clr-trace.ts';
import { clrValues } from './clr-values.ts';

const tool = 'dotnet';
const duration = String.raw`[<>]? ?[\d.,]+ ?(?:ms|s|m|h)(?: [\d.,]+ ?(?:ms|s|m))*`;
/** The adapter's form; `X` in SDK 3, without a duration in SDK 2. */
const adapterLine = new RegExp(String.raw`^ {0,2}(?:Failed|X) +(\S.{0,1000}?)(?: \[${duration}\])?$`);
const platformLine = new RegExp(String.raw`^failed (\S.{0,1000}?) \(${duration}\)$`);
const runnerLine = /^\s+(\S.{0,1000}) \[FAIL\]$/;
const runnerPrefix = /^\[xUnit\.net [\d:.]{1,20}\] ?/;
const sectionLine =
  /^ {0,2}(Error Message|Stack Trace|Standard Output Messages|Standard Error Messages|Debug Trace Messages|Attachments):?$/;

export const dotnet: FailureParser = {
  tool,
  kind: 'test',
  signs: ['Error Message:', '[FAIL]', '.dll (net', 'Test run summary: '],
  find(logLines) {
    const found = new Map<string, Failure>();
    for (const form of [adapter, platform]) addAll(found, logLines, form);
    const runner = logLines.map((line) => ({ ...line, text: line.text.replace(runnerPrefix, '') }));
    addAll(found, runner, xunitRunner);
    return [...found.values()];
  },
};

type Form = (lines: readonly LogLine[], position: number) => Failure | undefined;

/** A test that several of them report is one: what the adapter prints comes last, and whole. */
function addAll(found: Map<string, Failure>, lines: readonly LogLine[], form: Form): void {
  for (const position of lines.keys()) {
    const one = form(lines, position);
    if (one?.test && !found.has(one.test)) found.set(one.test, one);
  }
}

function adapter(lines: readonly LogLine[], position: number): Failure | undefined {
  const test = adapterLine.exec(lines[position]?.text ?? '')?.[1];
  if (!test || sectionLine.exec(lines[position + 1]?.text ?? '')?.[1] !== 'Error Message') return undefined;
  const block = blockFrom(lines, position, ({ text, kind }) => {
    const ends =
      kind !== 'output' || /^(?:\[xUnit\.net |Failed! |Passed! |Results File: |Total tests: |Test Run )/.test(text);
    return (
      ends ||
      /^ {0,2}(?:Failed|Passed|Skipped|X|V|!) +\S.*\[/.test(text) ||
      /^\s*(?:Standard|Debug) \w+ Messages:/.test(text)
    );
  });
  const texts = block.map(({ text }) => text);
  const trace = texts.findIndex((text) => sectionLine.exec(text)?.[1] === 'Stack Trace');
  const said = texts.slice(2, trace < 0 ? undefined : trace);
  const stack = trace < 0 ? [] : texts.slice(trace + 1);
  const kept = withoutRepeat(stack);
  return made(test, said, kept, trace < 0 ? block : block.slice(0, trace + 1 + kept.length));
}

function platform(lines: readonly LogLine[], position: number): Failure | undefined {
  const test = platformLine.exec(lines[position]?.text ?? '')?.[1];
  if (!test || !/^ {2,}\S/.test(lines[position + 1]?.text ?? '')) return undefined;
  return indented(
    lines,
    position,
    test,
    (text) => /^\S/.test(text) || /^ {2}(?:Standard (?:output|error)):?/.test(text),
  );
}

function xunitRunner(lines: readonly LogLine[], position: number): Failure | undefined {
  const text = lines[position]?.text ?? '';
  const test = runnerLine.exec(text)?.[1];
  if (!test) return undefined;
  const depth = text.search(/\S/);
  return indented(lines, position, test, (next) => next.trim() !== '' && next.search(/\S/) <= depth);
}

function indented(
  lines: readonly LogLine[],
  position: number,
  test: string,
  isOutside: (text: string) => boolean,
): Failure {
  const block = blockFrom(
    lines,
    position,
    (line) => line.kind !== 'output' || isOutside(line.text) || /^\s+Output:$/.test(line.text),
  );
  const all = block.slice(1).map((line) => line.text);
  // The testing platform says it, then where the test is from, then says it again with the trace.
  const texts = all.slice(all.findIndex((line) => /^\s+from \S.*\.(?:dll|exe)\b/.test(line)) + 1);
  const trace = texts.findIndex((line) => isClrFrame(line) || line.trim() === 'Stack Trace:');
  const depth = Math.max(0, texts[0]?.search(/\S/) ?? 0);
  const said = texts.slice(0, trace < 0 ? undefined : trace).map((line) => line.slice(depth));
  return made(test, said, trace < 0 ? [] : withoutRepeat(texts.slice(trace)), block);
}

function made(test: string, said: readonly string[], stack: readonly string[], block: readonly LogLine[]): Failure {
  const trace = clrTrace(said, stack, test);
  return failure({ tool, test, ...trace, ...clrValues(said.join('\n')) }, block);
}

/** NUnit repeats the stack below a number. */
function withoutRepeat(stack: readonly string[]): string[] {
  const repeated = stack.findIndex((text) => /^\s*\d+\) {2,}at /.test(text));
  const kept = repeated < 0 ? stack : stack.slice(0, repeated);
  return kept.slice(0, kept.findLastIndex((text) => text.trim() !== '') + 1);
}
