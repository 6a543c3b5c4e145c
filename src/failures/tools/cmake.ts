// `CMake Error at CMakeLists.txt:12 (find_package):` → one failure an error, placed in the innermost file of one's own.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'cmake';

export const cmake: FailureParser = {
  tool,
  kind: 'check',
  signs: ['CMake Error'],
  find: (lines) =>
    lines.flatMap((line, position) => (line.text.startsWith('CMake Error') ? errorAt(lines, line, position) : [])),
};

const header =
  /^CMake Error(?: \(dev\))?(?: at ([^:]{1,1000}):(\d{1,9}) \((\w{1,100})\)| in ([^:]{1,1000}))?:(?: (.*))?$/;
const callLine = /^ {2}(\S.{0,1000}):(\d{1,9}) \((\S{1,100})\)$/;
const modules = /\/share\/cmake[-\d.]{0,10}\/Modules\/|\/lib\/cmake\/|^\/usr\//;

function errorAt(lines: readonly LogLine[], line: LogLine, position: number): Failure[] {
  const match = header.exec(line.text);
  if (!match) return [];
  const [, file, row, type, inFile, said] = match;
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }, at) => kind !== 'output' || isOver(text, lines[at - 1]?.text ?? ''),
    200,
  );
  const calls = block.findIndex(({ text }) => text.startsWith('Call Stack '));
  const texts = block.slice(1, calls < 0 ? undefined : calls).map(({ text }) => text.replace(/^ {2}/, ''));
  const message = [said ?? '', ...texts].join('\n').trim();
  const first: StackFrame[] =
    file && Number(row) > 0 ? [{ file, line: Number(row), ...(type ? { function: type } : {}) }] : [];
  const frames = [...first, ...(calls < 0 ? [] : block.slice(calls + 1).flatMap(({ text }) => frameIn(text)))];
  const own = frames.find((frame) => !modules.test(frame.file)) ?? frames[0];
  const command = own?.function;
  const where = own ? { file: own.file, ...(own.line ? { line: own.line } : {}) } : inFile ? { file: inFile } : {};
  return [
    failure(
      {
        tool,
        ...(command && command !== 'message' ? { type: command } : {}),
        message: message || 'failed',
        ...where,
        frames,
      },
      block,
    ),
  ];
}

/** The text is indented, and two empty lines close it. */
const isOver = (text: string, above: string): boolean =>
  text === '' ? above === '' : !/^(?: {2}|Call Stack \(most recent call first\):$)/.test(text);

function frameIn(text: string): StackFrame[] {
  const [, file, line, name] = callLine.exec(text) ?? [];
  return file && name && Number(line) > 0 ? [{ file, line: Number(line), function: name }] : [];
}
