// Errors of gcc, clang and cl → one failure an error, the flag that made it one as its type, the place in one's own file.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

export const gcc: FailureParser = {
  tool: 'gcc',
  kind: 'check',
  signs: [': error: ', ': fatal error: ', 'internal compiler error', '): error C', '): fatal error C'],
  find(lines) {
    const tool = lines.some(({ text }) => /^\d{1,5} (?:warnings? and \d{1,5} )?errors? generated\.$/.test(text))
      ? 'clang'
      : 'gcc';
    return lines.flatMap((line, position) => {
      if (!line.text.includes('error')) return [];
      return [...placed(lines, position, tool), ...driver(line), ...microsoft(line)];
    });
  },
};

export const sourceFile = String.raw`(?:[A-Za-z]:)?[^\s:()"'[][^:()"']{0,1000}\.(?:[cCmMhSs]|cc|cpp|cxx|c\+\+|hh|hpp|hxx|h\+\+|mm|inl|ipp|ixx|tpp|cu|cuh|def|inc|l|y)`;
const errorLine = new RegExp(
  String.raw`^(${sourceFile}):(\d{1,9}):(?:(\d{1,9}):)? (?:fatal |internal compiler )?error: (\S.*)$`,
);
/** What configure scripts compile is meant to fail. */
const trial =
  /(?:^|\/)conftest\.|CMakeTmp|CMakeScratch|(?:^|\/)(?:Check(?:Include|Function|Symbol|Type)\w*|testC(?:XX)?Compiler)\./;
const foreign = /^\/usr\/|^\/Applications\/|^\/Library\/|^\/opt\/(?!build)|\/include\/c\+\+\/|\/lib\/gcc\//;
const contextLine =
  /^(?:In file included from | +from |\S.{0,1000}: (?:In |At |\s+(?:recursively )?required from|\s+in 'constexpr'))/;

function placed(lines: readonly LogLine[], position: number, tool: string): Failure[] {
  const [, file = '', row, column, said = ''] = errorLine.exec(lines[position]?.text ?? '') ?? [];
  if (!said || Number(row) < 1 || trial.test(file)) return [];
  let start = position;
  while (start > 0 && position - start < 30 && contextLine.test(lines[start - 1]?.text ?? '')) start -= 1;
  const end = position + 1 + shown(lines, position + 1);
  const [, message = said, type] = /^(.*) \[(-W[\w=,+-]{1,100})\]$/.exec(said) ?? [];
  const at: StackFrame = { file, line: Number(row), ...(column ? { column: Number(column) } : {}) };
  const own = foreign.test(file) ? ownPlace(lines, start, position) : undefined;
  const frames = own ? [at, own] : [];
  return [failure({ tool, ...(type ? { type } : {}), message, ...(own ?? at), frames }, lines.slice(start, end))];
}

/** The line of source, and the marks below it. */
function shown(lines: readonly LogLine[], start: number): number {
  let length = 0;
  while (length < 12 && /^\s{0,8}\d{0,8} \| /.test(lines[start + length]?.text ?? '')) length += 1;
  if (length > 0) return length;
  return /^[\s~]*\^[\s~^]*$/.test(lines[start + 1]?.text ?? '') ? 2 : 0;
}

/** A template of the library fails where it is used: told above the error by gcc, below it by clang. */
function ownPlace(lines: readonly LogLine[], start: number, position: number): StackFrame | undefined {
  const above = lines.slice(start, position).reverse();
  const below = lines.slice(position + 1, position + 80);
  const next = below.findIndex(({ text }) => errorLine.test(text));
  const texts = [...above, ...below.slice(0, next < 0 ? undefined : next)].map(({ text }) => text);
  const used = texts.filter((text) => /required from|requested here/.test(text));
  const included = above
    .map(({ text }) => text.replace(/^(?:In file included)? *from /, ''))
    .filter((text) => text !== '');
  for (const text of [...used, ...included]) {
    const [, file, row, column] = place.exec(text) ?? [];
    if (file && !foreign.test(file) && Number(row) > 0)
      return { file, line: Number(row), ...(column ? { column: Number(column) } : {}) };
  }
  return undefined;
}

const place = new RegExp(String.raw`^(${sourceFile}):(\d{1,9})(?::(\d{1,9}))?[:,]`);

/** Errors of the command itself: an unknown option, a file that is not there, a compiler that was killed. */
function driver(line: LogLine): Failure[] {
  const match =
    /^(?:\S{0,200}[/-])?(gcc|g\+\+|cc|c\+\+|cc1|cc1plus|cc1obj|clang|clang\+\+)(?:-\d{1,3})?: (?:fatal |internal compiler )?error: (\S.*)$/.exec(
      line.text,
    );
  const [, tool = '', message = ''] = match ?? [];
  if (!message || /^linker command failed/.test(message)) return [];
  return [failure({ tool: tool.startsWith('clang') ? 'clang' : 'gcc', message }, [line])];
}

const microsoftLine = new RegExp(
  String.raw`^\s*(?:\d{1,4}>)?(${sourceFile})\((\d{1,9})\): (?:fatal )?error (C\d{4}): (\S.*)$`,
);

/** With a column it is MSBuild's form. */
function microsoft(line: LogLine): Failure[] {
  const [, file, row, type, said = ''] = microsoftLine.exec(line.text) ?? [];
  if (!file || !type || Number(row) < 1) return [];
  return [
    failure({ tool: 'cl', type, message: said.replace(/ \[[^[\]]{1,1000}proj\]$/, ''), file, line: Number(row) }, [
      line,
    ]),
  ];
}
