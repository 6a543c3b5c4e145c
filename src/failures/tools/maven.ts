// Maven's last words: the goal that failed, what could not be resolved, a POM that cannot be read → one failure each.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'maven';
const unreadable = 'The build could not read ';
const opens = /^\[ERROR\] (?:Failed to execute goal|Plugin |Unknown lifecycle|Some problems were)/;
const isAdvice = /^\[(?:INFO|WARNING)\]|^\[ERROR\] (?:To see|Re-run|For more|\[Help)/;
const help = '-> [Help ';
/** From the goal that failed to what it said: the project's name stands between them. */
const goal = /^(Failed to execute goal.{0,600}? on project [^\s:]{1,200}): (.*)$/;
const longestReport = 400;
const mostRuleLines = 200;

export const maven: FailureParser = {
  tool,
  kind: 'build',
  signs: [help],
  find(lines) {
    let rules: string[] | undefined;
    return lines.flatMap(({ text }, position) => {
      if (!text.startsWith('[ERROR]') || !text.includes(help)) return [];
      const block = reportTo(lines, position);
      if (block[0]?.text.includes('enforcer')) rules ??= enforcerRules(lines);
      return block.length > 0 ? [read(block, rules)] : [];
    });
  },
};

/**
 * Upwards to where Maven begins to speak: the lines in between carry its mark, or belong to a message of several lines.
 * What is wrong with a POM stands below.
 */
function reportTo(lines: readonly LogLine[], end: number): LogLine[] {
  if (lines[end]?.text.includes(unreadable)) {
    return blockFrom(lines, end, ({ text }) => !/^\[ERROR\] {2,}/.test(text) && text.trim() !== '[ERROR]').filter(
      isSaid,
    );
  }
  let start = end;
  for (let at = end; at >= Math.max(0, end - longestReport); at -= 1) {
    const text = lines[at]?.text ?? '';
    if (isAdvice.test(text) || (at < end && text.includes(help))) break;
    start = at;
    if (opens.test(text)) break;
  }
  return lines.slice(start, end + 1).filter(isSaid);
}

const isSaid = ({ text }: LogLine): boolean => !/^(?:\[ERROR\])?\s*$/.test(text);

function read(report: readonly LogLine[], enforced: readonly string[] = []): Failure {
  const said = report.map(({ text }) => text.replace(/^\[ERROR\] ?/, '').replace(/ ?-> \[Help \d{1,3}\].*$/, ''));
  const [, where, cause] = goal.exec(said[0] ?? '') ?? [];
  const rules = where?.includes('enforcer') ? enforced : [];
  const message = where ? [...rules, cause, ...said.slice(1), where] : said;
  return failure({ tool, message: message.filter((line) => line?.trim()).join('\n'), ...placeIn(said) }, report);
}

/** The rules say why before the end: `Rule 0: … failed with message:` and the lines below it. */
function enforcerRules(lines: readonly LogLine[]): string[] {
  const said = lines.flatMap(({ text }, position) => {
    if (!/^\[\w+\] Rule \d+: \S+ failed with message:/.test(text)) return [];
    const after = lines.slice(position + 1, position + 8).map((line) => line.text.trim());
    const end = after.findIndex((line) => /^(?:$|\[\w+\])/.test(line));
    return [text.replace(/^\[\w+\] /, ''), ...after.slice(0, end < 0 ? undefined : end)];
  });
  return said.slice(0, mostRuleLines);
}

/** `The project com.acme:shop:1.0 (/w/pom.xml) has 1 error`, `… @ line 12, column 17`, `Non-parseable POM /w/pom.xml: … @12:4`. */
function placeIn(said: readonly string[]): Partial<Pick<Failure, 'file' | 'line' | 'column'>> {
  const text = said.join('\n');
  const file = /(?:\(|POM )([^\s():]{1,500}pom\.xml)/.exec(text)?.[1];
  const [, line, column] = /@ line (\d{1,9}), column (\d{1,9})|@(?=\d)/.exec(text) ?? [];
  const [, shortLine, shortColumn] = /@(\d{1,9}):(\d{1,9})/.exec(text) ?? [];
  const at = { line: Number(line ?? shortLine), column: Number(column ?? shortColumn) };
  return file ? { file, ...(at.line > 0 ? at : {}) } : {};
}
