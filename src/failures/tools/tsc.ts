// What the TypeScript compiler prints, plain or pretty, of one project or many → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { printedPlace } from './printed-place.ts';

const sign = 'error TS';
const forms = [
  // src/cart.ts(2,21): error TS2307: Cannot find module './tax.js'
  /^(?<file>[^\s()'"][^()'"]{0,500})\((?<line>\d{1,7}),(?<column>\d{1,7})\): error (?<type>TS\d{1,6}): (?<message>.+)$/,
  // src/cart.ts:2:21 - error TS2307: Cannot find module './tax.js'
  /^(?<file>[^\s:()'"](?::[\\/])?[^:()'"]{0,500}):(?<line>\d{1,7}):(?<column>\d{1,7}) - error (?<type>TS\d{1,6}): (?<message>.+)$/,
  // error TS5058: The specified path does not exist
  /^error (?<type>TS\d{1,6}): (?<message>.+)$/,
];

export const tsc: FailureParser = {
  tool: 'tsc',
  kind: 'check',
  // In colours, codes stand between `error` and the number.
  signs: [sign, ' TS1', ' TS2', ' TS5', ' TS6', ' TS7', ' TS8', ' TS9'],
  find: (lines) => lines.flatMap((line, position) => (line.text.includes(sign) ? errorAt(lines, position) : [])),
};

function errorAt(lines: readonly LogLine[], position: number): Failure[] {
  const text = lines[position]?.text ?? '';
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (!groups) return [];
  const block = blockFrom(lines, position, endsError, 60);
  const { type = '', file, line, column } = groups;
  const details = block.slice(1).findIndex((other) => !/^\s{2,}\S/.test(other.text));
  const chain = block.slice(1, details < 0 ? block.length : details + 1).map((other) => other.text);
  const message = [groups.message ?? '', ...chain].join('\n');
  return [failure({ tool: 'tsc', type, message, ...printedPlace(file, line, column) }, block)];
}

/** Below its message a pretty error shows numbered code, marks under it, and indented places that belong to it. */
const endsError = ({ text, kind }: LogLine): boolean =>
  kind !== 'output' || text.includes(sign) || !/^(?:\s|\d{1,7}(?:\s|$)|$)/.test(text);
