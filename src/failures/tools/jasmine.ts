// Jasmine's list under `Failures:` → one failure a failed spec or suite.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { thrownError } from '../thrown-error.ts';

const tool = 'jasmine';
const titleLine = /^(?:\d{1,7}\) (\S.*)|(?:Suite error: (\S.*))|(Top level suite))$/;
const consequence = 'Not run because a beforeAll function failed.';

export const jasmine: FailureParser = {
  tool,
  kind: 'test',
  signs: ['  Message:', '  Stack:'],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const [, spec, suite, top] = titleLine.exec(line.text) ?? [];
      const test = spec ?? suite ?? top;
      if (!test || lines[position + 1]?.text !== '  Message:') return [];
      const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || /^\S/.test(text));
      const found = specFailure(test, block);
      return found.message.startsWith(consequence) ? [] : [found];
    }),
};

/** Of several failed expectations the first. */
function specFailure(test: string, block: readonly LogLine[]): Failure {
  const texts = block.slice(2).map((line) => line.text.replace(/^ {4}/, ''));
  const second = texts.indexOf('  Message:');
  const first = second < 0 ? texts : texts.slice(0, second);
  const error = thrownError(first.filter((text) => text !== '  Stack:'));
  return failure({ tool, test, ...error, ...valuesOf(error.message) }, block);
}

export function valuesOf(message: string): { expected?: string; actual?: string } {
  const [, actual, expected] = /^Expected (.{1,1000}) to (?:be|equal) (.{1,1000})\.$/.exec(message) ?? [];
  return actual && expected ? { expected, actual } : {};
}
