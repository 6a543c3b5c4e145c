// What happens in the stories → lines on the terminal while it happens, and a table at the end.
import { stripVTControlCharacters, styleText } from 'node:util';
import type { StepLine } from './app-process.ts';

export interface StoryResult {
  title: string;
  repository: string;
  ended: string;
  asExpected: boolean;
  stages: { step: string; ms: number }[];
  apiRequests: number;
  tokens: number;
  elapsedMs: number;
  link: string;
}

/** Where no terminal is (a log, a pipe), lines are not folded. */
const columns = (): number => process.stdout.columns ?? Number.POSITIVE_INFINITY;
const mostLines = 3;
const longestRow = 120;
const longestMessage = 400;

const seconds = (ms: number): string => (ms < 50 ? '<0.1 s' : `${(ms / 1_000).toFixed(1)} s`);
const visible = (text: string): number => stripVTControlCharacters(text).length;
const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 1)).trimEnd()}…`;

/** Time, repository, sign, step or person, and what was said, folded below its own beginning. */
function row(elapsedMs: number, repository: string, sign: string, who: string, said: string): string {
  const name = repository.split('/')[1] ?? repository;
  const start = `${(elapsedMs / 1_000).toFixed(1).padStart(6)} s  ${name.padEnd(9)}  ${sign} ${who.padEnd(8)}  `;
  const indent = visible(start);
  const width = columns() - indent;
  const words = cut(said.split('\n')[0] ?? '', longestMessage).split(' ');
  const lines = folded(
    words.flatMap((word) => chunks(word, width)),
    ' ',
    width,
  );
  const [last = ''] = lines.slice(mostLines - 1);
  const shown = [
    ...lines.slice(0, mostLines - 1),
    lines.length > mostLines ? `${last.slice(0, width - 1).trimEnd()}…` : last,
  ];
  return `${start}${shown.join(`\n${' '.repeat(indent)}`)}`.trimEnd();
}

/** A word that is longer than a line, an address for instance, goes on in the next. */
function chunks(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  return [word.slice(0, width), ...chunks(word.slice(width), width)];
}

/** Parts in as many lines as it takes. */
function folded(parts: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}${between}${part}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

export function stepLine(line: StepLine, startedAtMs: number): string {
  const sign = line.state === 'waiting' ? styleText('yellow', '…') : styleText('green', line.stopReason ? '■' : '✔');
  return row(line.time - startedAtMs, line.repository, sign, line.step, line.msg);
}

export function personLine(repository: string, login: string, told: string): string {
  return row(0, repository, styleText('cyan', '▸'), login, told);
}

export function summary(results: readonly StoryResult[]): string {
  const rows = results.map((result) => [
    result.title,
    styleText(result.asExpected ? 'green' : 'red', result.ended),
    seconds(result.elapsedMs),
    String(result.apiRequests),
    result.tokens.toLocaleString('en'),
  ]);
  const table = boxed(['Story', 'Outcome', 'Took', 'Requests', 'Tokens'], rows);
  const width = Math.max(...results.map((result) => result.repository.length));
  const details = results.map(({ repository, stages, link }) => {
    const times = stages.map(({ step, ms }) => `${step} ${seconds(ms)}`);
    const lines = [link, ...folded(times, ' · ', Math.min(columns(), longestRow) - width - 2)];
    return lines.map((line, index) => `${(index === 0 ? repository : '').padEnd(width)}  ${line}`).join('\n');
  });
  return [table, ...details].join('\n\n');
}

function boxed(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...rows.map((cells) => visible(cells[column] ?? ''))),
  );
  const padded = (cell: string, column: number) => {
    const space = ' '.repeat((widths[column] ?? 0) - visible(cell));
    // Numbers stand below each other.
    return column >= 2 ? `${space}${cell}` : `${cell}${space}`;
  };
  const line = (cells: readonly string[]) => `│ ${cells.map(padded).join(' │ ')} │`;
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`;
  return [rule('┌', '┬', '┐'), line(headers), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join('\n');
}
