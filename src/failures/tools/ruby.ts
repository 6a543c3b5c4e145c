// Ruby's last words (uncaught exceptions with their causes, files that do not parse, an aborted rake) → one failure each.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';
import { type Death, deathAfter, deathsIn, wentOnAfter } from './deaths-in.ts';

/** What may still be printed after a program has died: a task runner's own trace, for one. */
const reach = 60;
const aborted = /^(?:(?:bin\/)?rake|rails|bin\/rails|spring) aborted!$/;

export const ruby: FailureParser = {
  tool: 'ruby',
  kind: 'crash',
  signs: ['rror)', 'xception)', ':in `', ":in '", ' aborted!', 'syntax error', 'syntax errors found'],
  find(lines) {
    const deaths = deathsIn(lines);
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const one = uncaught(lines, position) ?? abortedTask(lines, position) ?? unparsed(lines, position);
      if (!one) continue;
      if (isLast(lines, deaths, position, one.size) && one.failure) found.push(one.failure);
      position += one.size - 1;
    }
    return found;
  },
};

function isLast(lines: readonly LogLine[], deaths: readonly Death[], position: number, size: number): boolean {
  const death = deathAfter(deaths, position + size, reach);
  return death !== undefined && !wentOnAfter(lines, position, death);
}

/** `lib/a.rb:3:in 'total'`, with the quote of 3.4 or the backtick before it. */
export function rubyFrame(text: string): StackFrame | undefined {
  const match =
    /^\s*(?:#\s+|from )?(<internal:[^>]{1,300}>|(?:[A-Za-z]:)?[^\s:#][^:]{0,500}):(\d{1,9})(?::in [`'](.{1,500})')?$/.exec(
      text,
    );
  const line = Number(match?.[2]);
  if (!match?.[1] || line < 1 || (match[3] === undefined && !/\.(?:rb|rake|ru)$|file$/.test(match[1])))
    return undefined;
  return { file: match[1], line, ...(match[3] ? { function: match[3] } : {}) };
}

const foreign = /^<|\/lib\/ruby\/|\/vendor\/bundle\/|\/gems\/|^-e$|\/rubygems|\/(?:usr\/)?s?bin\//;
const isOwn = (frame: StackFrame): boolean => !foreign.test(frame.file) && !isForeign(frame);

/** The innermost frame of the project's own; nothing where only libraries are on the stack. */
export function rubyPlace(frames: readonly StackFrame[]): { file?: string; line?: number } {
  const { file, line } = frames.find(isOwn) ?? {};
  return { ...(file ? { file } : {}), ...(line ? { line } : {}) };
}

interface Raised {
  type?: string;
  message: string;
  frames: StackFrame[];
}

/** Ruby prints the last one first; the cause of all stands at the end. */
export function chained(raised: readonly Raised[]): { type?: string; message: string; frames: StackFrame[] } {
  const [root, ...wrappers] = [...raised].reverse();
  const again = wrappers.map(({ type, message }) => `raised again as ${[type, message].filter(Boolean).join(': ')}`);
  const frames = [root, ...wrappers].flatMap((one) => one?.frames ?? []).filter(({ file }) => !/^<internal/.test(file));
  return {
    ...(root?.type ? { type: root.type } : {}),
    message: [root?.message ?? '', ...again].join('\n'),
    frames,
  };
}

interface Found {
  size: number;
  failure?: Failure;
}

