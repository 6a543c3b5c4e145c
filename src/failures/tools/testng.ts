// TestNG's own console output → one failure a test; below Maven and Gradle it looks like JUnit.
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import { headOf, isFrame, javaTrace } from './java-trace.ts';
import { javaValues } from './java-values.ts';

const tool = 'testng';
const opens = /^FAILED(?: CONFIGURATION)?: (?:@\w+ )?(\S.{0,500})$/;

export const testng: FailureParser = {
  tool,
  kind: 'test',
  signs: ['FAILED: ', 'FAILED CONFIGURATION: '],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const printed = opens.exec(line.text)?.[1];
      if (!printed || headOf(lines[position + 1]?.text ?? '') === undefined) return [];
      const block = blockFrom(
        lines,
        position,
        ({ text, kind }) =>
          kind !== 'output' || /^(?:(?:PASSED|FAILED|SKIPPED)(?: CONFIGURATION)?: |={10,})/.test(text),
      );
      const texts = block.slice(1).map(({ text }) => text);
      if (!texts.some(isFrame)) return [];
      const method = printed.replace(/\(.*\)$/, '');
      const name = method.split('.').at(-1) ?? method;
      const frames = javaTrace(texts).frames.map((frame) => frame.function ?? '');
      const owner = frames.find((frame) => frame.endsWith(`.${name}`))?.slice(0, -name.length - 1) ?? '';
      const { said, ...trace } = javaTrace(texts, { owner, method: name });
      const test = owner === '' || method.includes('.') ? printed : `${owner}.${printed}`;
      return [failure({ tool, test, ...trace, ...javaValues(said) }, block)];
    }),
};
