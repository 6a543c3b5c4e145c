// The report of node:test, as `spec`, `dot` or TAP → one failure a failed test.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, v8Frame, v8Frames } from '../stack-trace.ts';
import { node } from './node.ts';
import { tapFailures } from './tap.ts';

const tool = 'node:test';
const sectionLine = /^\s*(?:✖ failing tests|Failed tests):$/;
const titleLine = /^✖ (.+)$/;
const duration = / \((?:\d[\d.]*)m?s\)(?: # .*)?$/;
const endLine = /^test at (.+)$|^[✖⚠ℹ▶] /;

export const nodeTest: FailureParser = {
  tool,
  kind: 'test',
  signs: [],
  find(lines) {
    const found: Failure[] = tapFailures(tool, lines);
    let inSection = false;
    for (const [position, { text }] of lines.entries()) {
      if (sectionLine.test(text)) inSection = true;
      else if (inSection && titleLine.test(text)) found.push(testFailure(lines, position));
      else if (inSection && /^(?:##\[|ℹ |▶ |# tests |npm (?:ERR|error))/.test(text)) inSection = false;
    }
    const crashes = found.some((one) => one.message === 'test failed') ? crashesIn(lines) : [];
    return found.filter(({ message }) => !/^\d+ subtests? failed$/.test(message)).map((one) => fromCrash(one, crashes));
  },
};

function testFailure(lines: readonly LogLine[], position: number): Failure {
  const above = lines[position - 1];
  const location = /^test at (.+)$/.exec(above?.text ?? '')?.[1];
  const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || endLine.test(text));
  // A name may have several lines; the one with the duration ends it.
  const last = block.findIndex((line) => duration.test(line.text));
  const title = block.slice(0, Math.max(0, last) + 1).map((line) => line.text);
  const name = title.join('\n').replace(/^✖ /, '').replace(duration, '');
  const details = block.slice(title.length).map((line) => line.text.replace(/^ {2}/, ''));
  const { said, frames } = errorIn(details);
  const at = location ? v8Frame(location) : undefined;
  const where = place(frames) ?? at ?? (/\.[cm]?[jt]sx?$/.test(name) ? { file: name } : {});
  const shown = location && above ? [above, ...block] : block;
  return failure({ tool, test: name, ...typed(said), ...values(details), ...where, frames }, shown);
}

/** The deepest cause is the root; its frames come first. */
function errorIn(details: readonly string[]): { said: string; frames: StackFrame[] } {
  const cause = details.findLastIndex((text) => /^\s*\[cause\]: /.test(text));
  if (cause >= 0) {
    const frames = [...v8Frames(details.slice(cause)), ...v8Frames(details.slice(0, cause))];
    return { said: (details[cause] ?? '').replace(/^\s*\[cause\]: /, ''), frames };
  }
  const first = details.findIndex((text) => /^\s*at \S/.test(text));
  const said = details
    .slice(0, first < 0 ? details.length : first)
    .join('\n')
    .trim();
  return { said: said.replace(/^'(.*)'$/, '$1'), frames: v8Frames(details) };
}

/** node prints `actual:` and `expected:` as it inspects values. */
function values(details: readonly string[]): { expected?: string; actual?: string } {
  const named = (name: string) => {
    const line = details.find((text) => text.trimStart().startsWith(`${name}: `));
    return line
      ?.trim()
      .slice(name.length + 2)
      .replace(/,$/, '');
  };
  const [expected, actual] = [named('expected'), named('actual')];
  if (expected === undefined || actual === undefined || (expected === 'undefined' && actual === 'undefined')) return {};
  return { expected, actual };
}

/** A file that crashed is reported as `test failed`; what it printed before says why. */
function fromCrash(one: Failure, crashes: readonly Failure[]): Failure {
  if (one.message !== 'test failed' || !one.test) return one;
  const file = one.test.split(/[\\/]/).at(-1) ?? one.test;
  const crash = crashes.find(
    ({ at, message, frames }) =>
      at.to < one.at.from && [message, ...frames.map((frame) => frame.file)].some((text) => text.includes(file)),
  );
  if (!crash) return one;
  const { type, message, frames } = crash;
  const where = place(frames);
  return {
    ...one,
    ...(type ? { type } : {}),
    message,
    frames,
    ...(where && !where.file?.startsWith('node:') ? where : {}),
  };
}

/** TAP carries a test's own output as comments. */
const crashesIn = (lines: readonly LogLine[]): Failure[] =>
  node.find(lines.map((line) => ({ ...line, text: line.text.replace(/^# ?/, '') }))).slice(0, 100);
