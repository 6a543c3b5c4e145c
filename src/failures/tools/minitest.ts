// The reports of Minitest, Rails' test runner and test-unit → one failure a failed test.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { rubyFrame, rubyPlace } from './ruby.ts';

const numbered = /^ {1,6}\d{1,6}\) (Failure|Error):$/;
const anyEntry = /^ {1,6}\d{1,6}\) (?:Failure|Error|Skipped):$/;
/** Rails prints a report as soon as the test has run, with the command that repeats it below. */
const inline = /^(Failure|Error):$/;
const rerun = /^(?:bin\/)?rails test \S|^rake test |^bundle exec /;
const unitEntry = /^(Failure|Error): ([\w?!: ]{1,300})\(([^()]{1,300})\):?(?: (.{1,2000}))?$/;
const summary = /^\d+ (?:runs|tests), \d+ assertions|^Finished (?:in|tests in) /;
const frameless = 'Minitest::Assertion';

export const minitest: FailureParser = {
  tool: 'minitest',
  kind: 'test',
  signs: [') Failure:', ') Error:', '#test_', 'Failure: ', 'Error: test'],
  find(lines) {
    return lines.flatMap((line, position) => {
      const { text } = line;
      if (numbered.test(text)) {
        const block = blockFrom(lines, position, (one) => anyEntry.test(one.text) || summary.test(one.text));
        return report(block);
      }
      if (inline.test(text)) return report(blockFrom(lines, position, (one, at) => closes(lines, one, at), 300));
      if (unitEntry.test(text) && /^={20,}$/.test(lines[position - 1]?.text ?? ''))
        return [unit(blockFrom(lines, position, (one) => /^={20,}$/.test(one.text), 500))];
      return [];
    });
  },
};

const closes = (lines: readonly LogLine[], { text }: LogLine, at: number): boolean =>
  rerun.test(text) || inline.test(text) || summary.test(text) || (text === '' && lines[at + 1]?.text === '');

/** `PriceTest#test_x [test/price_test.rb:6]:` and the message; an error has its trace instead of the place. */
function report(block: readonly LogLine[]): Failure[] {
  const title = block[1]?.text ?? '';
  const open = title.lastIndexOf(' [');
  const placed = open > 0 ? /^ \[([^\]]{1,500}):(\d{1,9})\]:?$/.exec(title.slice(open)) : null;
  const test = placed ? title.slice(0, open) : title.replace(/:$/, '');
  if (!/.#./.test(test) || (!placed && !title.endsWith(':'))) return [];
  const texts = block.slice(2).map(({ text }) => text);
  const frames = texts
    .map((text) => (/^\s/.test(text) ? rubyFrame(text) : undefined))
    .filter((one) => one !== undefined);
  const first = texts.findIndex((text) => /^\s/.test(text) && rubyFrame(text));
  const said = withoutCode(texts.slice(0, first < 0 ? texts.length : first))
    .join('\n')
    .trim();
  const where = placed?.[1] ? { file: placed[1], line: Number(placed[2]) } : rubyPlace(frames);
  const shown = placed ? { message: said } : typed(said);
  return [failure({ tool: 'minitest', test, ...shown, ...values(texts), ...where, frames }, block)];
}

/** The line of code and the marks that Ruby adds to a message. */
function withoutCode(texts: readonly string[]): string[] {
  const mark = texts.findIndex((text) => /^\s*\^+$/.test(text));
  return mark > 1 ? texts.slice(0, mark - 1) : [...texts];
}

function typed(text: string): { type?: string; message: string } {
  const [, type, message] = /^([A-Z]\w*(?:::\w+){0,9}): ([\s\S]+)$/.exec(text) ?? [];
  return type && message ? { ...(type === frameless ? {} : { type }), message } : { message: text };
}

function values(texts: readonly string[]): { expected?: string; actual?: string } {
  const named = (pattern: RegExp) => texts.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined);
  const [expected, actual] = [named(/^\s*Expected: (.+)$/), named(/^\s*Actual: (.+)$/)];
  if (expected !== undefined && actual !== undefined) return { expected, actual };
  const diff = texts.findIndex((text, index) => text === '--- expected' && texts[index + 1] === '+++ actual');
  if (diff < 0) return {};
  const side = (sign: string) =>
    texts
      .slice(diff + 2)
      .filter((text) => text.startsWith(sign))
      .map((text) => text.slice(1))
      .join('\n');
  return { expected: side('-'), actual: side('+') };
}

/** `Failure: test_x(PriceTest)`, the frames with the code around them, `<90> expected but was`. */
function unit(block: readonly LogLine[]): Failure {
  const [, kind, name = '', group = '', rest = ''] = unitEntry.exec(block[0]?.text ?? '') ?? [];
  const texts = block.slice(1).map(({ text }) => text);
  const frames: StackFrame[] = texts
    .map((text) => (/^\S/.test(text) ? rubyFrame(text) : undefined))
    .filter((one) => one !== undefined);
  const firstFrame = texts.findIndex((text) => /^\S/.test(text) && rubyFrame(text));
  const before = withoutCode(texts.slice(0, firstFrame < 0 ? texts.length : firstFrame)).map((text) => text.trim());
  const after = texts.filter(
    (text, index) => index > firstFrame && !/^\s+(?:=> +)?\d+: |^\s*$/.test(text) && !rubyFrame(text),
  );
  const diff = after.indexOf('diff:');
  const shown = kind === 'Failure' ? after.slice(0, diff < 0 ? after.length : diff) : [];
  const said = [rest, ...before, ...shown].filter((text) => text !== '').join('\n');
  const [, expected, actual] =
    /<([\s\S]{1,2000}?)>(?:\([^)]{1,100}\))? expected but was\n<([\s\S]{1,2000}?)>(?:\([^)]{1,100}\))?\.?$/.exec(
      said,
    ) ?? [];
  const pair = expected !== undefined && actual !== undefined ? { expected, actual } : {};
  const words = kind === 'Error' ? typed(said) : { message: said };
  const end = diff >= 0 && kind === 'Failure' ? block.findIndex(({ text }) => text === 'diff:') : block.length;
  return failure(
    { tool: 'test-unit', test: `${group}#${name}`, ...words, ...pair, ...rubyPlace(frames), frames },
    block.slice(0, Math.max(1, end)),
  );
}
