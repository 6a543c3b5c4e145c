// `cargo test` → one failure a failed test, in what it printed or in its process's end.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { nextestFailures } from './nextest.ts';
import { panicAt, type RustPanic, rooted } from './rust-panic.ts';
import { rustcErrors } from './rustc.ts';

const tool = 'cargo';

export const cargo: FailureParser = {
  tool,
  kind: 'test',
  signs: [
    ' stdout ----',
    ' ... FAILED',
    'test result: FAILED',
    'to rerun pass `',
    ' FAIL [',
    ' SIGABRT [',
    ' TIMEOUT [',
  ],
  find: (lines) => [...runsIn(lines).flatMap(failuresOf), ...nextestFailures(lines)],
};

/** From `running 3 tests` to `test result: FAILED.`, or to the end of a process that did not come so far. */
interface Run {
  lines: readonly LogLine[];
  /** An integration test's. */
  file?: string;
}

const resultLine = /^test result: (ok|FAILED)\. /;

function runsIn(lines: readonly LogLine[]): Run[] {
  const runs: Run[] = [];
  let start = -1;
  let file: string | undefined;
  for (const [position, { text }] of lines.entries()) {
    const running = /^\s+Running (?:unittests )?(\S+\.rs) \(/.exec(text);
    if (running) file = text.includes('unittests ') ? undefined : running[1];
    if (/^running \d+ tests?$/.test(text)) start = position;
    const isDead = start >= 0 && /^error: (?:test failed|doctest failed|\d+ targets? failed|bench failed)/.test(text);
    const result = resultLine.exec(text)?.[1];
    if (start < 0 || (!result && !isDead)) continue;
    const end = isDead
      ? position + blockFrom(lines, position, (line) => line.kind !== 'output', 4).length
      : position + 1;
    if (result !== 'ok') runs.push({ lines: lines.slice(start, end), ...(file ? { file } : {}) });
    start = -1;
  }
  return runs;
}

const sectionLine = /^---- (\S.{0,1000}) std(?:out|err) ----$/;
const failedLine = /^test (\S.{0,1000}?)(?: - should panic)? \.\.\. (?:.*)FAILED$/;

function failuresOf({ lines, file }: Run): Failure[] {
  const found = new Map<string, Failure>();
  let isOfFailures = false;
  for (const [position, line] of lines.entries()) {
    if (/^(?:failures|successes):$/.test(line.text)) isOfFailures = line.text === 'failures:';
    const test = isOfFailures ? sectionLine.exec(line.text)?.[1] : undefined;
    if (!test) continue;
    const block = blockFrom(
      lines,
      position,
      ({ text }) => sectionLine.test(text) || /^(?:failures:|test result: )/.test(text),
    );
    found.set(test, sectionFailure(test, block, file));
  }
  for (const [position, line] of lines.entries()) {
    const test = failedLine.exec(line.text)?.[1];
    if (test && !found.has(test)) found.set(test, uncaptured(lines, test, position));
  }
  return found.size > 0 ? [...found.values()] : died(lines);
}

function sectionFailure(test: string, block: readonly LogLine[], file: string | undefined): Failure {
  const panics = panicsIn(block);
  const panic = panics.find(({ thread }) => thread === test) ?? panics.at(-1);
  const root = panic?.failure.message.includes('Any { .. }') ? (panics[0] ?? panic) : panic;
  const from = block[0]?.number ?? 1;
  const unmatched =
    root && block.findIndex(({ text }) => text.startsWith('note: panic did not contain expected string'));
  if (root && unmatched !== undefined && unmatched >= 0) return wrongPanic(test, root.failure, block, unmatched);
  if (root) return { ...root.failure, tool, test, at: { from, to: root.failure.at.to } };
  const [compiled] = rustcErrors(block);
  if (compiled) return { ...compiled, tool, test, at: { from, to: compiled.at.to } };
  return failure({ tool, test, ...documented(test), ...(file ? { file } : {}), ...returned(block) }, block);
}

/** A documentation test is named after its place. */
function documented(test: string): { file?: string; line?: number } {
  const [, file, line] = /^(\S{1,1000}\.(?:rs|md)) - .{0,500}\(line (\d{1,9})\)$/.exec(test) ?? [];
  return file && Number(line) > 0 ? { file, line: Number(line) } : {};
}

function wrongPanic(test: string, panic: Failure, block: readonly LogLine[], position: number): Failure {
  const texts = block.slice(position, position + 3).map(({ text }) => text);
  const value = (name: string) =>
    texts
      .find((text) => text.includes(name))
      ?.split(name)[1]
      ?.trim()
      .replace(/^`?"|"`?,?$/g, '');
  const [actual, expected] = [value('panic message: '), value('expected substring: ')];
  const values = { ...(actual ? { actual } : {}), ...(expected ? { expected } : {}) };
  const { at: _, ...told } = panic;
  const message = `panic did not contain expected string\nraised as panic: ${panic.message}`;
  return failure({ ...told, ...values, tool, test, message }, block.slice(0, position + 3));
}

/** `Error: …` is what the test returned; `note: test did not panic as expected at src/price.rs:41:8`. */
function returned(block: readonly LogLine[]): Pick<Failure, 'message'> & Partial<Failure> {
  const texts = block.slice(1).map(({ text }) => text);
  const calm = texts.find((text) => text.startsWith('note: test did not panic as expected'));
  if (calm) {
    const [, file, line, column] = / at (\S{1,1000}):(\d{1,9}):(\d{1,9})$/.exec(calm) ?? [];
    return {
      message: calm.slice('note: '.length),
      ...(file ? { file, line: Number(line), column: Number(column) } : {}),
    };
  }
  const start = texts.findIndex((text) => text.startsWith('Error: '));
  if (start < 0)
    return {
      message:
        texts
          .map((text) => text.trimEnd())
          .join('\n')
          .trim()
          .slice(-2_000) || 'FAILED',
    };
  const { message } = rooted(texts.slice(start).join('\n').slice('Error: '.length).trim());
  const type = /^([A-Z]\w{0,80}Error)\b/.exec(message)?.[1];
  return { message, ...(type ? { type } : {}) };
}

function panicsIn(lines: readonly LogLine[]): RustPanic[] {
  return lines.flatMap((_, position) => panicAt(lines, position) ?? []);
}

/** With `--nocapture` a test's panic stands above its result, under its name or, on a single thread, under `main`. */
function uncaptured(lines: readonly LogLine[], test: string, position: number): Failure {
  const line = lines[position];
  const panics = panicsIn(lines.slice(Math.max(0, position - 2_000), position + 30));
  const panic = panics.findLast(({ thread }) => thread === test) ?? panics.findLast(({ thread }) => thread === 'main');
  return panic ? { ...panic.failure, tool, test } : failure({ tool, test, message: 'FAILED' }, line ? [line] : []);
}

/** `(signal: 6, SIGABRT: process abort signal)`: what was said last tells why. */
function died(lines: readonly LogLine[]): Failure[] {
  const end = lines.findLastIndex(({ text }) => text.startsWith("  process didn't exit successfully: "));
  const ended = /\(([^()]{1,300})\)$/.exec(lines[end]?.text ?? '')?.[1];
  if (!ended) return [];
  const panic = panicsIn(lines).at(-1);
  const said = lines.findIndex(({ text }) =>
    /^fatal runtime error: |has overflowed its stack$|^memory allocation of \d+ bytes failed|^thread caused non-unwinding panic/.test(
      text,
    ),
  );
  const texts =
    said < 0 ? [] : lines.slice(said, said + 2).flatMap(({ text }) => (/^(?:error|Caused)/.test(text) ? [] : text));
  const test = panic?.thread ?? /^thread '([^']{1,500})'/.exec(lines[said]?.text ?? '')?.[1];
  const { at: _, ...told } = panic?.failure ?? { at: undefined, tool, message: '' };
  const message = [told.message, ...texts, ended].filter((text) => text !== '').join('\n');
  const from = panic ? lines.findIndex(({ number }) => number === panic.failure.at.from) : said;
  return [
    failure(
      { ...told, tool, ...(test && test !== 'main' ? { test } : {}), message },
      lines.slice(from < 0 ? end : from, end + 1),
    ),
  ];
}
