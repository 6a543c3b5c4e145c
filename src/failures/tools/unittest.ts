// The reports of Python's unittest, and of the runners that print like it (Django, nose) → one failure a failed test.
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';
import { python } from './python.ts';

const tool = 'unittest';
const titleLine = /^(?:FAIL|ERROR): (\S+)(?: \(([^()\s]+)\))?(.*)$/;

export const unittest: FailureParser = {
  tool,
  kind: 'test',
  signs: [],
  find(lines) {
    return lines.flatMap((line, position) => {
      if (!/^(?:FAIL|ERROR): /.test(line.text) || !/^={20,}$/.test(lines[position - 1]?.text ?? '')) return [];
      const title = titleLine.exec(line.text);
      const rule = lines.slice(position + 1, position + 30).findIndex(({ text }) => /^-{20,}$/.test(text));
      if (!title || rule < 0) return [];
      const start = position + 1 + rule;
      const block = blockFrom(lines, start, ({ text, kind }) => /^={20,}$|^-{20,}$/.test(text) || kind === 'error');
      const [error] = python.find(block);
      const { type, message, frames } = error ?? plainly(block.slice(1));
      const test = nameOf(title[1] ?? '', title[2], title[3] ?? '');
      const found = { tool, test, ...(type ? { type } : {}), message, ...place(frames), frames };
      return [failure(found, [...lines.slice(position, start), ...block])];
    });
  },
};

/** Since Python 3.11 the name is repeated in the parentheses: `test_zero (test_price.PriceTest.test_zero) (i=1)`. */
function nameOf(name: string, path: string | undefined, parameters: string): string {
  const full = path === undefined ? name : path.endsWith(`.${name}`) ? path : `${path}.${name}`;
  return full + parameters.trimEnd();
}

function plainly(block: readonly LogLine[]): { type?: string; message: string; frames: [] } {
  return { message: block.map((line) => line.text).join('\n'), frames: [] };
}
