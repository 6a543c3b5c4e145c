// The errors with which Yarn ends, version 1 or later ones → one failure an error, typed by its code where it has one.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'yarn';
const failed = /^➤ YN0000: (?:[·└│] )?Failed with errors/;
const report = /^➤ (?<type>YN\d{4}): (?:[│└·] ?)?(?<message>.*)$/;
/** Codes that are only used for errors, of yarnpkg.com/advanced/error-codes; the others may be advice. */
const errors = new Set(
  [1, 9, 10, 11, 12, 14, 15, 16, 18, 20, 22, 24, 27, 28, 30, 35, 41, 46, 47, 66, 71, 78, 80, 81, 82, 83, 91].map(
    (code) => `YN${String(code).padStart(4, '0')}`,
  ),
);
const networkCode =
  /\b(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|ENETUNREACH|EHOSTUNREACH)\b/;
const usage =
  /^(?:Usage|Internal) Error: (?<message>(?:Couldn't find a script|The project in|The nearest package directory|No project found|This package doesn't seem|.{0,200}package\.json).*)$/;
const farewell = /^info (?:Visit https:\/\/(?:classic\.)?yarnpkg\.com\/|If you think this is a bug)/;

export const yarn: FailureParser = {
  tool,
  kind: 'build',
  signs: [
    ' YN00',
    'https://yarnpkg.com/',
    'https://classic.yarnpkg.com/',
    'think this is a bug',
    'Usage Error',
    'Internal Error',
  ],
  find(lines) {
    const end = lines.findLastIndex(({ text }) => failed.test(text));
    const found = new Map<string, Failure>();
    for (let position = 0; position < lines.length; position += 1) {
      const one = position < end ? berry(lines, position) : undefined;
      const said = one ?? classic(lines, position) ?? refusal(lines, position);
      if (!said) continue;
      const { failure: known, length } = said;
      const key = `${known.type} ${known.message}`;
      // On GitHub Actions every error is printed a second time, below its group.
      if (!found.has(key)) found.set(key, known);
      position += length - 1;
    }
    return [...found.values()];
  },
};

interface Said {
  failure: Failure;
  length: number;
}

function berry(lines: readonly LogLine[], position: number): Said | undefined {
  const { type = '' } = report.exec(lines[position]?.text ?? '')?.groups ?? {};
  if (!errors.has(type)) return undefined;
  const isDetail = ({ text }: LogLine) => {
    const next = report.exec(text)?.groups;
    return next
      ? next.type === type && (type === 'YN0028' || /^\s{2}/.test(next.message ?? ''))
      : /^\s{4}at /.test(text);
  };
  const block = blockFrom(
    lines,
    position,
    (line) => !isDetail(line) && !(type === 'YN0028' && /^➤ YN0000: │ *$/.test(line.text)),
  );
  const said = block.flatMap(({ text }) => report.exec(text)?.groups?.message?.trimEnd() ?? []);
  const verdict = said.find((text) => text.startsWith('The lockfile would have been'));
  // The lockfile's new lines are printed as if each were an error.
  const message = verdict ?? said.join('\n');
  return {
    failure: failure({ tool, type: networkCode.exec(message)?.[0] ?? type, message }, block),
    length: block.length,
  };
}

/** `error Couldn't find package …`, and within some lines `info Visit https://yarnpkg.com/en/docs/cli/install`. */
function classic(lines: readonly LogLine[], position: number): Said | undefined {
  const text = lines[position]?.text ?? '';
  if (!text.startsWith('error ') || /^error Command failed (?:with|due)/.test(text)) return undefined;
  const block = blockFrom(lines, position, (line) => line.kind !== 'output' || farewell.test(line.text), 100);
  if (!farewell.test(lines[position + block.length]?.text ?? '')) return undefined;
  const message = block.map((line) => line.text.replace(/^error /, '')).join('\n');
  const type = networkCode.exec(message)?.[0];
  return { failure: failure({ tool, ...(type ? { type } : {}), message }, block), length: block.length };
}

function refusal(lines: readonly LogLine[], position: number): Said | undefined {
  const line = lines[position];
  const message = line ? usage.exec(line.text)?.groups?.message : undefined;
  return line && message ? { failure: failure({ tool, message }, [line]), length: 1 } : undefined;
}
