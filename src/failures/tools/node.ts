// What Node.js prints of an error that ended it, and what people paste of one → a failure, named after its root cause.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { unfolded } from '../json-log.ts';
import { isForeign, place, printedFrame, v8Frame } from '../stack-trace.ts';
import { errorChain, isErrorName, rootOf } from './javascript-chain.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'node';
const furthestHeader = 12;
const furthestThrow = 8;
/** What a program may still say after the trace that ended it: wrappers, a last sentence. */
const mostLastLines = 3;

const outOfMemory =
  /FATAL ERROR: (?<message>.{1,500}(?:heap out of memory|Allocation failed.*|invalid (?:array|table) .*))$/;
const version = /^Node\.js v\d{1,3}\.\d{1,3}\.\d{1,3}\S{0,40}$/;
/** Above an uncaught error node prints where it was thrown, that line of code, and a mark below it. */
const thrownAt =
  /^(?:file:\/\/\/|node:|\/|[A-Za-z]:\\|\[eval\]|undefined:|evalmachine\.).{0,2000}:\d{1,7}$|^(?:\[eval\]|undefined):\d{1,7}$/;
const caret = /^\s*[\^~]+\s*$|^\s{2}> /;
/** Printed by a process that goes on, or by a package manager into lines of its own. */
const harmless =
  /^➤ YN|^npm (?:ERR!|error) |^\(node:\d{1,10}\)|^Trace(?:: |$)|\b(?:Deprecation|Experimental|PromiseRejectionHandled)?Warning(?:: | \[)/;

const isFrame = (text: string): boolean => printedFrame(text) !== undefined;

export const node: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['    at ', 'Error: ', 'Node.js v', 'heap out of memory', 'FATAL ERROR: ', '\\n    at '],
  find(logLines) {
    const lines = unfolded(logLines);
    const traces = tracesIn(lines);
    const uncaught = traces.filter((trace) => trace.uncaught);
    const bare = [...valuesThrown(lines), ...heapFull(lines)];
    const sure = uncaught.length + bare.length > 0;
    const shown = sure ? uncaught : isPasted(logLines) ? traces : traces.filter(({ end }) => isLast(lines, end));
    return [...shown.map(asFailure), ...bare].sort((a, b) => a.at.from - b.at.from);
  },
};

interface Trace {
  thrown?: { line: LogLine; frame: StackFrame | undefined };
  header: readonly LogLine[];
  body: readonly LogLine[];
  end: number;
  uncaught: boolean;
}

function tracesIn(lines: readonly LogLine[]): Trace[] {
  const found: Trace[] = [];
  for (let position = 0; position < lines.length; position += 1) {
    if (!isFrame(lines[position]?.text ?? '')) continue;
    const body = blockFrom(lines, position, endsTrace);
    const header = headerAbove(lines, position);
    const end = position + body.length;
    const said = header[0]?.text ?? '';
    // Rust numbers its frames, and prints `at file:line:column` under each.
    if (!/^\s*\d+: /.test(said) && !harmless.test(said)) {
      const thrown = thrownAbove(lines, position - header.length);
      const uncaught = thrown !== undefined || lines.slice(end, end + 3).some(({ text }) => version.test(text));
      found.push({ ...(thrown ? { thrown } : {}), header, body, end, uncaught });
    }
    position = end - 1;
  }
  return found;
}

/** Details of the error (`[cause]: …`, `code: …`) are indented under it; anything else ends the trace. */
function endsTrace({ text }: LogLine): boolean {
  const inner = text.replace(/^(?:[>|]\s?){1,20}/, '');
  const continues = /^\s*\}$|^\s*\.\.\. \d+ |^\s{2,}|^\s*\[(?:cause|errors)\]|^Emitted '\w+' event (?:on|at)/;
  return !isFrame(text) && !continues.test(inner);
}

/** The `Type: message` line, from above the first frame; messages may have several lines. */
function headerAbove(lines: readonly LogLine[], position: number): LogLine[] {
  for (let above = position - 1; above >= Math.max(0, position - furthestHeader); above -= 1) {
    const text = lines[above]?.text ?? '';
    if (errorIn(text) !== undefined) return lines.slice(above, position);
    if (isFrame(text) || version.test(text)) break;
  }
  return lines.slice(Math.max(0, position - 1), position).filter((line) => line.text.trim() !== '');
}

function thrownAbove(lines: readonly LogLine[], position: number): Trace['thrown'] {
  const first = Math.max(0, position - furthestThrow);
  const above = lines.slice(first, position);
  const start = above.findLastIndex(({ text }) => thrownAt.test(text));
  const line = above[start];
  if (!line || !above.slice(start + 1).some(({ text }) => caret.test(text))) return undefined;
  const frame = line.text.startsWith('node:') ? undefined : v8Frame(`${line.text}:0`);
  return { line, frame: frame?.line ? { file: frame.file, line: frame.line } : undefined };
}

