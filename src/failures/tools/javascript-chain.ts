// The lines of one printed JavaScript error, with what it wraps → the errors in it, outermost first, each with its frames.
import type { StackFrame } from '../../incident/failure.ts';
import { looksLikeError } from '../failure-parser.ts';
import { printedFrame, tidied } from '../stack-trace.ts';

export interface JavaScriptError {
  type?: string;
  message: string;
  frames: StackFrame[];
}

interface Entry {
  said: string[];
  indent: number;
  frames: StackFrame[];
}

/**
 * Node prints `[cause]: …` indented under the error that wraps it, and the errors of an AggregateError as a list, of
 * which the first is followed: they all failed, and each alone would have been reported.
 */
export function errorChain(header: string, texts: readonly string[]): JavaScriptError[] {
  let entry: Entry = { said: [header], indent: -1, frames: [] };
  const entries = [entry];
  let listed = false;
  for (const text of texts) {
    const frame = printedFrame(text);
    const cause = /\[cause\]: (.*)/.exec(text)?.[1];
    const indent = cause === undefined ? text.search(/[^\s>|]/) : text.indexOf('[cause]: ');
    if (frame) entry.frames.push(frame);
    else if (cause !== undefined || listed) {
      if (indent <= entry.indent) break;
      entry = { said: [cause ?? text.trim()], indent, frames: [] };
      entries.push(entry);
      listed = false;
    } else if (/^\W*\[errors\]: \[$/.test(text)) listed = true;
    else if (entry.indent >= 0 && text.trim() !== '' && indent <= entry.indent) break;
    else if (entry.frames.length === 0 && !/^[\s>|]*at \S/.test(text)) entry.said.push(text);
  }
  return entries.map(({ said, frames }) => ({ ...typedError(said.join('\n')), frames: tidied(frames) }));
}

/** As `typed` does, and the names that are no errors by their ending: `UnhandledPromiseRejection`. */
export function typedError(text: string): { type?: string; message: string } {
  const plain = text
    .trim()
    .replace(/^Uncaught /, '')
    .replace(/ \{$/, '');
  const match = /^(?<type>[A-Za-z_$][\w$.]{0,200})(?: \[\w{1,100}\])?(?::\s+(?<message>[\s\S]*)|:)?$/.exec(plain);
  const { type, message } = match?.groups ?? {};
  return type && isErrorName(type) ? { type, message: message?.trim() || type } : { message: plain };
}

export const isErrorName = (name: string): boolean => looksLikeError(name) || name.endsWith('Rejection');

/** The root cause's own words, and below them what it was wrapped in. */
export function rootOf(chain: readonly JavaScriptError[]): JavaScriptError {
  const [root, ...wrappers] = chain.toReversed();
  const again = wrappers.map(({ type, message }) => `raised again as ${type ? `${type}: ` : ''}${message.trim()}`);
  const message = [root?.message ?? '', ...again].join('\n');
  const frames = [...(root?.frames ?? []), ...wrappers.flatMap((wrapper) => wrapper.frames)];
  return { ...(root?.type ? { type: root.type } : {}), message, frames: tidied(frames) };
}
