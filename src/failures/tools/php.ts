// PHP's fatal and parse errors, uncaught exceptions with what they were thrown for, and console commands' last words → one failure each.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';
import { deathAfter, deathsIn, wentOnAfter } from './deaths-in.ts';

const reach = 80;
const fatal = /^(?:PHP )?(Fatal error|Parse error|Recoverable fatal error|Catchable fatal error): {1,2}(\S.{0,7000})$/;
const symfony = /^In ([\w.-]{1,200}\.php) line (\d{1,9}):$/;

export const php: FailureParser = {
  tool: 'php',
  kind: 'crash',
  signs: ['Fatal error: ', 'Parse error: ', 'fatal error: ', '.php line '],
  find(lines) {
    const deaths = deathsIn(lines);
    return lines.flatMap((line, position) => {
      const said = fatal.exec(line.text);
      const one = said?.[1] && said[2] ? died(lines, position, said[1], said[2]) : commandError(lines, position);
      if (!one) return [];
      const death = deathAfter(deaths, position, reach + (one.at.to - one.at.from));
      return death && !wentOnAfter(lines, position, death) ? [one] : [];
    });
  },
};

const foreign = /(?:^|[\\/])vendor[\\/]|^\/usr\/(?:share|lib)\/php|^phar:|\.phar$|^Command line code$/;

/** The innermost frame that is neither of PHP's own nor of a package. */
export function phpPlace(frames: readonly StackFrame[]): { file?: string; line?: number } {
  const { file, line } = frames.find((frame) => !foreign.test(frame.file) && !isForeign(frame)) ?? {};
  return { ...(file ? { file } : {}), ...(line ? { line } : {}) };
}

/** `Shop\PriceException: bad` → its class and message. */
export function phpTyped(text: string): { type?: string; message: string } {
  const [, type, message] = /^\\?([A-Z_a-z][\w\\]{0,300}): ?([\s\S]*)$/.exec(text.trim()) ?? [];
  const isType = type !== undefined && /(?:Exception|Error|Failure|Warning|Notice|Deprecated|Timeout)$/.test(type);
  return isType ? { type, message: message || type } : { message: text.trim() };
}

interface Thrown {
  type?: string;
  message: string;
  frames: StackFrame[];
}

function died(lines: readonly LogLine[], position: number, kind: string, said: string): Failure {
  if (!said.startsWith('Uncaught ')) {
    const [, message = said, file, line] = /^(.{1,6000}) in (\S.{0,500}) on line (\d{1,9})$/.exec(said) ?? [];
    const place = phpPlace(file ? [{ file, line: Number(line) }] : []);
    const type = kind === 'Parse error' ? 'ParseError' : kind;
    return failure({ tool: 'php', type, message, ...place }, lines.slice(position, position + 1));
  }
  const block = blockFrom(lines, position, (line, at) => line.kind !== 'output' || ended(lines, at), 400);
  const texts = block.map(({ text }) => text);
  texts[0] = said.slice('Uncaught '.length);
  const [root, ...wrappers] = chain(texts);
  const again = wrappers.map(({ type, message }) => `raised again as ${[type, message].filter(Boolean).join(': ')}`);
  const frames = [root, ...wrappers].flatMap((one) => one?.frames ?? []);
  const message = [root?.message ?? '', ...again].join('\n');
  const type = root?.type ? { type: root.type } : {};
  return failure({ tool: 'php', ...type, message, ...phpPlace(frames), frames }, block);
}

const ended = (lines: readonly LogLine[], at: number): boolean =>
  /^ {2}thrown in /.test(lines[at - 1]?.text ?? '') || fatal.test(lines[at]?.text ?? '');

/** PHP prints what was thrown first, first; `Next` opens what was thrown for it. */
function chain(texts: readonly string[]): Thrown[] {
  const parts: string[][] = [];
  for (const text of texts) {
    if (parts.length === 0 || text.startsWith('Next ')) parts.push([text.replace(/^Next /, '')]);
    else parts.at(-1)?.push(text);
  }
  return parts.map((part) => {
    const trace = part.findIndex((text) => /^Stack trace:$|^#0 /.test(text));
    const thrownIn = part.findIndex((text) => /^ {2}thrown in /.test(text));
    const end = trace >= 0 ? trace : thrownIn >= 0 ? thrownIn : part.length;
    const said = part.slice(0, end).join('\n').trim();
    const cut = said.lastIndexOf(' in ');
    const [, file, line] = /^ in (\S[^\n]{0,500}?)(?::| on line )(\d{1,9})$/.exec(cut < 0 ? '' : said.slice(cut)) ?? [];
    const where: StackFrame[] = file ? [{ file, line: Number(line) }] : [];
    return {
      ...phpTyped(file ? said.slice(0, cut) : said),
      frames: [...where, ...part.map(phpFrame).filter((one) => one !== undefined)],
    };
  });
}

/** `#0 /app/src/Price.php(16): Shop\Price::rate()` */
export function phpFrame(text: string): StackFrame | undefined {
  const [, file, line, name] = /^\s{0,8}#\d{1,4} (\S[^()]{0,500})\((\d{1,9})\): (.{1,500})$/.exec(text) ?? [];
  const open = name?.indexOf('(') ?? -1;
  if (!file || Number(line) < 1) return undefined;
  return { file, line: Number(line), ...(name ? { function: open > 0 ? name.slice(0, open) : name } : {}) };
}

/** Symfony's console: `In Kernel.php line 12:`, and the message in an indented block between empty lines. */
function commandError(lines: readonly LogLine[], position: number): Failure | undefined {
  const [, file, at] = symfony.exec(lines[position]?.text ?? '') ?? [];
  if (!file) return undefined;
  const block = blockFrom(lines, position, ({ kind, text }) => kind !== 'output' || /^\S/.test(text), 60);
  const said = block.slice(1).map(({ text }) => text.trim());
  const message = said.join('\n').trim();
  const [, type, rest] = /^\[([\w\\]{1,200})(?: \([^)]{1,50}\))?\]\s{0,10}([\s\S]*)$/.exec(message) ?? [];
  // Composer's own errors are its parser's.
  if (message === '' || /composer\.(?:json|lock)|packagist/.test(message)) return undefined;
  return failure({ tool: 'php', ...(type ? { type } : {}), message: rest || message, file, line: Number(at) }, block);
}
