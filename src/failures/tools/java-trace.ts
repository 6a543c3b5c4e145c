// The lines of a Java, Kotlin, Scala or Groovy trace → its root cause, what that was wrapped in, and the place to open.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { looksLikeError } from '../failure-parser.ts';
import { javaPlace } from './java-place.ts';

const framePattern =
  /^\s*at ([^\s()][^()]{0,500})\((Native Method|Unknown Source|<generated>|[^\s()/\\:]{1,200}\.(?:java|kts?|scala|groovy|gradle|clj))(?::(\d{1,9}))?\)/;
const headPattern =
  /^(?:Exception in thread "[^"]{0,200}" )?((?:[A-Za-z_$][\w$]*\.)*[A-Z_$][\w$]*)(?::(?:\s(.*))?| at ([\w$-]+\.\w+):(\d{1,9}))?$/;
const rolePattern = /^(\s*)(Caused by|Wrapped by|Suppressed):(?:\s|$)/;
const longestWrapper = 300;

/** A failed test, to find its own frames. */
export interface JavaTest {
  owner: string;
  method?: string;
}

/** `said` is what the root cause said, without what it was wrapped in. */
type JavaTrace = Pick<Failure, 'message' | 'frames'> &
  Partial<Pick<Failure, 'type' | 'file' | 'line'>> & { said: string };

export const isFrame = (text: string): boolean => framePattern.test(text);
export const isCause = (text: string): boolean => rolePattern.test(text);

/** `com.acme.NoPrice: for 3`, `Exception in thread "main" NoPriceException`: no prose that happens to hold a colon. */
export function headOf(text: string): { type: string; said: string; frame?: StackFrame } | undefined {
  const [, type = '', said = '', file, line] = headPattern.exec(text.trim()) ?? [];
  const isQualified = /^[a-z_][\w$]*\./.test(type);
  if (type === '' || (!isQualified && !looksLikeError(type.split(/[.$]/).at(-1) ?? ''))) return undefined;
  return file ? { type, said, frame: { file, line: Number(line) } } : { type, said };
}

export function javaTrace(texts: readonly string[], test?: JavaTest): JavaTrace {
  const [root, ...wrappers] = linksOf(texts);
  const type = root?.type;
  const said = root?.message.join('\n').trim() ?? '';
  const frames = [root, ...wrappers].flatMap((link) => link?.frames ?? []);
  const isAssertion = !type || /Assert|Comparison|MultipleFailures|ConditionNotSatisfied/.test(type);
  return {
    ...(type ? { type } : {}),
    said,
    message: [said || type || 'failed', ...wrappers.filter((link) => link.type).map(raisedAgain)].join('\n'),
    ...javaPlace(frames, test, isAssertion),
    frames,
  };
}

interface Link {
  type?: string;
  message: string[];
  frames: StackFrame[];
}

function raisedAgain({ type, message }: Link): string {
  const first = message.find((line) => line.trim() !== '')?.trim() ?? '';
  return `raised again as ${type}${first ? `: ${first}` : ''}`.slice(0, longestWrapper);
}

/** The root first. What was suppressed is no cause, nor are its own causes, which stand deeper. */
function linksOf(texts: readonly string[]): Link[] {
  let current: Link = { message: [], frames: [] };
  const chain = [current];
  let suppressedAt = Number.NaN;
  for (const text of texts) {
    const [head = '', indent = '', role] = rolePattern.exec(text) ?? [];
    if (role && role !== 'Suppressed' && !(indent.length >= suppressedAt)) {
      suppressedAt = Number.NaN;
      current = { message: [], frames: [] };
      if (role === 'Caused by') chain.unshift(current);
      else chain.push(current);
      read(current, text.slice(head.length));
    } else if (!Number.isNaN(suppressedAt)) continue;
    else if (role === 'Suppressed') suppressedAt = indent.length;
    else read(current, text);
  }
  return chain;
}

function read(link: Link, text: string): void {
  const isEmpty = !link.type && link.message.length === 0;
  if (isFrame(text)) link.frames.push(...frameOf(text));
  else if (link.frames.length > 0 || (isEmpty && text.trim() === '') || /^\s*\.\.\. \d+ /.test(text)) return;
  else {
    const head = isEmpty ? headOf(text) : undefined;
    if (head) link.type = head.type;
    link.message.push(head ? head.said : text.trimEnd());
    if (head?.frame) link.frames.push(head.frame);
  }
}

/** The file stands without its folder, which is the package's name; loaders and modules before it are none of it. */
function frameOf(text: string): StackFrame[] {
  const [, printed = '', file = '', line] = framePattern.exec(text) ?? [];
  const plain = printed.replace(/^(?:[\w.-]+(?:@[\w.+-]*)?\/{1,2}){1,2}/, '');
  const owner = plain.slice(0, Math.max(0, plain.lastIndexOf('.')));
  const folder = owner.split('.').slice(0, -1).join('/');
  const name = file.includes('.') ? file : classFile(file, owner);
  if (name === '') return [];
  const frame: StackFrame = { file: folder ? `${folder}/${name}` : name, function: plain };
  return [Number(line) > 0 ? { ...frame, line: Number(line) } : frame];
}

/** Compiled without debug information, a class still stands in the file of its name. */
function classFile(source: string, owner: string): string {
  const [top = ''] = owner.slice(owner.lastIndexOf('.') + 1).split('$');
  return source === 'Unknown Source' && /^[A-Z]/.test(top) && !owner.includes('$$') ? `${top}.java` : '';
}
