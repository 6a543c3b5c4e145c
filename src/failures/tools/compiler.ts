// Errors of compilers, type checkers and linters, in the forms they share → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

interface Form {
  tool: string;
  /** What every such line contains: asked first, because it is cheap. */
  has: string;
  pattern: RegExp;
}

const path = String.raw`(?<file>(?:[A-Za-z]:)?[^\s:()"'][^:()"']*\.\w{1,6})`;
const forms: readonly Form[] = [
  {
    tool: 'tsc',
    has: 'error TS',
    pattern: new RegExp(String.raw`^${path}\((?<line>\d+),(?<column>\d+)\): error (?<type>TS\d+): (?<message>.+)$`),
  },
  {
    tool: 'tsc',
    has: 'error TS',
    pattern: new RegExp(String.raw`^${path}:(?<line>\d+):(?<column>\d+) - error (?<type>TS\d+): (?<message>.+)$`),
  },
  {
    tool: 'msbuild',
    has: '): error ',
    pattern: new RegExp(String.raw`^${path}\((?<line>\d+),(?<column>\d+)\): error (?<type>\w+): (?<message>.+)$`),
  },
  {
    tool: 'javac',
    has: '.java:[',
    pattern: new RegExp(String.raw`^\[ERROR\] ${path}:\[(?<line>\d+),(?<column>\d+)\] (?:error: )?(?<message>.+)$`),
  },
  {
    tool: 'kotlinc',
    has: 'e: ',
    pattern: new RegExp(String.raw`^e: (?:file://)?${path}:(?<line>\d+):(?<column>\d+) (?<message>.+)$`),
  },
  {
    tool: 'ruff',
    has: '.py:',
    pattern: new RegExp(String.raw`^${path}:(?<line>\d+):(?<column>\d+): (?<type>[A-Z]{1,4}\d{2,4}) (?<message>.+)$`),
  },
  {
    tool: 'mypy',
    has: ': error: ',
    pattern:
      /^(?<file>[^\s:]+\.pyi?):(?<line>\d+)(?::(?<column>\d+))?: error: (?<message>.+?)(?: {2}\[(?<type>[\w-]+)\])?$/,
  },
  {
    tool: 'compiler',
    has: 'error: ',
    pattern: new RegExp(String.raw`^${path}:(?<line>\d+)(?::(?<column>\d+))?: (?:fatal )?error: (?<message>.+)$`),
  },
  { tool: 'go', has: '.go:', pattern: /^(?:vet: )?(?<file>\S+\.go):(?<line>\d+):(?<column>\d+): (?<message>.+)$/ },
];
const rustLine = /^\s*--> (?<file>\S+):(?<line>\d+):(?<column>\d+)$/;
const eslintLine = /^\s+(?<line>\d+):(?<column>\d+)\s+error\s+(?<message>.+?)(?:\s{2,}(?<type>\S+))?$/;
const eslintFile = /^(?:\/|\.{0,2}[\\/]|[A-Za-z]:\\)?[^\s:]+\.\w{1,6}$/;

export const compiler: FailureParser = {
  tool: 'compiler',
  kind: 'check',
  signs: [],
  find(lines) {
    const found = new Map<string, Failure>();
    let listedFile: string | undefined;
    for (const [position, line] of lines.entries()) {
      if (eslintFile.test(line.text)) listedFile = line.text;
      else if (line.text.trim() === '') listedFile = undefined;
      const one = inForm(line) ?? rust(lines, position) ?? (listedFile ? eslint(line, listedFile) : undefined);
      if (one) found.set(`${one.file}:${one.line}:${one.column}:${one.message}`, one);
    }
    return [...found.values()];
  },
};

function inForm(line: LogLine): Failure | undefined {
  for (const { tool, has, pattern } of forms) {
    if (!line.text.includes(has)) continue;
    const groups = pattern.exec(line.text)?.groups;
    if (groups) return made(tool, groups, [line]);
  }
  return undefined;
}

/** The message stands above its place: `error[E0308]: mismatched types`, ` --> src/main.rs:3:5`. */
function rust(lines: readonly LogLine[], position: number): Failure | undefined {
  const [line, above] = [lines[position], lines[position - 1]];
  const groups = line?.text.includes('--> ') ? rustLine.exec(line.text)?.groups : undefined;
  const said = /^error(?:\[(?<type>E\d+)\])?: (?<message>.+)$/.exec(above?.text ?? '')?.groups;
  return line && above && groups && said ? made('rustc', { ...groups, ...said }, [above, line]) : undefined;
}

function eslint(line: LogLine, file: string): Failure | undefined {
  const groups = eslintLine.exec(line.text)?.groups;
  return groups ? made('eslint', { ...groups, file }, [line]) : undefined;
}

function made(tool: string, groups: Record<string, string | undefined>, lines: readonly LogLine[]): Failure {
  const { file, type, message = '' } = groups;
  const [line, column] = [Number(groups.line), Number(groups.column)];
  return failure(
    {
      tool,
      message,
      ...(type ? { type } : {}),
      ...(file ? { file } : {}),
      ...(line > 0 ? { line } : {}),
      ...(column >= 0 ? { column } : {}),
    },
    lines,
  );
}
