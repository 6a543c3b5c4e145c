// Java's stack traces, wherever they stand → one failure a trace, named after its root cause.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';

const frameLine = /^\s*at (?:[\w.$-]+\/{1,2})?([\w.$]+)\.([\w$<>]+)\(([^():]+)(?::(\d{1,9}))?\)/;
const errorLine =
  /^(?:Exception in thread "[^"]*" |Caused by: )?((?:[a-z_][\w$]*\.)+[A-Z][\w$.]*)(?::\s*(.*)| at [\w.]+:\d+)?$/;
const furthestHeader = 8;

export const java: FailureParser = {
  tool: 'java',
  kind: 'crash',
  signs: [],
  find(lines) {
    const found: Failure[] = [];
    for (let position = 1; position < lines.length; position += 1) {
      if (!frameLine.test(lines[position]?.text ?? '')) continue;
      const above = lines.slice(Math.max(0, position - furthestHeader), position);
      const header = above.findLast((line) => errorLine.test(unquoted(line.text)));
      const trace = blockFrom(lines, position, (line) => !belongs(line.text));
      const block = [...above.slice(header ? above.indexOf(header) : above.length), ...trace];
      if (header) found.push(failure({ tool: 'java', ...traced(block) }, block));
      position += trace.length - 1;
    }
    return found;
  },
};

const belongs = (text: string): boolean =>
  frameLine.test(text) || /^\s*(?:Caused by: |\.\.\. \d+ |Suppressed: )/.test(text);

/** Loggers and quotes put their own characters before the exception. */
const unquoted = (text: string): string => text.replace(/^\s*(?:\[\w+\]\s+|(?:> )+)?/, '');

type Traced = Pick<Failure, 'message'> & Partial<Pick<Failure, 'type' | 'file' | 'line'>> & { frames: StackFrame[] };

/** The last `Caused by:` is the root; its frames come first. */
export function traced(block: readonly LogLine[]): Traced {
  const texts = block.map((line) => unquoted(line.text).trimEnd());
  const cause = texts.findLastIndex((text) => text.startsWith('Caused by: '));
  const head = cause >= 0 ? cause : texts.findIndex((text) => errorLine.test(text));
  const [, type, said = ''] = errorLine.exec(texts[head] ?? '') ?? [];
  const next = texts.findIndex((text, index) => index > head && frameLine.test(text));
  const message = [said, ...texts.slice(head + 1, next < 0 ? head + 1 : next)].join('\n').trim();
  const frames = [
    ...(cause >= 0 ? framesOf(texts.slice(cause)) : []),
    ...framesOf(texts.slice(0, cause >= 0 ? cause : undefined)),
  ];
  const fallback = texts.join('\n').trim() || 'failed';
  return { ...(type ? { type } : {}), message: message || type || fallback, ...place(frames), frames };
}

/** The file stands without its folder, which is the package's name. */
function framesOf(texts: readonly string[]): StackFrame[] {
  return texts.flatMap((text): StackFrame[] => {
    const [, owner = '', method = '', file = '', line] = frameLine.exec(text) ?? [];
    if (!/\.(?:java|kt|scala|groovy)$/.test(file)) return [];
    const folder = owner.split('.').slice(0, -1).join('/');
    const frame: StackFrame = { file: folder ? `${folder}/${file}` : file, function: `${owner}.${method}` };
    return [Number(line) > 0 ? { ...frame, line: Number(line) } : frame];
  });
}
