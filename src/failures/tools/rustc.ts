// Errors of rustc and clippy, the linker's among them → one failure an error, a denied lint's name as its type.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

export const rustc: FailureParser = {
  tool: 'rustc',
  kind: 'check',
  signs: ['.rs:', 'error[E', 'error: linking with', 'could not compile'],
  find: (lines) => rustcErrors(lines),
};

const errorLine = /^(\s*)error(?:\[(E\d{4})\])?: (\S.*)$/;
const placeLine = /^\s*(?:-->|:::) (\S.{0,1000}\.rs):(\d{1,9}):(\d{1,9})$/;

export function rustcErrors(lines: readonly LogLine[]): Failure[] {
  const found = new Map<string, Failure>();
  for (const [position, line] of lines.entries()) {
    if (!line.text.includes('error')) continue;
    const [, indent = '', code, message = ''] = errorLine.exec(line.text) ?? [];
    if (!message) continue;
    const one = message.startsWith('linking with ')
      ? linkError(lines, position, message)
      : placedError(lines, position, indent, code, message);
    // A library's tests are compiled beside it: what is wrong with both is told twice.
    const key = one ? `${one.file}:${one.line}:${one.column}:${one.message}` : '';
    if (one && !found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

function placedError(
  lines: readonly LogLine[],
  position: number,
  indent: string,
  code: string | undefined,
  message: string,
): Failure | undefined {
  const ahead = lines.slice(position + 1, position + 12);
  const next = ahead.findIndex(({ text }) => /^\s*(?:-->|:::) /.test(text));
  const over = ahead.findIndex(({ text }) => text.trim() === '' || errorLine.test(text));
  if (next < 0 || (over >= 0 && over < next)) return code ? bare(lines, position, code, message) : undefined;
  const [, file, row, column] = placeLine.exec(ahead[next]?.text ?? '') ?? [];
  if (!file) return code ? bare(lines, position, code, message) : undefined;
  const block = blockFrom(lines, position, ({ text, kind }) => text.trim() === '' || kind !== 'output', 200);
  const texts = block.map(({ text }) => text.slice(indent.length));
  const type = code ?? lint(texts);
  const said = [message, ...ahead.slice(0, next).map(({ text }) => text.trim())].join('\n');
  const at = { line: Number(row), column: Number(column) };
  return failure({ tool: 'rustc', ...(type ? { type } : {}), message: said, ...values(texts), file, ...at }, block);
}

/** A crate or target that is not there. What a program prints has no notes, and stops no compiler. */
function bare(lines: readonly LogLine[], position: number, type: string, message: string): Failure | undefined {
  const block = blockFrom(lines, position, ({ text }) => !/^\s*[|=]/.test(text), 50);
  const stopped = ({ text }: LogLine) => /^error: (?:could not compile|aborting due to)/.test(text);
  if (block.length < 2 && !lines.slice(position, position + 50).some(stopped)) return undefined;
  return failure({ tool: 'rustc', type, message }, block);
}

/** Said of a lint's first finding only; of clippy's every one the address ends with it. */
function lint(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const implied = /= note: `(?:-D |#\[deny\(|-F |#\[forbid\()([\w:-]{1,80})\W/.exec(text)?.[1];
    if (implied) return implied.replaceAll('-', '_');
    const address = /rust-clippy\/\S{1,80}#(\w{1,80})$/.exec(text)?.[1];
    if (address) return `clippy::${address}`;
  }
  return undefined;
}

function values(texts: readonly string[]): { expected?: string; actual?: string } {
  for (const text of texts) {
    const [, expected, actual] =
      /\^ expected (?:\S{1,30} )?`([^`]{1,300})`, found (?:\S{1,30} )?`([^`]{1,300})`/.exec(text) ?? [];
    if (expected && actual) return { expected, actual };
  }
  return {};
}

/** The linker's own complaint stands in the last note, below a command of many lines. */
function linkError(lines: readonly LogLine[], position: number, message: string): Failure {
  const block = blockFrom(
    lines,
    position,
    ({ text }) => /^(?:error|warning|Caused by)\b/.test(text) || text === '',
    200,
  );
  const said = block
    .map(({ text }) => text.replace(/^\s*= note: /, '').trim())
    .filter((text) =>
      /undefined (?:reference|symbol)|cannot find |duplicate symbol|multiple definition|No such file|LNK\d{4}|library not found/.test(
        text,
      ),
    );
  const referenced = block
    .map(({ text }) => />>> referenced by .{0,500}\((\S{1,500}\.rs):(\d{1,9})\)/.exec(text))
    .find((match) => match !== null);
  const where = referenced?.[1] ? { file: referenced[1], line: Number(referenced[2]) } : {};
  return failure({ tool: 'rustc', message: [...said, message].join('\n'), ...where }, block);
}