/** From where on a line names an error: after quotes, prefixes of loggers, `Uncaught`. */
function errorIn(text: string): string | undefined {
  const match = /(?:^|[\s>|"'(\]])((?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*)(?: \[\w+\])?(?::\s|:?$)/.exec(text);
  return match?.[1] && isErrorName(match[1]) ? text.slice(match.index).replace(/^[\s>|"'(\]]+/, '') : undefined;
}

function asFailure({ thrown, header, body }: Trace): Failure {
  const [first, ...more] = header.map((line) => line.text);
  const said = errorIn(first ?? '') ?? first?.trim() ?? '';
  const texts = [...more, ...body.map((line) => line.text)];
  const chain = errorChain(said, texts);
  const { frames, ...found } = rootOf(chain);
  // A syntax error has no other place than the line that was thrown at.
  const isElsewhere = thrown?.frame && !isForeign(thrown.frame) && frames.every(isForeign);
  const known = isElsewhere && thrown.frame ? [thrown.frame] : frames;
  const lines = [...(thrown ? [thrown.line] : []), ...header, ...body];
  return failure({ tool, ...found, ...values(texts), ...whereIs(known, found.message), frames: known }, lines);
}

/** Node's own files are not the place; a module that is missing names its importer, or itself where it was the start. */
function whereIs(frames: readonly StackFrame[], message: string): Partial<StackFrame> {
  const where = place(frames);
  if (where && !/^(?:node:|internal\/|<)/.test(where.file)) return where;
  const importer = / imported from (\S{1,1000})$/m.exec(message)?.[1];
  const entry = /^Cannot find module '([/\\][^']{1,1000}|[A-Za-z]:[^']{1,1000})'/.exec(message)?.[1];
  return printedPlace(importer ?? entry);
}

/** An AssertionError's details, as node inspects them. */
function values(texts: readonly string[]): { expected?: string; actual?: string } {
  const [expected, actual] = ['expected', 'actual'].map((name) =>
    texts
      .map((text) => new RegExp(`^\\s{1,8}${name}: (.{1,1000}?),?$`).exec(text)?.[1])
      .find((value) => value !== undefined),
  );
  const isBlock = [expected, actual].some((value) => value === undefined || /[[{]$/.test(value));
  return isBlock || expected === undefined || actual === undefined ? {} : { expected, actual };
}

/** `throw 'closed'`: no trace, only the place and the value. */
function valuesThrown(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap(({ text }, position) => {
    if (!/^\(Use `node --trace-uncaught/.test(text)) return [];
    const thrown = thrownAbove(lines, position);
    const above = lines.slice(Math.max(0, position - furthestThrow - 1), position);
    const mark = above.findLastIndex((line) => caret.test(line.text));
    const value = above.slice(mark + 1);
    if (!thrown || value.length === 0 || value.length > furthestThrow) return [];
    const message = value.map((line) => line.text).join('\n');
    return [
      failure({ tool, message, ...printedPlace(thrown.frame?.file, `${thrown.frame?.line}`) }, [thrown.line, ...value]),
    ];
  });
}

function heapFull(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    const message = line.text.includes('FATAL ERROR: ') ? outOfMemory.exec(line.text)?.groups?.message : undefined;
    if (!message) return [];
    const collections = lines.slice(Math.max(0, position - 60), position);
    const report = collections.findLastIndex(({ text }) => text.startsWith('<--- Last few GCs --->'));
    return [failure({ tool, type: 'FATAL ERROR', message }, [collections[report] ?? line, line])];
  });
}

/** Text of a person's is no step of a job: it is numbered from its first line on and the runner says nothing in it. */
const isPasted = (lines: readonly LogLine[]): boolean =>
  lines[0]?.number === 1 && lines.at(-1)?.number === lines.length && lines.every(({ kind }) => kind === 'output');

const wrapper =
  /^\s*$|^npm (?:ERR!|error|warn|notice)|^error Command failed|^info Visit| ELIFECYCLE |^make(?:\[\d+\])?: |^Process completed/;

/** The step ended with it: `main().catch(…)` that prints it and exits. */
function isLast(lines: readonly LogLine[], end: number): boolean {
  let said = 0;
  let isEnd = false;
  for (let at = end; at < lines.length && said <= mostLastLines; at += 1) {
    const { kind, text } = lines[at] ?? { kind: 'output', text: '' };
    if (wrapper.test(text)) isEnd ||= kind === 'error' && /^Process completed/.test(text);
    else if (kind === 'error') return true;
    else said += 1;
  }
  return isEnd && said <= mostLastLines;
}
