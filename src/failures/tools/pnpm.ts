// The error with which pnpm ends → one failure, typed by pnpm's code; a script that failed has said more above.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'pnpm';
/** Printed in colours as a badge; since version 12 alone on a line, after `Error: `. */
const badge = /^[ \u2009]?(?<type>ERR_PNPM_[A-Z\d_]{1,80})[\s\u2009]{1,3}(?<message>\S.*)$/;
const plain = /^Error: (?<type>ERR_PNPM_[A-Z\d_]{1,80})$/;
const ofScript = /^ERR_PNPM_RECURSIVE_(?:RUN|EXEC)_FIRST_FAIL$|^ERR_PNPM_(?:LIFECYCLE|EXEC_FAIL)/;
const networkCode = /\b(?:ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|ERR_SOCKET_TIMEOUT)\b/;
const ends =
  /^(?:[ \u2009]?(?:WARN|ERR_PNPM_\w+|ELIFECYCLE)[ \u2009]|> |Progress: |Done in |Packages: |Scope: |Error: ERR_PNPM_)/;

export const pnpm: FailureParser = {
  tool,
  kind: 'build',
  signs: ['ERR_PNPM_'],
  find: (lines) => lines.flatMap((line, position) => (line.text.includes('ERR_PNPM_') ? errorAt(lines, position) : [])),
};

function errorAt(lines: readonly LogLine[], position: number): Failure[] {
  const text = lines[position]?.text ?? '';
  const { type, message } = (badge.exec(text) ?? plain.exec(text))?.groups ?? {};
  if (!type || ofScript.test(type)) return [];
  const block = blockFrom(lines, position, (line) => line.kind !== 'output' || ends.test(line.text), 40);
  const details = block.slice(1).map((line) => line.text.trimEnd());
  const said = message ? [message, ...details].join('\n') : drawn(details);
  return [failure({ tool, type: networkCode.exec(said)?.[0] ?? type, message: said.replace(/\n{2,}/g, '\n') }, block)];
}

/** A tree of causes, wrapped to the terminal's width; the last one is the root. */
function drawn(texts: readonly string[]): string {
  const causes: string[] = [];
  let help = false;
  for (const text of texts) {
    help ||= /^\s*help: /.test(text);
    const [, mark, said = ''] = /^\s*(×|├─▶|╰─▶)?[\s│]*(.*)$/.exec(text) ?? [];
    if (mark) causes.push(said);
    else if (!help && said !== '' && causes.length > 0) causes.push(`${causes.pop()} ${said}`);
  }
  const [root = '', ...wrappers] = causes.toReversed().map((cause) => cause.replace(/(\w)- (?=\w)/g, '$1-'));
  return [root, ...wrappers.map((cause) => `raised again as ${cause}`)].join('\n');
}
