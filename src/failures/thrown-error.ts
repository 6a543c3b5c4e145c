// A JavaScript error as it was printed, with its causes → the root's type and message, and the frames, the root's first.
import type { Failure, StackFrame } from '../incident/failure.ts';
import { looksLikeError, typed } from './failure-parser.ts';
import { ownPlace, tidied, v8Frame } from './stack-trace.ts';

type ThrownError = Pick<Failure, 'type' | 'message' | 'frames' | 'file' | 'line' | 'column'>;
type Place = Omit<StackFrame, 'function'>;
/** `named`: where the message says that it happened; syntax errors and imports have no frame of one's own. */
type Section = Pick<Failure, 'type' | 'message' | 'frames'> & { named?: Place };
type FrameOf = (text: string) => StackFrame | undefined;

const causeMark = /^\s*(?:(?:\[cause\]|Caused by):(?=\s)|Cause:$)/;
const errorsMark = /^\s*(?:\[errors\]: \[|Errors contained in AggregateError:)$/;
/** Code that is shown with its line numbers is neither message nor frame. */
const codeLine = /^\s*(?:>\s*)?\d{0,7}\s{0,2}\|/;

const lineFrame: FrameOf = (text) => (/^\s*at /.test(text) ? v8Frame(text) : undefined);

/**
 * The last cause is the root; of several errors at once, the first. Its place: the innermost frame of one's own, else what
 * the message names, else what the tool said `otherwise`; never a library's.
 */
export function thrownError(texts: readonly string[], otherwise?: Place, frameOf: FrameOf = lineFrame): ThrownError {
  const sections = sectionsOf(texts, frameOf).map((section) => sectionOf(section, frameOf));
  const [root, ...wrapped] = sections.filter((one) => one.message !== '').toReversed();
  const inner = root?.frames ?? sections.flatMap((one) => one.frames);
  const frames = chained(
    inner,
    wrapped.flatMap((one) => one.frames),
  );
  const named = [root, ...wrapped].find((one) => one?.named)?.named;
  const again = wrapped.map(
    ({ type, message }) => `raised again as ${type ? `${type}: ` : ''}${message.split('\n')[0]}`,
  );
  return {
    ...(root?.type ? { type: root.type } : {}),
    message: [root?.message ?? '', ...again].join('\n'),
    frames,
    ...(ownPlace(frames) ?? named ?? otherwise),
  };
}

/** The root's frames, then those by which it came up that are not the same. */
export const chained = (inner: readonly StackFrame[], outer: readonly StackFrame[]): StackFrame[] =>
  tidied([...inner, ...outer.filter((frame) => !inner.some((own) => isSame(own, frame)))]);

function sectionsOf(texts: readonly string[], frameOf: FrameOf): string[][] {
  const sections: string[][] = [[]];
  let isLeftOut = false;
  for (const text of texts) {
    if (isLeftOut) continue;
    if (errorsMark.test(text)) sections.push([]);
    else if (causeMark.test(text)) sections.push([withoutMarks(text)]);
    else sections.at(-1)?.push(text);
    // In a list of errors: what follows is the next one.
    if (text.endsWith(',') && frameOf(text)) isLeftOut = true;
  }
  return sections;
}

function withoutMarks(text: string): string {
  let said = text;
  while (causeMark.test(said)) said = said.replace(causeMark, '');
  return said;
}

function sectionOf(texts: readonly string[], frameOf: FrameOf): Section {
  const isShown = (text: string) => codeLine.test(text) || isFrameLine(text, frameOf);
  const start = texts.findIndex((text) => text.trim() !== '' && !isShown(text));
  const frames = texts.map(frameOf).filter((frame) => frame !== undefined);
  if (start < 0) return { message: '', frames };
  const end = texts.findIndex((text, index) => index > start && isShown(text));
  const said = texts.slice(start, end < 0 ? texts.length : end);
  const thrown = v8Frame(`${said[0]}:0`);
  const header = thrown ? texts.findIndex((text) => typed(text).type) : start;
  const heading = texts.slice(header);
  const until = heading.findIndex(isShown);
  const message = thrown && header >= 0 ? heading.slice(0, until < 0 ? heading.length : until) : said;
  const named = thrown?.line ? { file: thrown.file, line: thrown.line } : placeNamed(said);
  return { ...typedInspected(message.join('\n').trim()), frames, ...(named ? { named } : {}) };
}

const isFrameLine = (text: string, frameOf: FrameOf): boolean =>
  frameOf(text) !== undefined ||
  /^\s*(?:at \S.*\)|at <\w+>|\.\.\. \d+ lines matching cause stack trace \.\.\.)$/.test(text);

/** Errors without a stack are inspected as `[Error: message]`, with a brace where they have properties. */
function typedInspected(printed: string): { type?: string; message: string } {
  const said = printed.replace(/^\[([\s\S]*)\](?: \{)?$/, '$1');
  const [whole, name = ''] = /^Error \[(\w{1,100})\]: /.exec(said) ?? [];
  return whole && looksLikeError(name) ? { type: name, message: said.slice(whole.length) } : typed(said);
}

const imported =
  /(?:imported from|(?:Cannot find (?:module|package)|Failed to resolve import|Could not resolve) .{1,1000} from) ["']?((?:[A-Za-z]:|file:\/\/)?[^\s:"']{1,500}\.\w{1,6})\b/;
const positioned = /^\s*(?:File: )?((?:[A-Za-z]:)?[^\s:()]{1,500}\.\w{1,6}):(\d{1,7}):(\d{1,7})\b/;
const parenthesised = /^(?:\w{1,60}: )?((?:[A-Za-z]:)?[^\s:]{1,500}\.\w{1,6}): .{0,2000}\((\d{1,7}):(\d{1,7})\)$/;

/** `/app/a.js: Unexpected token (2:8)`, `a.ts:3:5 - error TS2322`, `Cannot find module 'x' imported from /app/a.js`. */
function placeNamed(said: readonly string[]): Place | undefined {
  for (const text of said) {
    const [, file, line, column] = parenthesised.exec(text) ?? positioned.exec(text) ?? imported.exec(text) ?? [];
    if (file)
      return {
        file: file.replace(/^file:\/\//, ''),
        ...(Number(line) > 0 ? { line: Number(line), column: Number(column) } : {}),
      };
  }
  return undefined;
}

const isSame = (one: StackFrame, other: StackFrame): boolean =>
  one.file === other.file && one.line === other.line && one.column === other.column;
