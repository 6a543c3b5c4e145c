// What Node.js and browsers print of an error that nobody caught → one failure an error, named after its root cause.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, looksLikeError, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { unfolded } from '../json-log.ts';
import { isForeign, place, printedFrame, v8Frame, v8Frames } from '../stack-trace.ts';

const isFrame = (text: string): boolean => printedFrame(text) !== undefined;

const furthestHeader = 12;

export const node: FailureParser = {
  tool: 'node',
  kind: 'crash',
  signs: [],
  find(logLines) {
    const lines = unfolded(logLines);
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      if (!isFrame(lines[position]?.text ?? '')) continue;
      const trace = blockFrom(lines, position, endsTrace);
      const header = headerAbove(lines, position);
      // Rust numbers its frames, and prints `at file:line:column` under each.
      if (/^\s*\d+: /.test(header[0]?.text ?? '')) continue;
      const thrown = thrownAbove(lines, position - header.length);
      found.push(named([...header, ...trace], thrown));
      position += trace.length - 1;
    }
    return found;
  },
};

/** Details of the error (`[cause]: …`, `code: …`) are indented under it; anything else ends the trace. */
function endsTrace({ text }: LogLine): boolean {
  const inner = text.replace(/^(?:[>|]\s?)+/, '');
  return !isFrame(text) && !/^\s*\}$|^\s*\.\.\. \d+ |^\s{2,}|^\s*\[(?:cause|errors)\]/.test(inner);
}

/** The `Type: message` line, from above the first frame; messages may have several lines. */
function headerAbove(lines: readonly LogLine[], position: number): LogLine[] {
  for (let above = position - 1; above >= Math.max(0, position - furthestHeader); above -= 1) {
    const text = lines[above]?.text ?? '';
    if (errorIn(text) !== undefined) return lines.slice(above, position);
    if (isFrame(text) || (text.trim() === '' && above < position - 1)) break;
  }
  return lines.slice(Math.max(0, position - 1), position).filter((line) => line.text.trim() !== '');
}

/** For an error that nobody caught node first prints the place and the line; a syntax error has no other place. */
function thrownAbove(lines: readonly LogLine[], position: number): { frame: StackFrame; line: LogLine } | undefined {
  for (const line of lines.slice(Math.max(0, position - 6), position).toReversed()) {
    const frame = /^(?:file:\/\/\/|\/|[A-Za-z]:\\)\S.*:\d+$/.test(line.text) ? v8Frame(`${line.text}:0`) : undefined;
    if (frame?.line) return { frame: { file: frame.file, line: frame.line }, line };
  }
  return undefined;
}

/** From where on a line names an error: after quotes, prefixes of loggers, `Uncaught`. */
function errorIn(text: string): string | undefined {
  const match = /(?:^|[\s>|"'(\]])((?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*)(?: \[\w+\])?(?::\s|:?$)/.exec(text);
  return match?.[1] && looksLikeError(match[1]) ? text.slice(match.index).replace(/^[\s>|"'(\]]+/, '') : undefined;
}

function named(trace: readonly LogLine[], thrown?: { frame: StackFrame; line: LogLine }): Failure {
  const causes = trace.flatMap((line, position) => {
    const cause = /^\W*\[cause\]: (.*)/.exec(line.text)?.[1];
    return cause === undefined ? [] : [{ position, text: cause }];
  });
  const root = causes.at(-1);
  const header = trace.findIndex((line) => isFrame(line.text));
  const own = root ? trace.slice(root.position + 1) : trace.slice(Math.max(0, header));
  const message = trace
    .slice(0, Math.max(0, header))
    .map((line, index) => (index === 0 ? (errorIn(line.text) ?? line.text.trim()) : line.text));
  const frames = [
    ...v8Frames(own.map((line) => line.text)),
    ...(root ? v8Frames(trace.slice(0, root.position).map((line) => line.text)) : []),
  ];
  const isElsewhere = thrown && !isForeign(thrown.frame) && frames.every(isForeign);
  const known = isElsewhere ? [thrown.frame] : frames;
  const lines = thrown ? [thrown.line, ...trace] : trace;
  return failure({ tool: 'node', ...typed(root?.text ?? message.join('\n')), ...place(known), frames: known }, lines);
}
