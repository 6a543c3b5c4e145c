// The reports of PHPUnit (its list and its testdox) and of Pest → one failure a failed test.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { phpPlace, phpTyped } from './php.ts';

const heading = /^There (?:was|were) \d{1,6} (.{1,60}):$|^\d{1,6} tests? triggered \d{1,6} (.{1,60}):$/;
const failing = /^(?:PHPUnit )?(?:failures?|errors?)$/;
const entry = /^\d{1,6}\) ([\w\\]{1,300}::.{1,1000}|[\w\\]{1,300})$/;
const end = /^(?:FAILURES!|ERRORS!|WARNINGS!|OK\b|Tests: \d|--$|Time: )/;
const place = /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.(?:php|phpt|inc)):(\d{1,9})$/;
const boxed = /^\s{1,4}[✘⨯x] (.{1,500}?)(?: \[.{1,30}\])?$/;
const pestTitle = /^\s{1,4}FAILED\s{1,4}(\S.{0,1000})$/;

export const phpunit: FailureParser = {
  tool: 'phpunit',
  kind: 'test',
  signs: ['There was 1 ', 'There were ', 'Failed asserting that ', 'PHPUnit ', ' FAILED  '],
  find(lines) {
    const found = lines.some(({ text }) => pestTitle.test(text)) ? pest(lines) : [];
    const listed = list(lines);
    return [...found, ...(listed.length > 0 ? listed : testdox(lines))];
  },
};

/** `There was 1 failure:` `1) Shop\PriceTest::testDiscount`; lists of skipped, risky and deprecated ones look the same. */
function list(lines: readonly LogLine[]): Failure[] {
  let section: string | undefined;
  return lines.flatMap((line, position) => {
    const opened = heading.exec(line.text);
    if (opened) section = opened[1] ?? opened[2] ?? '';
    const test = section !== undefined && failing.test(section) ? entry.exec(line.text)?.[1] : undefined;
    if (end.test(line.text)) section = undefined;
    if (!test) return [];
    const block = blockFrom(lines, position, ({ kind, text }) => kind !== 'output' || closes(text));
    return [
      read(
        block,
        block.slice(1).map(({ text }) => text),
        test,
      ),
    ];
  });
}

const closes = (text: string): boolean => entry.test(text) || end.test(text) || heading.test(text);

/** `✘ Discount`, and the same text behind a bar. */
function testdox(lines: readonly LogLine[]): Failure[] {
  let group = '';
  const seen = new Set<string>();
  return lines.flatMap((line, position) => {
    group = /^\S.{0,300} \(([\w\\]{1,300})\)$/.exec(line.text)?.[1] ?? group;
    const name = boxed.exec(line.text)?.[1];
    if (!name || !/^\s+[│┐├┴]/.test(lines[position + 1]?.text ?? '')) return [];
    const block = blockFrom(lines, position, ({ text }) => !/^\s+[│┐├┴┊╵╷]/.test(text));
    const texts = block.slice(1).map(({ text }) => text.replace(/^\s+[│┐├┴┊╵╷] ?/, ''));
    const test = group ? `${group}::${name}` : name;
    if (seen.has(test)) return [];
    seen.add(test);
    return [read(block, texts, test)];
  });
}

function read(block: readonly LogLine[], texts: readonly string[], test: string): Failure {
  const parts: string[][] = [[]];
  for (const text of texts) {
    if (text.trim() === 'Caused by') parts.push([]);
    else parts.at(-1)?.push(text);
  }
  const [root, ...wrappers] = parts.map(thrown).reverse();
  const again = wrappers.map(({ type, message }) => `raised again as ${[type, message].filter(Boolean).join(': ')}`);
  const frames = [root, ...wrappers].flatMap((one) => one?.frames ?? []);
  const message = [root?.message ?? '', ...again].join('\n');
  const type = root?.type ? { type: root.type } : {};
  return failure({ tool: 'phpunit', test, ...type, message, ...values(texts), ...phpPlace(frames), frames }, block);
}

function thrown(texts: readonly string[]): { type?: string; message: string; frames: StackFrame[] } {
  const frames = texts.map((text) => place.exec(text.trim())).filter((match) => match !== null);
  const stop = texts.findIndex((text) => place.test(text.trim()) || /^--- Expected$/.test(text));
  const said = texts
    .slice(0, stop < 0 ? texts.length : stop)
    .join('\n')
    .trim();
  return { ...phpTyped(said), frames: frames.map(([, file = '', line]) => ({ file, line: Number(line) })) };
}

const asserted = /^Failed asserting that (.{1,300}?) (?:is identical to|matches expected|is equal to) (.{1,300})\.$/;

function values(texts: readonly string[]): { expected?: string; actual?: string } {
  const diff = texts.findIndex((text, index) => text === '--- Expected' && texts[index + 1] === '+++ Actual');
  if (diff >= 0) {
    const lines = texts.slice(diff + 2);
    const stop = lines.findIndex((text) => text.trim() === '' || place.test(text));
    const side = (sign: string) =>
      lines
        .slice(0, stop < 0 ? lines.length : stop)
        .filter((text) => text.startsWith(sign))
        .map((text) => text.slice(1).trim())
        .join('\n');
    return { expected: side('-'), actual: side('+') };
  }
  const [, actual, expected] = texts.map((text) => asserted.exec(text)).find((match) => match !== null) ?? [];
  return actual && expected && actual.length < 200 ? { expected, actual } : {};
}

/** ` FAILED  Tests\Unit\PriceTest > it takes the discount off   TypeError`, the message, `at tests/PriceTest.php:6`. */
function pest(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    const [test = '', type] = (pestTitle.exec(line.text)?.[1] ?? '').split(/ {2,}/);
    if (test === '') return [];
    const block = blockFrom(
      lines,
      position,
      ({ text }) => pestTitle.test(text) || /^\s{1,4}(?:Tests:|─{10,})/.test(text),
      200,
    );
    const texts = block.slice(1).map(({ text }) => text.trim());
    const at = texts.findIndex((text) => /^at \S.{0,500}:\d{1,9}$/.test(text));
    if (at < 0) return [];
    const frames = texts
      .slice(at)
      .map(pestFrame)
      .filter((frame) => frame !== undefined)
      .filter((frame, index, all) => frame.file !== all[index - 1]?.file || frame.line !== all[index - 1]?.line);
    const diff = texts.indexOf('--- Expected');
    const said = texts
      .slice(0, diff >= 0 && diff < at ? diff : at)
      .join('\n')
      .trim();
    const named = type?.trim() ? { type: type.trim() } : {};
    return [
      failure({ tool: 'pest', test, ...named, message: said, ...values(texts), ...phpPlace(frames), frames }, block),
    ];
  });
}

/** `at tests/PriceTest.php:6`, `1   src/Price.php:18`, `+3 vendor frames` */
function pestFrame(text: string): StackFrame | undefined {
  const [, file, line] = /^(?:at|\d{1,4}) {1,4}(\S[^:]{0,500}\.php):(\d{1,9})$/.exec(text) ?? [];
  return file ? { file, line: Number(line) } : undefined;
}
