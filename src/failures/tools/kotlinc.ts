// Errors of Kotlin's compiler, by itself, below Gradle (1.x and 2.x) and Maven → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { buildVerdicts } from './build-verdict.ts';

const tool = 'kotlinc';
const file = String.raw`(?:file:\/\/)?(?<file>\/?(?:[A-Za-z]:)?[^:\n]{1,500}\.(?:kts?|java))`;
const forms: readonly RegExp[] = [
  new RegExp(`^(?<level>[ew]): ${file}:(?<line>\\d{1,9}):(?<column>\\d{1,9}):? (?<message>.+)$`),
  new RegExp(`^(?<level>[ew]): ${file}: \\((?<line>\\d{1,9}), (?<column>\\d{1,9})\\): (?<message>.+)$`),
  new RegExp(
    `^\\[(?<level>ERROR|WARNING)\\] ${file}: ?[[(](?<line>\\d{1,9}), ?(?<column>\\d{1,9})[\\])] (?<message>.+)$`,
  ),
  new RegExp(`^${file}:(?<line>\\d{1,9}):(?<column>\\d{1,9}): (?<level>error|warning): (?<message>.+)$`),
];
const werror = 'warnings found and -Werror specified';
const general = /^(?:e|error): (?!warnings found)(?:\[ksp\] )?(?<message>[^:\n].*)$/;

export const kotlinc: FailureParser = {
  tool,
  kind: 'check',
  signs: ['.kt:', '.kts:', 'e: file://', 'Compilation error. See log'],
  find(lines) {
    const warningsFail = lines.some(({ text }) => text.includes(`e: ${werror}`) || text.includes(`error: ${werror}`));
    const found = new Map<string, Failure>();
    for (const line of lines) {
      const one = read(line, warningsFail);
      const key = one && JSON.stringify([one.file, one.line, one.column, one.message]);
      if (one && key && !found.has(key)) found.set(key, one);
    }
    const verdictAt = buildVerdicts(lines);
    return [...found.values()].filter((one) => verdictAt(one.at.from) !== 'passed');
  },
};

function read(line: LogLine, warningsFail: boolean): Failure | undefined {
  if (!/\.kts?:|^e: /.test(line.text)) return undefined;
  for (const form of forms) {
    const groups = form.exec(line.text)?.groups;
    if (!groups || (groups.file?.endsWith('.java') && !line.text.startsWith('e: '))) continue;
    if (/^w/i.test(groups.level ?? '') && !warningsFail) return undefined;
    const { message = '', file: path = '' } = groups;
    return failure({ tool, message, file: path, line: Number(groups.line), column: Number(groups.column) }, [line]);
  }
  const message = line.text.startsWith('e: ') ? general.exec(line.text)?.groups?.message : undefined;
  return message ? failure({ tool, message }, [line]) : undefined;
}
