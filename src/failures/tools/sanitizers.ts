// Reports of the address, leak, memory, thread and undefined-behaviour sanitizers → one failure a report.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { sourceFile } from './gcc.ts';

export const sanitizers: FailureParser = {
  tool: 'sanitizers',
  kind: 'crash',
  signs: ['Sanitizer: ', ': runtime error: '],
  find(lines) {
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const report = reportAt(lines, position);
      if (report) position += report.length - 1;
      const one = report?.failure ?? undefinedBehaviour(lines, position);
      if (one) found.push(one);
    }
    return found;
  },
};

const names: Record<string, string> = {
  Address: 'asan',
  HWAddress: 'hwasan',
  Leak: 'lsan',
  Memory: 'msan',
  Thread: 'tsan',
};
const reportLine =
  /^(?:==\d{1,10}== ?(?:ERROR|WARNING): |WARNING: )(Address|HWAddress|Leak|Memory|Thread)Sanitizer: (\S.*)$/;
const runtime =
  /(?:^|\/)(?:sysdeps|csu|libsanitizer|sanitizer_common|compiler-rt|libc)\/|^\.\.\/|^\/usr\/|\/include\/c\+\+\/|(?:asan|msan|tsan|ubsan|lsan)_\w+\.(?:cpp|cc)$|^<null>$/;
const longestReport = 400;

function reportAt(lines: readonly LogLine[], position: number): { failure: Failure; length: number } | undefined {
  const [, name = '', said = ''] = reportLine.exec(lines[position]?.text ?? '') ?? [];
  if (!said) return undefined;
  const ahead = lines.slice(position, position + longestReport);
  const end = ahead.findIndex(
    ({ text }, index) => index > 0 && (text.startsWith('SUMMARY: ') || reportLine.test(text)),
  );
  const last = ahead.findLastIndex(({ text }) => frameIn(text) !== undefined);
  const length = end < 0 ? last + 1 : ahead[end]?.text.startsWith('SUMMARY: ') ? end + 1 : end;
  const block = ahead.slice(0, Math.max(1, length));
  const title = said.replace(/ at pc 0x.*$/, '').replace(/ \(pid=\d+\)$/, '');
  const type =
    /^[\w-]{1,60}(?= on | at |$)|^(?:data race|detected memory leaks|lock-order-inversion|[a-z-]{1,60})/.exec(
      title,
    )?.[0];
  const detail = block
    .slice(1, 4)
    .find(({ text }) => /^\s*(?:READ|WRITE|Read|Write|Atomic|Direct leak|Indirect leak|The signal is)\b/.test(text));
  const second = block.slice(2, 8).find(({ text }) => /^(?:Direct|Indirect) leak/.test(text)) ?? detail;
  const message = [`${name}Sanitizer: ${title}`, ...(second ? [second.text.trim().replace(/:$/, '')] : [])].join('\n');
  const frames = block.flatMap(({ text }) => frameIn(text) ?? []);
  return {
    failure: failure(
      { tool: names[name] ?? 'asan', ...(type ? { type } : {}), message, ...ownPlace(frames), frames },
      block,
    ),
    length: block.length,
  };
}

/** `#1 0x55.. in total src/price.c:7:3`, `#0 main /src/stock.c:8:10 (stock+0xd0126)`; what has no line is no frame. */
function frameIn(text: string): StackFrame | undefined {
  if (!/^\s*#\d/.test(text)) return undefined;
  const body = /^\s*#\d{1,3} +(?:0x[\da-f]{1,16} in )?(\S.{0,2000})$/.exec(text)?.[1];
  const plain = body?.replace(/(?: \([^()]{0,300}\)){1,2}$/, '');
  const [, name, file, line, column] = /^(.{1,1500}) (\S{1,1000}?):(\d{1,9})(?::(\d{1,9}))?$/.exec(plain ?? '') ?? [];
  if (!name || !file || Number(line) < 1) return undefined;
  return { file, line: Number(line), ...(column ? { column: Number(column) } : {}), function: name };
}

function ownPlace(frames: readonly StackFrame[]): Partial<StackFrame> {
  const { function: _, ...where } = frames.find((frame) => !runtime.test(frame.file)) ?? { function: '' };
  return where;
}

const undefinedLine = new RegExp(String.raw`^(${sourceFile}):(\d{1,9}):(?:(\d{1,9}):)? runtime error: (\S.*)$`);

function undefinedBehaviour(lines: readonly LogLine[], position: number): Failure | undefined {
  const [, file, row, column, message = ''] = undefinedLine.exec(lines[position]?.text ?? '') ?? [];
  if (!file || Number(row) < 1) return undefined;
  let end = position + 1;
  while (end < position + 100 && /^\s*#\d/.test(lines[end]?.text ?? '')) end += 1;
  const frames = lines.slice(position + 1, end).flatMap(({ text }) => frameIn(text) ?? []);
  const at = { line: Number(row), ...(column ? { column: Number(column) } : {}) };
  return failure({ tool: 'ubsan', type: 'runtime error', message, file, ...at, frames }, lines.slice(position, end));
}
