// The last words of make and ninja → one failure a broken rule, the innermost make's, with what its recipe said last.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

/** `make[1]: Entering directory '/home/runner/work/shop/shop/sub'` */
const enteredLine = /make(?:\.exe)?\[(\d{1,3})\]: Entering directory '(.*?)'?$/;

export const make: FailureParser = {
  tool: 'make',
  kind: 'build',
  signs: ['*** ', 'ninja: '],
  find(lines) {
    const found: Failure[] = [];
    const folders = new Map<number, string>();
    let inner = 0;
    for (const [position, line] of lines.entries()) {
      const entered = line.text.includes(': Entering directory ') ? enteredLine.exec(line.text) : null;
      if (entered) folders.set(Number(entered[1]), `${entered[2]}/`);
      found.push(...ninja(lines, line, position));
      if (!line.text.includes(': *** ')) continue;
      const [, depth = '0'] = /^\S{0,300}make(?:\.exe)?(?:\[(\d{1,3})\])?: \*\*\* /.exec(line.text) ?? [];
      const recipe = recipeError(lines, position, folders.get(Number(depth)));
      // An outer make only repeats that an inner one failed.
      if (recipe && Number(depth) >= inner) found.push(recipe);
      if (recipe) inner = Number(depth);
      found.push(...stopped(line));
    }
    return found;
  },
};

function recipeError(lines: readonly LogLine[], position: number, folder = ''): Failure | undefined {
  const line = lines[position];
  if (!line) return undefined;
  const match =
    /^\S{0,300}make(?:\.exe)?(?:\[\d{1,3}\])?: \*\*\* \[(?:(<?[^\s:\]]{1,500}>?):(?:(\d{1,9}): )?)? ?([^\]]{1,500})\] (Error \d{1,3}|[A-Z][a-z].*)$/.exec(
      line.text,
    );
  const [, printed = '', row, target, end] = match ?? [];
  if (!target || !end) return undefined;
  const said = saidAbove(lines, position);
  const message = [...(said ? [said.text.trim()] : []), `${target}: ${end}`].join('\n');
  const file = `${folder}${printed}`;
  const where = printed.startsWith('<') || !printed ? {} : { file, ...(Number(row) > 0 ? { line: Number(row) } : {}) };
  const from = (first: number) =>
    lines.slice(Math.max(0, position - 30), position + 1).filter(({ number }) => number >= first);
  const near = said && line.number - said.number < 30 ? from(said.number) : [line];
  return failure({ tool: 'make', message, ...where }, near);
}

const telling =
  /\b(?:error|fail(?:ed|ure)?|fatal|cannot|could not|not found|denied|no such|unable|refused|killed|exception|invalid|missing)\b/i;

/** The line of the recipe's output that says most; its commands are echoed the same way. */
function saidAbove(lines: readonly LogLine[], position: number): LogLine | undefined {
  const above = lines.slice(Math.max(0, position - 30), position).filter(({ text }) => text.trim() !== '');
  const start = above.findLastIndex(({ text }) => /^\S{0,300}make(?:\.exe)?(?:\[\d{1,3}\])?: /.test(text));
  const own = above.slice(start + 1);
  return own.findLast(({ text }) => telling.test(text)) ?? own.at(-1);
}

/** `No rule to make target`, `Makefile:2: *** missing separator.  Stop.` */
function stopped(line: LogLine): Failure[] {
  const [, file, row, said = ''] =
    /^(?:\S{0,300}make(?:\.exe)?(?:\[\d{1,3}\])?|([^\s:]{1,500}):(\d{1,9})): \*\*\* (\S.*?) {1,2}Stop\.$/.exec(
      line.text,
    ) ?? [];
  if (!said) return [];
  const where = file && Number(row) > 0 ? { file, line: Number(row) } : {};
  return [failure({ tool: 'make', message: said.replace(/\.$/, ''), ...where }, [line])];
}

function ninja(lines: readonly LogLine[], line: LogLine, position: number): Failure[] {
  const error = /^ninja: (?:error|fatal): (\S.*)$/.exec(line.text)?.[1];
  if (error) return [failure({ tool: 'ninja', message: error }, [line])];
  const target = /^FAILED: (?:\[code=\d{1,3}\] )?(\S.*)$/.exec(line.text)?.[1]?.trim();
  if (!target) return [];
  const isOver = ({ text }: LogLine) => /^(?:ninja: build stopped|FAILED: |\[\d{1,9}\/\d{1,9}\] )/.test(text);
  const ahead = lines.slice(position + 1, position + 100);
  const end = ahead.findIndex(isOver);
  if (end < 0) return [];
  const block = [line, ...ahead.slice(0, end)];
  const said = block.slice(2).findLast(({ text }) => telling.test(text)) ?? block.at(-1);
  return [failure({ tool: 'ninja', message: [said?.text.trim() ?? '', `${target}: failed`].join('\n') }, block)];
}
