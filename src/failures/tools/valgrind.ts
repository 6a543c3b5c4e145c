// Valgrind's Memcheck → one failure an error that its summary counts.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'valgrind';

export const valgrind: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['ERROR SUMMARY: ', 'Process terminating with default action'],
  find(lines) {
    const byProcess = Map.groupBy(
      lines.flatMap((line) => {
        const [, process = '', text = ''] = /^==(\d{1,10})==(?: (.*))?$/.exec(line.text) ?? [];
        return process ? [{ process, line: { ...line, text } }] : [];
      }),
      ({ process }) => process,
    );
    return [...byProcess.values()].flatMap((entries) => errorsOf(entries.map(({ line }) => line)));
  },
};

const frameLine = /^ {3}(?:at|by) 0x[\dA-F]{1,16}: (.{1,1000}) \(([^():]{1,500}):(\d{1,9})\)$/;
const anyFrame = /^ {3}(?:at|by) 0x/;

function errorsOf(lines: readonly LogLine[]): Failure[] {
  const summary = lines.findLast(({ text }) => text.startsWith('ERROR SUMMARY: '));
  const counts = summary
    ? !summary.text.startsWith('ERROR SUMMARY: 0 ')
    : lines.some(({ text }) => text.startsWith('Process terminating'));
  if (!counts) return [];
  return lines.flatMap((line, position) => {
    if (!anyFrame.test(lines[position + 1]?.text ?? '') || /^\s|^$/.test(line.text)) return [];
    if (/are (?:still reachable|indirectly lost|suppressed)/.test(line.text)) return [];
    const ahead = lines.slice(position, position + 200);
    const over = ahead.findIndex(({ text }) => text.trim() === '');
    const block = ahead.slice(0, over < 0 ? undefined : over);
    const frames = block.flatMap(({ text }) => frameIn(text));
    const own = frames.find((frame) => !/^vg_replace|^\.\.\/|^(?:libc-start|start)\.[cS]$/.test(frame.file));
    const where = own ? { file: own.file, ...(own.line ? { line: own.line } : {}) } : {};
    return [failure({ tool, message: line.text, ...where, frames }, block)];
  });
}

function frameIn(text: string): StackFrame[] {
  const [, name, file, line] = frameLine.exec(text) ?? [];
  return name && file && Number(line) > 0 ? [{ file, line: Number(line), function: name }] : [];
}
