// Java's uncaught exceptions, and traces that stand alone → one failure a trace, named after its root cause.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { buildVerdicts } from './build-verdict.ts';
import { headOf, isCause, isFrame, javaTrace } from './java-trace.ts';

const tool = 'java';
const furthestHead = 12;
const uncaught = 'Exception in thread "';

export const java: FailureParser = {
  tool,
  kind: 'crash',
  signs: [uncaught, '.java:', '.kt:', '.scala:', '.groovy:', 'Caused by: ', 'APPLICATION FAILED TO START'],
  find(logLines) {
    const lines = logLines.map(unprefixed);
    const verdictAt = buildVerdicts(lines);
    const found: Failure[] = [];
    const last: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const text = lines[position]?.text ?? '';
      if (text.includes('APPLICATION FAILED TO START')) found.push(...springStart(lines, position));
      const head = text.startsWith(uncaught) || isFrame(text) ? headAbove(lines, position) : undefined;
      if (head === undefined) continue;
      const block = traceFrom(lines, head);
      const { said: _, ...trace } = javaTrace(block.map((line) => line.text));
      const verdict = verdictAt(block[0]?.number ?? 0);
      // A build reports what broke it; a trace that it prints besides was logged by something that went on.
      const counts = verdict === undefined || (verdict === 'failed' && isMain(block[0]?.text ?? ''));
      if (counts && !/^org\.apache\.maven\.lifecycle/.test(headOf(block[0]?.text ?? '')?.type ?? '')) {
        const one = failure({ tool, ...trace }, block);
        found.push(one);
        if (isMain(block[0]?.text ?? '')) last.push(one);
      }
      position = Math.max(position, head + block.length - 1);
    }
    // What stopped the program counts; it went on after the traces that it printed before.
    return last.length > 0 ? last : found;
  },
};

const isMain = (text: string): boolean => text.startsWith(`${uncaught}main"`);

/** Build tools, containers, quotes and loggers put their own characters before the trace. */
const prefix = /^\s*(?:\[\w{1,12}\] ?|(?:> )+|[\w.-]{1,60} *\| )/;
function unprefixed(line: LogLine): LogLine {
  const text = line.text.replace(prefix, '');
  const isTrace = isFrame(text) || isCause(text) || text.startsWith(uncaught) || headOf(text) !== undefined;
  return isTrace && text !== line.text ? { ...line, text } : line;
}

/** The exception above a frame, over the further lines of its message. */
function headAbove(lines: readonly LogLine[], position: number): number | undefined {
  for (let at = position; at >= Math.max(0, position - furthestHead); at -= 1) {
    const text = lines[at]?.text ?? '';
    if (at < position && (isFrame(text) || isCause(text))) return undefined;
    if (headOf(text) || text.startsWith(uncaught)) return at;
  }
  return undefined;
}

/** To the last frame; a message of several lines stands before the first. */
function traceFrom(lines: readonly LogLine[], head: number): LogLine[] {
  let end = head + 1;
  let isMessage = true;
  for (let at = end; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    const belongs = isFrame(text) || isCause(text) || /^\s*\.\.\. \d+ /.test(text);
    if (belongs) end = at + 1;
    isMessage = isCause(text) || (isMessage && !belongs);
    if (!belongs && (!isMessage || at - end > furthestHead || headOf(text))) break;
  }
  return lines.slice(head, end);
}

/** Spring Boot explains why it does not start, instead of a trace. */
function springStart(lines: readonly LogLine[], position: number): Failure[] {
  const after = lines.slice(position, position + 60);
  const description = after.findIndex(({ text }) => text.trim() === 'Description:');
  const action = after.findIndex(({ text }) => text.trim() === 'Action:');
  if (description < 0 || action < description) return [];
  const said = after.slice(description + 1, action).map((line) => line.text);
  const block = after.slice(0, action + said.length);
  return [failure({ tool, message: said.join('\n').trim() }, trimmed(block.slice(0, action)))];
}

function trimmed(block: readonly LogLine[]): LogLine[] {
  const last = block.findLastIndex((line) => line.text.trim() !== '');
  return block.slice(0, last + 1);
}
