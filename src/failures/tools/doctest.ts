// Python's doctest report → one failure an example that printed something else, or raised.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { pythonFrame } from '../stack-trace.ts';
import { pythonTraces } from './python-trace.ts';

const tool = 'doctest';
const rule = /^\*{70}$/;
const headings = /^(?:Failed example|Expected|Expected nothing|Got|Got nothing|Exception raised|Differences .*):?$/;

export const doctest: FailureParser = {
  tool,
  kind: 'test',
  signs: ['Failed example:'],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const where = line.text.startsWith('File "') ? pythonFrame(line.text) : undefined;
      const isExample = lines[position + 1]?.text === 'Failed example:' && rule.test(lines[position - 1]?.text ?? '');
      if (!where || !isExample) return [];
      const isOver = ({ text }: LogLine) => text !== '' && !/^\s/.test(text) && !headings.test(text);
      return [example(where, blockFrom(lines, position, isOver))];
    }),
};

function example(where: StackFrame, block: readonly LogLine[]): Failure {
  const below = (heading: string) => {
    const at = block.findIndex(({ text }) => text === heading);
    const body = at < 0 ? [] : blockFrom(block, at, ({ text }) => headings.test(text)).slice(1);
    return body.map((line) => ({ ...line, text: line.text.replace(/^ {4}/, '') }));
  };
  const text = (heading: string) =>
    below(heading)
      .map((line) => line.text)
      .join('\n');
  const { function: test, ...place } = where;
  const [raised] = pythonTraces(below('Exception raised:'), true);
  const [expected, actual] = [text('Expected:'), text('Got:')];
  return failure(
    {
      tool,
      ...(test ? { test } : {}),
      ...(raised?.type ? { type: raised.type } : {}),
      message: raised?.message ?? text('Failed example:'),
      ...(expected ? { expected } : {}),
      ...(actual ? { actual } : {}),
      ...place,
      frames: [...(raised?.frames ?? []).filter((frame) => !frame.file.startsWith('<')), where],
    },
    block,
  );
}
