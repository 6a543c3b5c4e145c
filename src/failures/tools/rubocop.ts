// RuboCop's offenses, in its default, clang, emacs and simple forms or as annotations → one failure an offense not corrected.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const offense =
  /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}):(\d{1,9}):(\d{1,9}): [ICRWEF]: (?:\[Correctable\] )?([A-Z]\w{0,80}(?:\/\w{1,80}){1,4}): (.{1,2000})$/;
const listed =
  /^[ICRWEF]: {1,6}(\d{1,9}): {1,6}(\d{1,9}): (?:\[Correctable\] )?([A-Z]\w{0,80}(?:\/\w{1,80}){1,4}): (.{1,2000})$/;
const annotated = /^(?:\[Correctable\] )?([A-Z]\w{0,80}\/[A-Z]\w{0,80}(?:\/\w{1,80})?): (.{1,2000})$/;

export const rubocop: FailureParser = {
  tool: 'rubocop',
  kind: 'check',
  signs: [
    ...[
      'Layout',
      'Lint',
      'Style',
      'Naming',
      'Metrics',
      'Security',
      'Rails',
      'RSpec',
      'Performance',
      'Bundler',
      'Gemspec',
    ].map((department) => `: ${department}/`),
    ': [Correctable] ',
    'no offenses',
    ' offense',
    'Style/',
    'Layout/',
    'Lint/',
  ],
  find(lines) {
    let file: string | undefined;
    return lines.flatMap((line, position) => {
      file = /^== (.{1,500}) ==$/.exec(line.text)?.[1] ?? file;
      return one(lines, line, position, file);
    });
  },
};

function one(lines: readonly LogLine[], line: LogLine, position: number, listedFile?: string): Failure[] {
  const tool = 'rubocop';
  if (line.kind === 'error') {
    const [, type, message] = annotated.exec(line.text) ?? [];
    return type && message ? [failure({ tool, type, message }, [line])] : [];
  }
  const [, file, at, column, type, message] = offense.exec(line.text) ?? [];
  if (file && type && message) {
    const marked = [2, 3].find((ahead) => /^\s*\^/.test(lines[position + ahead]?.text ?? '')) ?? 0;
    const place = { file, line: Number(at), column: Number(column) };
    return [failure({ tool, type, message, ...place }, lines.slice(position, position + marked + 1))];
  }
  const [, row, start, cop, said] = listedFile ? (listed.exec(line.text) ?? []) : [];
  if (!listedFile || !cop || !said) return [];
  return [
    failure({ tool, type: cop, message: said, file: listedFile, line: Number(row), column: Number(start) }, [line]),
  ];
}
