// cmocka → one failure a failed test.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'cmocka';

export const cmocka: FailureParser = {
  tool,
  kind: 'test',
  signs: ['[   LINE   ] --- '],
  find(lines) {
    let start = 0;
    return lines.flatMap((line, position) => {
      if (line.text.startsWith('[ RUN      ] ')) start = position + 1;
      const test = /^\[ {2}FAILED {2}\] (\S{1,500})$/.exec(line.text)?.[1];
      const found = test ? testFailure(test, lines.slice(Math.max(start, position - 100), position + 1)) : undefined;
      return found ? [found] : [];
    });
  },
};

function testFailure(test: string, block: readonly LogLine[]): Failure | undefined {
  const told = block.findIndex(({ text }) => /^\[ {2}ERROR {3}\] --- /.test(text));
  const place = block
    .map(({ text }) => /^\[ {3}LINE {3}\] --- (\S{1,1000}):(\d{1,9}): error: /.exec(text))
    .find((match) => match !== null);
  // The summary names every failed test again.
  if (!place?.[1] || told < 0) return undefined;
  const said = block.flatMap(({ text }) => /^\[ {2}ERROR {3}\] --- (.*)$/.exec(text)?.[1] ?? []);
  const [, actual, expected] = /^(.{1,1000}) != (.{1,1000})$/.exec(said[0] ?? '') ?? [];
  const values = actual && expected ? { actual, expected } : {};
  const where = { file: place[1], line: Number(place[2]) };
  return failure({ tool, test, message: said.join('\n') || 'failed', ...values, ...where }, block.slice(told));
}
