// GoogleTest → one failure a failed test, its first assertion's place and values, or the crash that ended it.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { nativeCrash } from './native-crash.ts';
import { sanitizers } from './sanitizers.ts';

const tool = 'gtest';

export const gtest: FailureParser = {
  tool,
  kind: 'test',
  signs: ['[  FAILED  ] ', '[ RUN      ] '],
  find(lines) {
    const found: Failure[] = [];
    let start = 0;
    let running: string | undefined;
    for (const [position, { text }] of lines.entries()) {
      const mark = /^\[( RUN {6}| {2}FAILED {2}| {7}OK | {2}PASSED {2}| {2}SKIPPED |[-=]{10})\] ?(.*)$/.exec(text);
      if (!mark) continue;
      const [, kind = '', said = ''] = mark;
      if (kind.startsWith('  FAILED')) {
        const failed = /^(\S{1,1000}?)(?:, where .{1,4000})? \(\d{1,9} ms\)$/.exec(said)?.[1];
        if (failed) found.push(testFailure(failed, lines.slice(start, position + 1)));
        else if (running && said !== running) continue;
      }
      running = kind.startsWith(' RUN') ? said : undefined;
      start = position + 1;
    }
    return [...found, ...(running ? ended(running, lines.slice(start - 1)) : [])];
  },
};

const placeLine =
  /^(?:([^:()]{1,1000}(?::\\[^:()]{1,1000})?)(?::(\d{1,9}): Failure|\((\d{1,9})\): error: ?(.*))|unknown file: (?:Failure|error: ?.*))$/;

function testFailure(test: string, block: readonly LogLine[]): Failure {
  const places = block.flatMap((line, position) => (placeLine.test(line.text) ? [position] : []));
  const start = places[0] ?? block.length - 1;
  const [, file, unix, windows, inline = ''] = placeLine.exec(block[start]?.text ?? '') ?? [];
  const parts = places.map((place, index) =>
    block.slice(place + 1, places[index + 1] ?? block.length - 1).map(({ text }) => text),
  );
  const first = [...(inline ? [inline] : []), ...(parts[0] ?? [])];
  const message = [first, ...parts.slice(1)].map((texts) => texts.join('\n').trim()).join('\n');
  const line = Number(unix ?? windows);
  const type = /^(?:Unknown )?C\+\+ exception/.exec(first[0] ?? '')?.[0];
  return failure(
    {
      tool,
      test,
      ...(type ? { type } : {}),
      message: message || 'failed',
      ...values(first),
      ...(file && line > 0 ? { file, line } : {}),
    },
    block.slice(start),
  );
}

/** Of two that should be equal the literal one is what was expected; of two computed ones the second, by convention. */
function values(texts: readonly string[]): { expected?: string; actual?: string } {
  if (/^Expected equality of these values:$/.test(texts[0] ?? '')) {
    const sides: { text: string; value?: string }[] = [];
    for (const text of texts.slice(1)) {
      const value = /^ {4}(?:Which is|As Text): (.*)$/.exec(text)?.[1];
      const last = sides.at(-1);
      if (value !== undefined && last) last.value = value;
      else if (/^ {2}\S/.test(text) && sides.length < 2) sides.push({ text: text.trim() });
      else if (!/^ {4}/.test(text)) break;
    }
    const [left, right] = sides;
    if (!left || !right) return {};
    const isReversed = isLiteral(left.text) && !isLiteral(right.text);
    const [actual, expected] = (isReversed ? [right, left] : [left, right]).map((side) => side.value ?? side.text);
    return { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
  }
  const inline = /^Expected: (.{1,2000}), actual: (.{1,2000})$/.exec(texts[0] ?? '');
  if (inline?.[1] && inline[2]) return { expected: inline[1], actual: inline[2] };
  const named = (name: RegExp) =>
    texts
      .slice(0, 30)
      .map((text) => name.exec(text)?.[1])
      .find((value) => value !== undefined);
  const [expected, actual] = [named(/^\s*Expected: (.+)$/), named(/^\s*Actual: (.+)$/)];
  return expected && actual ? { expected, actual } : {};
}

const isLiteral = (text: string): boolean => /^(?:-?\d|"|'|true$|false$|nullptr$|NULL$)/.test(text);

/** A test that is running when its process dies. */
function ended(test: string, lines: readonly LogLine[]): Failure[] {
  const [run] = lines;
  const end = lines.findIndex(
    ({ text, kind }, index) => index > 0 && (kind === 'error' || /^\d{1,6}\/\d{1,6} Test +#/.test(text)),
  );
  const block = lines.slice(0, end < 0 ? undefined : end);
  const [crash] = [...sanitizers.find(block), ...nativeCrash.find(block)];
  if (crash && run) return [{ ...crash, test, at: { from: run.number, to: crash.at.to } }];
  const isOver = end > 0 && end < 10;
  return run && isOver
    ? [
        failure(
          { tool, test, message: 'ended without a result' },
          block.filter(({ text }) => text !== ''),
        ),
      ]
    : [];
}
