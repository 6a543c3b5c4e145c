// What linkers miss or find twice → one failure a symbol and place, or a library.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { sourceFile } from './gcc.ts';

const tool = 'ld';

export const ld: FailureParser = {
  tool,
  kind: 'check',
  signs: [
    'undefined reference to ',
    'multiple definition of ',
    'cannot find ',
    'lld: error: ',
    'Undefined symbols for ',
    'library not found',
    'ld terminated',
    'LNK',
  ],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const found =
        atPlace(lines, line, position) ?? missing(line) ?? lld(lines, line, position) ?? apple(lines, line, position);
      return found ? [found] : [];
    }),
};

const placedLine =
  /^(?:\S{0,200}ld(?:\.\w{1,10})?: )?(?:(\S{1,500}\.(?:o|obj|a|so)(?:\([^()]{1,200}\))?):)?(?:([^\s:()]{1,1000})?:)?(?:\([^()]{1,300}\)|(\d{1,9})): ((?:undefined reference to|multiple definition of) .+)$/;
const missingSigns = ['cannot find ', ' not found', 'fatal error', '.obj : error LNK'];
const source = new RegExp(`^${sourceFile}$`);

function atPlace(lines: readonly LogLine[], line: LogLine, position: number): Failure | undefined {
  if (!/undefined reference|multiple definition/.test(line.text)) return undefined;
  const [, , file = '', row, message] = placedLine.exec(line.text) ?? [];
  if (!message) return undefined;
  const above = lines[position - 1];
  const isTitled = above && /: [Ii]n function [`'‘].+:$/.test(above.text);
  const where = source.test(file) ? { file, ...(Number(row) > 0 ? { line: Number(row) } : {}) } : {};
  return failure({ tool, message, ...where }, isTitled ? [above, line] : [line]);
}

function missing(line: LogLine): Failure | undefined {
  if (!missingSigns.some((sign) => line.text.includes(sign))) return undefined;
  const message =
    /^\S{0,200}ld(?:\.\w{1,10})?: (cannot find \S.*|library not found for \S+|library '\S+' not found|framework not found \S+)$/.exec(
      line.text,
    )?.[1] ??
    /^collect2: fatal error: (\S.*)$/.exec(line.text)?.[1] ??
    /^LINK : fatal error (LNK\d{4}: \S.*)$/.exec(line.text)?.[1] ??
    /^.{1,1000}\.obj : error (LNK\d{4}: \S.*)$/.exec(line.text)?.[1];
  return message ? failure({ tool, message }, [line]) : undefined;
}

function lld(lines: readonly LogLine[], line: LogLine, position: number): Failure | undefined {
  const message = /^(?:ld\.lld|ld64\.lld|lld-link|wasm-ld|lld)(?:-\d{1,3})?: error: (\S.*)$/.exec(line.text)?.[1];
  if (!message) return undefined;
  let end = position + 1;
  while (end < position + 20 && lines[end]?.text.startsWith('>>> ')) end += 1;
  const block = lines.slice(position, end);
  for (const { text } of block) {
    const [, short, row, full] =
      /^>>> (?:referenced by|defined at) (\S{1,500}):(\d{1,9})(?: \((\S{1,1000}):\d{1,9}\))?$/.exec(text) ?? [];
    if (short) return failure({ tool, message, file: full ?? short, line: Number(row) }, block);
  }
  return failure({ tool, message }, block);
}

function apple(lines: readonly LogLine[], line: LogLine, position: number): Failure | undefined {
  if (!/^Undefined symbols for architecture \w+:$/.test(line.text)) return undefined;
  const block = blockFrom(lines, position, ({ text }) => !/^\s/.test(text), 200);
  return failure({ tool, message: block.map(({ text }) => text.trim()).join('\n') }, block);
}
