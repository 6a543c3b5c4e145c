// Lines of stack traces → frames, and which of them lie in the code that failed rather than in its runtime or libraries.
import type { StackFrame } from '../incident/failure.ts';
import { isElsewhere } from './paths/elsewhere.ts';

/** Runtimes, package folders and test runners: true of the frame, but never the place to mend. */
const foreign =
  /^(?:java\.|javax\.|jdk\.|sun\.|kotlin\.)|(?:^|[\\/])(?:node_modules|site-packages|dist-packages|vendor\/bundle|gems|\.cargo|\.rustup)[\\/]|[\\/]pkg[\\/]mod[\\/]|[\\/]\.yarn[\\/]|\.pnp\.c?js$|\/__cypress\/|[\\/]lib(?:64)?[\\/]python[\d.]*[\\/]|[\\/]go[\\/](?:[\d.]+[\\/]x64[\\/])?src[\\/](?:runtime|testing)[\\/]|^(?:java|javax|jdk|sun|org\/junit|org\/gradle|org\/apache\/maven|kotlin|scala)\//;

export const isForeign = (frame: StackFrame): boolean =>
  foreign.test(frame.file) || isElsewhere(frame.file.replaceAll('\\', '/'));

/** Frames of the runtime itself say nothing, unless there is nothing else. */
export function tidied(frames: readonly StackFrame[]): StackFrame[] {
  const kept = frames.filter((frame) => !/^(?:node:|internal\/[^.]{1,200}\.js|native$|<)/.test(frame.file));
  return kept.length > 0 ? kept : [...frames];
}

/** Where to look: the innermost frame of one's own code, or just the innermost. */
export function place(frames: readonly StackFrame[]): Pick<StackFrame, 'file' | 'line' | 'column'> | undefined {
  return ownPlace(frames) ?? (frames[0] && where(frames[0]));
}

export function ownPlace(frames: readonly StackFrame[]): Pick<StackFrame, 'file' | 'line' | 'column'> | undefined {
  const frame = frames.find((one) => !isForeign(one));
  return frame && where(frame);
}

function where(frame: StackFrame): Pick<StackFrame, 'file' | 'line' | 'column'> {
  const { function: _, ...rest } = frame;
  return rest;
}

/**
 * `at fn (file:line:column)`, `at file:line:column`; the `at` is optional, TAP leaves it out. What is no file is no frame:
 * `Listening at localhost:3000`, `Finished at 12:30:45`.
 */
export function v8Frame(text: string): StackFrame | undefined {
  const body = text
    .trim()
    .replace(/^at /, '')
    .replace(/^async /, '');
  const position = /:(\d{1,9}):(\d{1,9})(\))?(?: \{|,)?$/.exec(body);
  if (!position) return undefined;
  const open = position[3] ? body.indexOf(' (') : -1;
  const file = fileOf(body.slice(open >= 0 ? open + 2 : 0, position.index));
  const isFile = /[./\\<]|^node:/.test(file) && !/ \(|^\s|^https?:\/\/[^/]*$/.test(file);
  if (!isFile || (open < 0 && /\s/.test(file) && !/^(?:[A-Za-z]:)?[\\/]/.test(file))) return undefined;
  const line = Number(position[1]);
  const frame: StackFrame = { file, column: Number(position[2]), ...(line > 0 ? { line } : {}) };
  return open > 0 ? { ...frame, function: body.slice(0, open) } : frame;
}

/** Addresses of modules are files; a query is none of it. */
function fileOf(printed: string): string {
  const path = printed.replace(/^file:\/\/(?:localhost)?(?=\/)/, '').replace(/\?[^/\\]*$/, '');
  const onWindows = /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  return path === printed || !onWindows.includes('%') ? onWindows : decoded(onWindows);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray percent sign: then it stands for itself.
  }
}

/** A frame behind whatever stands before its `at`: quotes, loggers' prefixes, timestamps. */
export function printedFrame(text: string): StackFrame | undefined {
  const start = text.search(/(?:^|\s)at \S/);
  return start < 0 ? undefined : v8Frame(text.slice(start));
}

/** The frames among the lines, in order; `... 4 lines matching` and other text in between is skipped. */
export const v8Frames = (texts: readonly string[]): StackFrame[] =>
  tidied(texts.map(printedFrame).filter((frame) => frame !== undefined));

/** `File "app.py", line 3, in load` */
export function pythonFrame(text: string): StackFrame | undefined {
  const match = /^\s*File "([^"\n]+)", line (\d{1,9})(?:, in (.+))?$/.exec(text);
  if (!match?.[1] || Number(match[2]) < 1) return undefined;
  return { file: match[1], line: Number(match[2]), ...(match[3] ? { function: match[3] } : {}) };
}

/** `❯ fn file:line:column` of Vitest, `› fn (file:line:column)` of AVA. */
export function markedFrame(text: string): StackFrame | undefined {
  const [, body] = /^\s*[❯›] (\S.*)$/.exec(text) ?? [];
  if (!body) return undefined;
  if (body.endsWith(')')) return v8Frame(body.replace('(file://', '('));
  const path = body.slice(body.lastIndexOf(' ') + 1).replace(/^file:\/\/(?!\/)/, '');
  const name = body.slice(0, Math.max(0, body.length - path.length)).trim();
  const frame = v8Frame(path);
  return frame && name !== '' && !/[/\\]/.test(name) ? { ...frame, function: name } : frame;
}
