// Errors of compilers that have no parser of their own (Zig, GHC, OCaml…), in the form that most share → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';

const path = String.raw`(?<file>(?:[A-Za-z]:)?[^\s:()"'][^:()"']{0,1000}\.\w{1,6})`;
/** Compilers of these files are understood by a parser of their own. */
const known = String.raw`[^:]{0,1000}\.(?:[cChHmMsSly]|cc|cpp|cxx|c\+\+|hh|hpp|hxx|h\+\+|mm|inl|ipp|ixx|tpp|cu|cuh|def|inc|go|rs|java|kts?|pyi?|[cm]?[jt]sx?|swift|rb|php|cs):`;
const errorLine = new RegExp(
  String.raw`^(?!${known})${path}:(?<line>\d{1,9})(?::(?<column>\d{1,9}))?: (?:fatal )?error: (?<message>.+)$`,
);

export const compiler: FailureParser = {
  tool: 'compiler',
  kind: 'check',
  signs: [': error: ', ': fatal error: '],
  find(lines) {
    const found = new Map<string, Failure>();
    for (const line of lines) {
      const { file = '', message = '', ...at } = errorLine.exec(line.text)?.groups ?? {};
      if (file === '') continue;
      const [row, column] = [Number(at.line), Number(at.column)];
      const place = { file, ...(row > 0 ? { line: row } : {}), ...(column >= 0 ? { column } : {}) };
      found.set(JSON.stringify([place, message]), failure({ tool: 'compiler', message, ...place }, [line]));
    }
    return [...found.values()];
  },
};
