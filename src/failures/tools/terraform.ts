// The errors of Terraform and OpenTofu, boxed or plain → one failure an error, with the place in the configuration.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const place = /^ {2}on ([^\s"].{0,300}\.(?:tf|tofu|tfvars|hcl|tftest\.hcl|json)) line (\d{1,9})(?:, in .{1,300})?:$/;

export const terraform: FailureParser = {
  tool: 'terraform',
  kind: 'check',
  signs: [
    '│ Error: ',
    '.tf line ',
    '.tfvars line ',
    '.tofu line ',
    '.hcl line ',
    'Error: Failed to query available provider',
    'Error: Terraform',
  ],
  find: (lines) => lines.flatMap((_, position) => boxed(lines, position) ?? plain(lines, position) ?? []),
};

function boxed(lines: readonly LogLine[], position: number): Failure | undefined {
  if (lines[position]?.text !== '╷' || !lines[position + 1]?.text.startsWith('│ Error: ')) return undefined;
  const block = blockFrom(lines, position, ({ text }) => !text.startsWith('│'), 200);
  const closed = lines[position + block.length];
  const texts = block.slice(1).map(({ text }) => text.replace(/^│ ?/, ''));
  return read(texts, closed?.text === '╵' ? [...block, closed] : block);
}

/** Without colours there is no box; the place in the configuration marks it as Terraform's. */
function plain(lines: readonly LogLine[], position: number): Failure | undefined {
  const text = lines[position]?.text ?? '';
  if (!/^Error: \S/.test(text) || lines[position + 1]?.text !== '') return undefined;
  const isPlaced = lines.slice(position + 2, position + 6).some((line) => place.test(line.text));
  if (!isPlaced) return undefined;
  const ends = (line: LogLine) => line.kind !== 'output' || /^(?:Error|Warning): /.test(line.text);
  const block = blockFrom(lines, position, ends, 60);
  return read(
    block.map((line) => line.text),
    block,
  );
}

/** The title, the detail below the code, and the values that Terraform shows of it. */
function read(texts: readonly string[], block: readonly LogLine[]): Failure {
  const at = texts.findIndex((text) => place.test(text));
  const [, file, line] = place.exec(texts[at] ?? '') ?? [];
  const title = (texts[0] ?? '').replace(/^Error: /, '');
  const isCode = (text: string) => /^ +\d{1,9}: |^ {4}[├│]|^ {2}(?:with|on) /.test(text);
  const known = texts.filter((text) => /^ {4}│ /.test(text)).map((text) => text.replace(/^ {4}│ +/, ''));
  const detail = texts
    .slice(1)
    .filter((text) => !isCode(text))
    .join('\n')
    .trim();
  const message = [title, detail, ...known].filter((text) => text !== '').join('\n');
  return failure({ tool: 'terraform', message, ...(file ? { file, line: Number(line) } : {}) }, block);
}
