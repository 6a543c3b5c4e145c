// What a .NET exception prints, message and stack → its root cause, what that was wrapped in, and the place to open.
import type { Failure, StackFrame } from '../../incident/failure.ts';

const frameLine = /^\s*at (?<name>\S.{0,600}?)(?: in (?<file>.{1,500}):(?:line )?(?<line>\d{1,9}))?$/;
/** xUnit's runner turns it round. */
const runnerFrame = /^\s*(?<file>\S[^(]{0,500})\((?<line>\d{1,9}),\d{1,9}\): at (?<name>\S.*)$/;
const head =
  /^(?:Unhandled [Ee]xception[.:] )?(?<type>(?:[A-Z_]\w{0,100}\.){0,12}[A-Z_]\w{0,100}(?:`\d)?) ?: ?(?<said>.*)$/;
const isError = (type: string): boolean => /(?:Exception|Error|Failure)$/.test(type) || type.startsWith('System.');
const innerMark = /^\s*-{3,} ?(?:>|Inner Stack Trace|End of inner exception)|^-{4,} /;
/** Built elsewhere, with the paths of that machine taken out. */
const foreign = /^\/_\/|[\\/]\.nuget[\\/]/;

export const isClrFrame = (text: string): boolean =>
  runnerFrame.test(text) || (/^\s*at \S/.test(text) && /\(.*\)| in .*:line \d/.test(text) && frameLine.test(text));

type ClrTrace = Pick<Failure, 'message' | 'frames'> & Partial<Pick<Failure, 'type' | 'file' | 'line'>>;

/** `stack` is printed innermost first; of nested exceptions either the innermost (.NET) or the outermost first (xUnit). */
export function clrTrace(said: readonly string[], stack: readonly string[], test?: string): ClrTrace {
  const chain = chainOf(said);
  const [root, ...wrappers] = chain.reverse();
  const again = wrappers.map(({ type, text }) => `raised again as ${type ? `${type}: ` : ''}${text.split('\n')[0]}`);
  const frames = framesOf(stack);
  const isAssertion = !root?.type || /Assert|Equal|True|False|Xunit|NUnit/.test(root.type);
  const own = frames.filter(({ file, line }) => line !== undefined && !foreign.test(file));
  const name = test?.replace(/\(.*$/, '').split('.').at(-1) ?? '';
  const ofTest =
    isAssertion && name
      ? own.find((frame) => frame.function?.includes(`.${name}(`) || frame.function?.includes(`<${name}>`))
      : undefined;
  const where = ofTest ?? own[0];
  return {
    ...(root?.type ? { type: root.type } : {}),
    message: [root?.text || root?.type || 'failed', ...again].join('\n'),
    ...(where ? { file: where.file, ...(where.line ? { line: where.line } : {}) } : {}),
    frames,
  };
}

/** The outermost first: `A: said ---> B: said`, or each on its own line behind `---- `. */
function chainOf(said: readonly string[]): { type?: string; text: string }[] {
  const parts: string[][] = [[]];
  for (const text of said.flatMap((line) => line.split(/ ---> /))) {
    const nested = /^\s*(?:-{4,}|--->) (.*)$/.exec(text)?.[1];
    const isInner =
      nested !== undefined || (head.test(text.trim()) && isError(head.exec(text.trim())?.groups?.type ?? ''));
    if (isInner && parts.at(-1)?.some((line) => line.trim() !== '')) parts.push([]);
    parts.at(-1)?.push(nested ?? text);
  }
  const links = parts.map((lines) => {
    const text = lines.join('\n').trim();
    const first = text.split('\n')[0] ?? '';
    const { type = '', said: message = '' } = head.exec(first)?.groups ?? {};
    return isError(type) ? { type, text: `${message}${text.slice(first.length)}`.trim() } : { text };
  });
  return links.length > 1 ? links.filter(({ text }) => !/threw exception:\s*$/.test(text)) : links;
}

function framesOf(stack: readonly string[]): StackFrame[] {
  const parts: StackFrame[][] = [[]];
  let isOuterFirst = false;
  for (const text of stack) {
    if (innerMark.test(text)) {
      isOuterFirst ||= text.includes('Inner Stack Trace');
      parts.push([]);
    }
    const groups = (runnerFrame.exec(text) ?? frameLine.exec(text))?.groups;
    if (!groups?.file || !groups.name) continue;
    parts.at(-1)?.push({ file: groups.file, line: Number(groups.line), function: groups.name });
  }
  return (isOuterFirst ? parts.reverse() : parts).flat();
}
