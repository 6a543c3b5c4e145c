// Karma's `Browser 1.2 (OS) spec FAILED`, and errors that kept a browser's page from running → one failure each.
import type { StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import { v8Frame } from '../stack-trace.ts';
import { thrownError } from '../thrown-error.ts';
import { valuesOf } from './jasmine.ts';

const tool = 'karma';
const browser = /^[A-Z][\w. ]{1,80} \([^()]{1,60}\)/;
const failedEnd = ' FAILED';

export const karma: FailureParser = {
  tool,
  kind: 'test',
  signs: [failedEnd, ') ERROR'],
  find(lines) {
    if (!lines.some((line) => /: Executed \d{1,7} of \d{1,7} /.test(line.text) || / ERROR$/.test(line.text))) return [];
    return lines.flatMap((line, position) => {
      const name = browser.exec(line.text)?.[0];
      const rest = name ? line.text.slice(name.length) : '';
      const isSpec = rest.startsWith(' ') && rest.endsWith(failedEnd);
      if (!isSpec && rest !== ' ERROR') return [];
      const test = isSpec ? rest.slice(1, -failedEnd.length) : undefined;
      const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || !/^(?:\t| {2})/.test(text));
      const texts = block.slice(1).map((one) => one.text.replace(/^\t| {2}/, ''));
      const error = thrownError(texts, undefined, frameOf);
      return [failure({ tool, ...(test ? { test } : {}), ...error, ...valuesOf(error.message) }, block)];
    });
  },
};

/** Chrome's frames, and Firefox's and Safari's `function@file:line:column`; paths under Karma's own address are files. */
function frameOf(text: string): StackFrame | undefined {
  const [, name, place] = /^\s*([^@\s]{0,200})@(\S+:\d{1,7}:\d{1,7})$/.exec(text) ?? [];
  const frame = /^\s*at /.test(text) ? v8Frame(text) : place ? v8Frame(place) : undefined;
  if (!frame) return undefined;
  const file = frame.file.replace(/^https?:\/\/[^/]{1,200}\/(?:base\/|absolute(?=\/))/, '');
  return { ...frame, file, ...(name ? { function: name } : {}) };
}
