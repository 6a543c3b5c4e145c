// Mocha's list of failures under `N failing` → one failure a failed test or hook.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, v8Frames } from '../stack-trace.ts';

const tool = 'mocha';
const numbered = /^ {2}\d+\) (.+)$/;

export const mocha: FailureParser = {
  tool,
  kind: 'test',
  signs: [],
  find(lines) {
    const start = lines.findIndex((line) => /^ {2}\d+ failing$/.test(line.text));
    if (start < 0) return [];
    const found: Failure[] = [];
    for (let position = start + 1; position < lines.length; position += 1) {
      const line = lines[position];
      if (line?.kind !== 'output' || /^(?:npm ERR!|npm error|error Command failed)/.test(line.text)) break;
      if (!numbered.test(line.text)) continue;
      const block = blockFrom(
        lines,
        position,
        ({ text, kind }) => kind !== 'output' || numbered.test(text) || /^\S/.test(text),
      );
      found.push(testFailure(block));
    }
    return found;
  },
};

/** The titles, one deeper than the other, end in a colon; the error follows. */
function testFailure(block: readonly LogLine[]): Failure {
  const colon = Math.max(
    0,
    block.findIndex((line) => line.text.endsWith(':')),
  );
  const test = block
    .slice(0, colon + 1)
    .map((line) => line.text.trim().replace(/^\d+\) /, ''))
    .join(' ')
    .replace(/:$/, '');
  const texts = block.slice(colon + 1).map((line) => line.text.replace(/^ {5}/, ''));
  const end = texts.findIndex((text) => /^\s*at \S|^\s*\+ expected - actual/.test(text));
  const message = texts
    .slice(0, end < 0 ? texts.length : end)
    .join('\n')
    .trim();
  const frames = v8Frames(texts);
  const side = (sign: '+' | '-') =>
    texts
      .filter((text) => new RegExp(`^ *\\${sign}(?! expected)`).test(text))
      .map((text) => text.trim().slice(1).trim())
      .join('\n');
  const [expected, actual] = [side('+'), side('-')];
  return failure(
    {
      tool,
      test,
      ...typed(message),
      ...(expected ? { expected } : {}),
      ...(actual ? { actual } : {}),
      ...place(frames),
      frames,
    },
    block,
  );
}
