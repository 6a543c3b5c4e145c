// Python's uncaught tracebacks and fatal errors → one failure each, named after the exception that came first.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { unfolded } from '../json-log.ts';
import { place } from '../stack-trace.ts';
import { isInside, pipBoxes } from './pip-box.ts';
import { type PythonTrace, pythonTraces } from './python-trace.ts';

const tool = 'python';
const fatalLine = /^Fatal Python error: (?<message>.+)$/;
const fatalFrame = /^ {2}File "(?<file>[^"]+)", line (?<line>\d{1,9}) in (?<function>.+)$/;
/** `2026-03-01 12:00:00,123 ERROR app: checkout failed`, `[WARNING] …`: the traceback below it was caught and logged. */
const logRecord = /(?:^|[\s[(|:])(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL)(?:[\s\]):|]|$)/;

export const python: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['Traceback (most recent call last)', 'File "', 'File \\"', 'Fatal Python error: ', 'Sorry: '],
  find(logLines) {
    const lines = unfolded(logLines);
    const boxes = pipBoxes(lines);
    const traces = pythonTraces(lines).filter((trace) => !isInside(boxes, trace.from));
    const uncaught = traces.filter((trace) => !isLogged(lines, trace));
    const crashes = (uncaught.length > 0 ? uncaught : traces).map(({ type, message, frames, from, to }) =>
      failure({ tool, ...(type ? { type } : {}), message, ...place(frames), frames }, lines.slice(from, to)),
    );
    return [...crashes, ...fatalErrors(lines), ...lines.flatMap(notCompiled)];
  },
};

function isLogged(lines: readonly LogLine[], { from, prefix }: PythonTrace): boolean {
  const above = lines[from - 1]?.text ?? '';
  return /[\w\]]/.test(prefix) || logRecord.test(above) || above.startsWith('Exception ignored in');
}

/** The interpreter itself died; what faulthandler shows of the threads starts with the innermost call. */
function fatalErrors(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    const message = fatalLine.exec(line.text)?.groups?.message;
    if (!message) return [];
    const frames: StackFrame[] = [];
    let end = position + 1;
    for (; end < lines.length && end - position < 200; end += 1) {
      const text = lines[end]?.text ?? '';
      const { file, line: number, function: name } = fatalFrame.exec(text)?.groups ?? {};
      if (file && Number(number) > 0) frames.push({ file, line: Number(number), function: name ?? '' });
      else if (text !== '' && !/^(?:Current thread|Thread) 0x|^Python runtime state|^ {2}\.\.\./.test(text)) break;
    }
    while (lines[end - 1]?.text === '') end -= 1;
    return [
      failure({ tool, type: 'Fatal Python error', message, ...place(frames), frames }, lines.slice(position, end)),
    ];
  });
}

/** compileall's and py_compile's other form: `Sorry: IndentationError: unexpected indent (stock.py, line 3)`. */
function notCompiled(line: LogLine, position: number, lines: readonly LogLine[]): Failure[] {
  const groups = /^Sorry: (?<type>\w+): (?<message>.+) \((?<file>[^()]+), line (?<line>\d{1,9})\)$/.exec(
    line.text,
  )?.groups;
  if (!groups?.type || !groups.file) return [];
  const above = lines[position - 1];
  const path = /^\*\*\* Error compiling '(.+)'\.\.\.$/.exec(above?.text ?? '')?.[1];
  const [file, number] = [path?.endsWith(groups.file) ? path : groups.file, Number(groups.line)];
  const where = number > 0 ? { file, line: number } : { file };
  const { type, message = '' } = groups;
  return [failure({ tool, type, message, ...where, frames: [where] }, path && above ? [above, line] : [line])];
}
