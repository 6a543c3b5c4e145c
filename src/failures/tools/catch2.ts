// Catch2 and doctest's console reports → one failure an assertion that failed.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'catch2';

export const catch2: FailureParser = {
  tool,
  kind: 'test',
  signs: [': FAILED:', '): FAILED:'],
  find(lines) {
    const found: Failure[] = [];
    let title: string[] = [];
    for (const [position, line] of lines.entries()) {
      if (/^-{70,}$/.test(line.text)) title = titleBelow(lines, position) ?? title;
      const [, file, unix, windows] = failedLine.exec(line.text) ?? [];
      if (!file || title.length === 0) continue;
      const block = blockFrom(lines, position, ({ text }) => /^[-=.~]{70,}$/.test(text) || failedLine.test(text), 60);
      found.push(assertion(title.join(' / '), file, Number(unix ?? windows), block));
    }
    return found;
  },
};

const failedLine = /^([^:()]{1,1000})(?::(\d{1,9})|\((\d{1,9})\)): FAILED:$/;

/** Between two rules: the test case, and its sections indented below. */
function titleBelow(lines: readonly LogLine[], position: number): string[] | undefined {
  const ahead = lines.slice(position + 1, position + 20).map(({ text }) => text);
  const end = ahead.findIndex((text) => /^-{70,}$/.test(text));
  return end > 0 && /(?::\d{1,9}|\(\d{1,9}\))$/.test(ahead[end + 1] ?? '')
    ? ahead.slice(0, end).map((text) => text.trim())
    : undefined;
}

function assertion(test: string, file: string, line: number, block: readonly LogLine[]): Failure {
  const texts = block.slice(1).map(({ text }) => text);
  const expansion = texts.indexOf('with expansion:');
  const expanded = expansion < 0 ? '' : (texts[expansion + 1] ?? '').trim();
  const [, actual, expected] = /^([^!].{0,500}) == (.{1,500})$/.exec(expanded) ?? [];
  const message = texts
    .filter((text) => text.trim() !== '')
    .map((text) => text.trim())
    .join('\n');
  const type = /^due to (?:unexpected exception|a fatal error condition)/
    .exec(texts[0]?.trim() ?? '')?.[0]
    .replace('due to ', '')
    .replace('a ', '');
  const values = { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
  return failure({ tool, test, ...(type ? { type } : {}), message, ...values, file, line }, block);
}
