// One test's report in pytest's sections, in any of its styles → the exception that came first, its values and its frames.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { looksLikeError } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { pythonFrame } from '../stack-trace.ts';
import { pythonComparison } from './python-comparison.ts';
import { pythonTraces } from './python-trace.ts';

export type Report = Pick<Failure, 'type' | 'message' | 'expected' | 'actual' | 'frames'>;

/** `tests/test_price.py:10: in test_zero`, `shop/price.py:9: ZeroDivisionError`, `tests/test_price.py:55` */
const locationLine = /^(?<file>\S[^:]*(?::\\[^:]*)?):(?<line>\d{1,9})(?:: ?(?:in (?<fn>.+)|(?<type>[\w.]+))?)?$/;
const chainLine = /^(?:During handling of|The above exception was the direct cause)/;
const exceptionLine = /^(?<type>(?:[A-Za-z_]\w{0,100}\.){0,10}[A-Z]\w{0,100})(?::(?: (?<message>.*))?)?$/;
const definition = /^[> ]\s+(?:async )?def (?<name>\w{1,200})\(/;
const isSaid = (text: string): boolean => /^E(?: |$)/.test(text);

export function pytestReport(block: readonly LogLine[]): Report {
  const said = block.some((line) => isSaid(line.text)) ? chainReport(block) : undefined;
  return said ?? doctestReport(block) ?? nativeReport(block) ?? plainReport(block);
}

/** The first exception of a chain is the root; the frames of the later ones follow its own. */
function chainReport(block: readonly LogLine[]): Report | undefined {
  const parts: LogLine[][] = [[]];
  for (const line of block) {
    if (chainLine.test(line.text)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  const [root, ...later] = parts.map(partReport);
  if (!root) return undefined;
  const again = later.map(({ type, message }) => {
    const first = message.split('\n')[0] ?? '';
    return `raised again as ${type && type !== first ? `${type}: ${first}` : first}`;
  });
  const message = [root.message, ...again].join('\n');
  return { ...root, message, frames: [...root.frames, ...later.flatMap((part) => part.frames)] };
}

function partReport(part: readonly LogLine[]): Report {
  const raw = part.filter((line) => isSaid(line.text)).map((line) => line.text.slice(1));
  const base = Math.min(...raw.filter((text) => text.trim() !== '').map((text) => text.search(/\S/)));
  const texts = raw.map((text) => text.slice(base));
  const frames = framesOf(part);
  const location = part
    .map((line) => locationLine.exec(line.text)?.groups?.type)
    .findLast((type) => type !== undefined);
  return { ...saidReport(texts, location), frames };
}

/** The lines behind `E`; a syntax error's name stands last, below its place. */
export function saidReport(texts: readonly string[], location?: string): Omit<Report, 'frames'> {
  const at = texts.findIndex((text) => {
    const type = exceptionLine.exec(text)?.groups?.type;
    return (
      type !== undefined &&
      (looksLikeError(type) ||
        type.split('.').at(-1) === location ||
        text.includes(': ') ||
        (texts.length === 1 && type.includes('.')))
    );
  });
  const { type, message } = exceptionLine.exec(texts[at] ?? '')?.groups ?? {};
  if (type !== undefined && (at === 0 || /^\s/.test(texts[0] ?? ''))) {
    const full = [message ?? '', ...texts.slice(at + 1)].join('\n').trim();
    return { type, message: full || type, ...pythonComparison(full) };
  }
  const full = texts.join('\n').trim();
  const asserted = full.startsWith('assert ') ? 'AssertionError' : undefined;
  const named = location ?? asserted;
  return { ...(named ? { type: named } : {}), message: full, ...pythonComparison(full) };
}

/** Frames stand outermost first, each below its code; in the long style the code says the function's name. */
function framesOf(lines: readonly LogLine[]): StackFrame[] {
  const frames: StackFrame[] = [];
  let name: string | undefined;
  for (const { text } of lines) {
    name = definition.exec(text)?.groups?.name ?? (/^_ _ _/.test(text) ? undefined : name);
    const own = isSaid(text) ? pythonFrame(text.slice(1)) : undefined;
    const { file, line, fn = name } = locationLine.exec(text)?.groups ?? {};
    if (own) frames.unshift(own);
    else if (file && !file.startsWith('<frozen ') && Number(line) > 0)
      frames.unshift({ file, line: Number(line), ...(fn ? { function: fn } : {}) });
  }
  return frames;
}

function doctestReport(block: readonly LogLine[]): Report | undefined {
  const texts = block.map((line) => line.text);
  const end = texts.findLastIndex((text) => /:\d+: DocTestFailure$/.test(text));
  const [expects, got] = [texts.indexOf('Expected:'), texts.indexOf('Got:')];
  if (end < 0) return undefined;
  const example = texts.findLast((text, at) => (expects < 0 || at < expects) && /^\d{3,} /.test(text)) ?? '';
  const values = (from: number, to: number) => dedented(texts.slice(from + 1, to));
  return {
    type: 'DocTestFailure',
    message: example.replace(/^\d{3,}\s+(?:>>> )?/, ''),
    ...(expects >= 0 && got > expects ? { expected: values(expects, got), actual: values(got, end) } : {}),
    frames: framesOf(block.slice(end)),
  };
}

const dedented = (texts: readonly string[]): string =>
  texts
    .map((text) => text.replace(/^ {4}/, ''))
    .join('\n')
    .trim();

/** `--tb=native` and exception groups print plain tracebacks. */
function nativeReport(block: readonly LogLine[]): Report | undefined {
  const body = block.slice(1).filter((line) => locationLine.exec(line.text)?.groups?.type !== 'UnexpectedException');
  const [first] = pythonTraces(body, true);
  if (!first) return undefined;
  const { type, message, frames } = first;
  return { ...(type ? { type } : {}), message, ...pythonComparison(message), frames };
}

function plainReport(block: readonly LogLine[]): Report {
  const texts = block
    .slice(1)
    .map((line) => line.text)
    .filter((text) => !/^\[gw\d+\] /.test(text) && !locationLine.test(text));
  return { message: texts.join('\n').trim() || 'failed', frames: framesOf(block) };
}
