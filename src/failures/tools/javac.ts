// Errors of Java's compiler, as it prints them itself, below Gradle and Ant, and as Maven does → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { buildVerdicts } from './build-verdict.ts';

const tool = 'javac';
/** Gradle 4 leaves the first error on the line of the task: `:compileJava/w/A.java:3: error: …`. */
const own =
  /^(?::\w{1,100}){0,9}(?<file>(?:[A-Za-z]:)?[^:\n]{1,500}\.java):(?<line>\d{1,9}): (?<level>error|warning): (?<message>.+)$/;
const maven =
  /^\[(?<level>ERROR|WARNING)\] (?<file>(?:[A-Za-z]:)?[^:\n]{1,500}\.java):\[(?<line>\d{1,9})(?:,(?<column>\d{1,9}))?\] (?<message>.+)$/;
const unplaced =
  /^(?:error: (?<message>(?:file not found|invalid (?:source|target|flag)|release version|cannot access|no source files|cannot find|option|module not found|Source option|Class names).*)|(?:error: )?Source option \d.*|error: (?<werror>warnings found and -Werror specified))$/;
/** Checkstyle's Maven form: `[ERROR] src/A.java:[3,5] (indentation) Indentation: …`. */
const checkstyle = /^\(\w+\) \w+: /;
const werror = 'warnings found and -Werror specified';

export const javac: FailureParser = {
  tool,
  kind: 'check',
  signs: [
    '.java:',
    'error: release version',
    'error: invalid ',
    'error: file not found',
    'error: no source',
    'error: module not found',
    'Source option',
    werror,
  ],
  find(logLines) {
    const lines = logLines.map(withoutTask);
    const warningsFail = lines.some(({ text }) => text.includes(werror));
    const found = new Map<string, Failure>();
    for (const [position, { text }] of lines.entries()) {
      const groups = text.includes('.java:') ? (own.exec(text) ?? maven.exec(text))?.groups : undefined;
      const isError = groups && (/^error$/i.test(groups.level ?? '') || warningsFail);
      const one = isError ? placed(lines, position, groups) : general(lines, position);
      // Maven prints every error twice, Gradle 9 too: the first time with more around it.
      const key = one && JSON.stringify([one.file, one.line, one.type, one.message.split('\n')[0]]);
      if (one && key && !found.has(key)) found.set(key, one);
    }
    const verdictAt = buildVerdicts(lines);
    const all = [...found.values()].filter((one) => verdictAt(one.at.from) !== 'passed');
    return all.some((one) => one.file) ? all.filter((one) => one.file) : all;
  },
};

const withoutTask = (line: LogLine): LogLine => {
  const text = line.text.replace(/^\s*(?:\[javac\] )?/, (prefix) => (prefix.includes('[') ? '' : prefix));
  return text.startsWith('  ') && own.test(text.trim()) ? { ...line, text: text.trim() } : { ...line, text };
};

function placed(
  lines: readonly LogLine[],
  position: number,
  groups: Record<string, string | undefined>,
): Failure | undefined {
  const { file = '', message = '' } = groups;
  if (checkstyle.test(message)) return undefined;
  const isMaven = groups.column !== undefined || lines[position]?.text.startsWith('[') === true;
  const after = below(lines, position + 1, isMaven);
  const caret = after.findIndex(({ text }) => /^\s*\^\s*$/.test(text));
  const details = isMaven ? after : after.slice(caret + 1);
  // The source line and its caret stand between the message and what explains it; the caret shows the column.
  const column = Number(groups.column ?? (caret >= 0 ? (after[caret]?.text.indexOf('^') ?? -1) + 1 : Number.NaN));
  const [, type, rest] = /^\[([\w.-]{1,60})\] (.+)$/.exec(message) ?? [];
  const said = [
    rest ?? message.replace(/^error: /, ''),
    ...details.map(({ text }) => text.replace(/^\[ERROR\]/, '').trim()),
  ];
  return failure(
    {
      tool,
      file,
      message: said.join('\n'),
      ...(type ? { type } : {}),
      line: Number(groups.line),
      ...(column > 0 ? { column } : {}),
    },
    lines.slice(position, position + 1 + after.length),
  );
}

/** What explains an error is indented; javac shows the line first, with a caret below it. */
function below(lines: readonly LogLine[], start: number, isMaven: boolean): LogLine[] {
  const found: LogLine[] = [];
  const detail = isMaven ? /^(?:\[ERROR\])?\s{2,}\S/ : /^\s+\S|^\s*\^\s*$/;
  for (const line of lines.slice(start, start + 12)) {
    const isSource = !isMaven && found.length === 0 && !own.test(line.text);
    const isDetail = detail.test(line.text) && !/^\s*(?:\d+ errors?|\[ERROR\] +-> )/.test(line.text);
    if (line.kind !== 'output' || own.test(line.text) || !(isSource || isDetail)) break;
    found.push(line);
  }
  const caret = found.findIndex(({ text }) => /^\s*\^\s*$/.test(text));
  return isMaven || caret >= 0 ? found : [];
}

function general(lines: readonly LogLine[], position: number): Failure | undefined {
  const line = lines[position];
  const { message, werror: warned } = unplaced.exec(line?.text ?? '')?.groups ?? {};
  const said = message ?? warned;
  return line && said ? failure({ tool, message: said }, [line]) : undefined;
}
