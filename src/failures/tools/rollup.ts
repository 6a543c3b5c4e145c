// The error with which Rollup ends a build → one failure.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign, place, v8Frames } from '../stack-trace.ts';
import { printedPlace } from './printed-place.ts';

const title = /^\[!\] (?:\(plugin [^)]{1,100}\) )?(?<error>(?:[A-Z]\w{0,60})?Error(?: \[\w{1,60}\])?: .+)$/;
const position = /^(?<file>[^\s(][^(]{0,500}) \((?<line>\d{1,7}):(?<column>\d{1,7})\)(?:: (?<rest>[\s\S]*))?$/;

export const rollup: FailureParser = {
  tool: 'rollup',
  kind: 'check',
  signs: ['[!] '],
  find: (lines) => lines.flatMap((line, at) => (line.text.startsWith('[!] ') ? errorAt(lines, at) : [])),
};

function errorAt(lines: readonly LogLine[], at: number): Failure[] {
  const said = title.exec(lines[at]?.text ?? '')?.groups?.error;
  if (!said) return [];
  const block = blockFrom(lines, at, endsReport, 100);
  const texts = block.map((line) => line.text);
  const end = texts.findIndex((text, index) => index > 0 && (isLink(text) || isPlace(text) || /^\s{2,}at /.test(text)));
  const details = texts.slice(1, end < 0 ? texts.length : end);
  const frames = v8Frames(texts);
  const own = frames.filter((frame) => !isForeign(frame)).length > 0;
  const where = texts.slice(1).find(isPlace) ?? '';
  const groups = position.exec(where)?.groups ?? { file: where };
  const shown = own ? block : block.slice(0, texts.findIndex((text) => /^\s{2,}at /.test(text)) + 1 || block.length);
  const printed = printedPlace(groups.file, groups.line, groups.column);
  const found = rollupMessage([said, ...details].join('\n'));
  return [
    failure(
      { tool: 'rollup', ...found, ...(own && !printed.line ? place(frames) : printed), frames },
      withoutTrace(shown),
    ),
  ];
}

/** `RollupError: [plugin typescript] src/main.ts (1:14): @rollup/plugin-typescript TS2322: Type …` */
export function rollupMessage(text: string): { type?: string; message: string } {
  const { type, message } = typed(text);
  const bare = message.replace(/^\[plugin [^\]]{1,100}\] /, '');
  const told = position.exec(bare)?.groups?.rest ?? bare;
  const [, code, rest] = /^(?:@rollup\/plugin-typescript )(TS\d{1,6}): ([\s\S]*)$/.exec(told) ?? [];
  return code && rest !== undefined ? { type: code, message: rest } : { ...(type ? { type } : {}), message: told };
}

const isLink = (text: string): boolean => /^https?:\/\/\S+$/.test(text);
const isPlace = (text: string): boolean => position.test(text) || /^[^\s:()]{1,500}\.\w{1,8}$/.test(text);
const endsReport = ({ text, kind }: LogLine): boolean =>
  kind !== 'output' || /^(?:npm (?:ERR!|error)|error Command|created |\[!\] |\(!\) )/.test(text);

/** A trace through the bundler tells nothing. */
function withoutTrace(block: readonly LogLine[]): LogLine[] {
  const last = block.findLastIndex(({ text }) => text.trim() !== '' && !/^\s{2,}at .{0,4000}node_modules/.test(text));
  return block.slice(0, Math.max(0, last) + 1);
}