const head = /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}|<internal:[^>]{1,300}>):(\d{1,9}):in [`'](.{1,300}?)': (.{1,4000})$/;
const typeAtEnd = / \(([A-Z][\w:]{0,200})\)$/;

/** `a.rb:3:in 'x': message (Type)`, `from` lines, and so on for what it was caused by. */
function uncaught(lines: readonly LogLine[], position: number): Found | undefined {
  const raised: Raised[] = [];
  let end = position;
  for (let one = raisedAt(lines, end); one && raised.length < 20; one = raisedAt(lines, end)) {
    raised.push(one.raised);
    end = one.end;
  }
  if (raised.length === 0) return undefined;
  const { frames, ...said } = chained(raised);
  const block = lines.slice(position, end);
  return { size: block.length, failure: failure({ ...named(said), ...rubyPlace(frames), frames }, block) };
}

/** What Bundler raises before it hands over to the program is Bundler's. */
function named<T extends { type?: string }>(said: T): T & { tool: string } {
  if (!said.type?.startsWith('Bundler::')) return { ...said, tool: 'ruby' };
  return { ...said, tool: 'bundler', type: said.type.slice('Bundler::'.length) };
}

function raisedAt(lines: readonly LogLine[], position: number): { raised: Raised; end: number } | undefined {
  const match = head.exec(lines[position]?.text ?? '');
  const type = typeAtEnd.exec(match?.[4] ?? '')?.[1];
  if (!match?.[1] || !match[4] || !type) return undefined;
  const frames: StackFrame[] = [{ file: match[1], line: Number(match[2]), function: match[3] ?? '' }];
  let end = position + 1;
  // Between the message and the frames stand more of the message, the line of code and its marks.
  while (end < lines.length && end < position + 20 && !isFrom(lines[end]) && !isEnd(lines[end])) end += 1;
  if (!isFrom(lines[end])) end = position + 1 + underlined(lines, position + 1);
  for (; isFrom(lines[end]) || /^\t ?\.\.\. \d+ levels/.test(lines[end]?.text ?? ''); end += 1) {
    const frame = rubyFrame(lines[end]?.text ?? '');
    if (frame) frames.push(frame);
  }
  const message = match[4].slice(0, -(type.length + 3));
  return { raised: { type, message, frames }, end };
}

const isFrom = (line: LogLine | undefined): boolean => /^\tfrom |^ {1,8}from /.test(line?.text ?? '');
const isEnd = (line: LogLine | undefined): boolean =>
  line?.kind !== 'output' || (head.test(line.text) && typeAtEnd.test(line.text));

/** A line of code with marks below it, as error_highlight prints it after an empty line. */
const underlined = (lines: readonly LogLine[], from: number): number =>
  /^\s*\^+$/.test(lines[from + 2]?.text ?? '') ? 3 : 0;

/** `rake aborted!`, the message, its frames, `Caused by:`…; a command that failed has said why above. */
function abortedTask(lines: readonly LogLine[], position: number): Found | undefined {
  if (!aborted.test(lines[position]?.text ?? '')) return undefined;
  const block = blockFrom(
    lines,
    position,
    ({ kind, text }) => kind !== 'output' || /^\(See full trace|^Tasks: /.test(text),
    200,
  );
  const parts: string[][] = [[]];
  for (const { text } of block.slice(1)) {
    if (text === 'Caused by:') parts.push([]);
    else parts.at(-1)?.push(text);
  }
  const { frames, ...said } = chained(parts.map(taskError));
  if (/^Command failed with status|^Don't know how to build task 'spec'/.test(said.message))
    return { size: block.length };
  return { size: block.length, failure: failure({ tool: 'rake', ...said, ...rubyPlace(frames), frames }, block) };
}

function taskError(texts: readonly string[]): Raised {
  const frames = texts.map(rubyFrame).filter((frame) => frame !== undefined);
  const first = texts.findIndex((text) => rubyFrame(text));
  const said = texts
    .slice(0, first < 0 ? texts.length : first)
    .join('\n')
    .trim();
  const [, type, message] = /^([A-Z]\w*(?:::\w+){0,9}): ([\s\S]+)$/.exec(said) ?? [];
  return { ...(type ? { type } : {}), message: message ?? said, frames };
}

/** `a.rb:1: syntax error, unexpected ';'`, or Prism's `a.rb:1: syntax errors found (SyntaxError)` with the code below. */
function unparsed(lines: readonly LogLine[], position: number): Found | undefined {
  const line = lines[position];
  if (!line?.text.includes('syntax error')) return undefined;
  const pattern =
    /^(?:\S{1,100}: )?((?:[A-Za-z]:)?[^\s:][^:]{0,300}\.(?:rb|rake|ru)|-e):(\d{1,9}): (syntax error.{1,2000})$/;
  const [, file, at, said] = pattern.exec(line.text) ?? [];
  if (!file || !said) return undefined;
  const block = blockFrom(
    lines,
    position,
    ({ kind, text }) => kind !== 'output' || !/^\s*(?:[>~^|]|\d+ \|)|^\s*\^/.test(text),
    30,
  );
  const marks = block.length > 1 ? block : lines.slice(position, position + 1 + codeBelow(lines, position + 1));
  const detail = marks.map(({ text }) => /\^~* (\S.{0,300})$/.exec(text)?.[1]).find(Boolean);
  const message = said.replace(/ \(SyntaxError\)$/, '') + (detail ? `: ${detail}` : '');
  return {
    size: marks.length,
    failure: failure({ tool: 'ruby', type: 'SyntaxError', message, file, line: Number(at) }, marks),
  };
}

/** The offending line and the mark below it. */
const codeBelow = (lines: readonly LogLine[], from: number): number =>
  /^[\s.]*[\^~]+$/.test(lines[from + 1]?.text ?? '') ? 2 : 0;
