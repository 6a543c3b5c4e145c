// What a Go test printed → the assertion that says why it failed: message, place, the two values.
import type { Failure } from '../../incident/failure.ts';
import type { LogLine } from '../job-log.ts';

type Said = Pick<Failure, 'message'> & Partial<Pick<Failure, 'file' | 'line' | 'expected' | 'actual' | 'type'>>;

interface Entry {
  file: string;
  line: number;
  lines: LogLine[];
}

const entryLine = /^\s*(\S{1,500}\.go):(\d{1,9}): ?(.*)$/;
/** Words of a comparison; a log's line may well say `error`. */
const comparison = /\bgot\b|\bwant|\bexpect|unexpected|mismatch|not equal|Error Trace:|Diff|race detected/i;

/** Lines logged before the assertion are not part of it. Of several assertions the first gives the place. */
export function goAssertion(printed: readonly LogLine[]): { said: Said; lines: LogLine[] } | undefined {
  const entries = entriesIn(printed);
  const telling = entries.findIndex((entry) => entry.lines.some((line) => comparison.test(line.text)));
  const chosen = entries.slice(telling < 0 ? -1 : telling);
  const [first] = chosen;
  if (!first) return undefined;
  const lines = chosen.flatMap((entry) => entry.lines);
  const texts = textsOf(first);
  if (texts.some((text) => text.startsWith('\tError Trace:'))) return { said: testify(first, texts), lines };
  const message = chosen.map((entry) => textsOf(entry).join('\n')).join('\n');
  const where = first.file === 'testing.go' ? {} : { file: first.file, line: first.line };
  return { said: { message, ...where, ...values(texts) }, lines };
}

export const isTelling = (printed: readonly LogLine[]): boolean =>
  printed.some((line) => entryLine.test(line.text) && comparison.test(line.text));

function entriesIn(printed: readonly LogLine[]): Entry[] {
  const entries: Entry[] = [];
  let indent = 0;
  for (const line of printed) {
    const depth = line.text.search(/\S/);
    const [, file, number] = depth >= 0 ? (entryLine.exec(line.text) ?? []) : [];
    const current = entries.at(-1);
    if (file && Number(number) > 0 && depth > 0 && (!current || depth <= indent)) {
      indent = depth;
      entries.push({ file, line: Number(number), lines: [line] });
    } else if (current && (depth > indent || depth < 0)) current.lines.push(line);
  }
  for (const entry of entries)
    while (entry.lines.length > 1 && entry.lines.at(-1)?.text.trim() === '') entry.lines.pop();
  return entries;
}

/** Further lines of an entry stand four columns in. */
function textsOf(entry: Entry): string[] {
  const [first, ...more] = entry.lines.map((line) => line.text);
  const indent = (first?.search(/\S/) ?? 0) + 4;
  return [
    entryLine.exec(first ?? '')?.[3] ?? '',
    ...more.map((text) => text.slice(Math.min(indent, text.search(/\S|$/)))),
  ];
}

/** Blocks named `Error Trace:`, `Error:`, `Test:`, `Messages:`; a block's further lines are filled up with blanks. */
function testify(entry: Entry, texts: readonly string[]): Said {
  const blocks = new Map<string, string[]>();
  let block: string[] = [];
  for (const text of texts) {
    const [, name, value = ''] = /^\t(?:([A-Z][A-Za-z ]{0,20}):|\s{8,})\s*\t(.*)$/.exec(text) ?? [];
    if (name) {
      block = [value];
      blocks.set(name, block);
    } else if (/^\t/.test(text)) block.push(value);
  }
  const error = blocks.get('Error') ?? [];
  const value = (name: RegExp) => error.map((text) => name.exec(text)?.[1]).find((found) => found !== undefined);
  const [expected, actual] = [value(/^expected ?: (.*)$/), value(/^actual {1,3}: (.*)$/)];
  const kept = until(error, /^(?:Diff:|expected ?: |actual {1,3}: )/).map((text) => text.trimEnd());
  const message = [...kept, ...(blocks.get('Messages') ?? [])].filter((text) => text !== '').join('\n');
  const trace = (blocks.get('Error Trace') ?? []).map((text) => /^(\S+\.go):(\d{1,9})$/.exec(text.trim()));
  const place = trace.find((match) => match !== null);
  return {
    message: message.replace(/:\s*$/, '') || 'failed',
    file: place?.[1] ?? entry.file,
    line: Number(place?.[2] ?? entry.line),
    ...(expected ? { expected } : {}),
    ...(actual ? { actual } : {}),
  };
}

function until(texts: readonly string[], end: RegExp): string[] {
  const index = texts.findIndex((text) => end.test(text));
  return texts.slice(0, index < 0 ? texts.length : index);
}

type Values = Partial<Pick<Failure, 'expected' | 'actual'>>;

/** `got: 5`, `want: 6` on lines of their own; `Price(2) = 5, want 6`, `expected 6, got 5` in one; go-cmp's `(-want +got)`. */
export function values(texts: readonly string[]): Values {
  const labelled = {
    actual: labelledValue(texts, /^\s*(?:got|actual)\s?[:=]/i),
    expected: labelledValue(texts, /^\s*(?:want|wanted|expected)\s?[:=]/i),
  };
  if (labelled.actual && labelled.expected) return labelled;
  const diff = texts.find((text) =>
    /\([-+](?:want|got|expected|actual),? [-+](?:want|got|expected|actual)\)/.test(text),
  );
  if (diff) return diffValues(texts, /\(-(?:want|expected)/.test(diff));
  return inOneLine(texts[0] ?? '');
}

function labelledValue(texts: readonly string[], label: RegExp): string | undefined {
  const index = texts.findIndex((text) => label.test(text));
  if (index < 0) return undefined;
  const value = (texts[index] ?? '').replace(label, '').trim();
  if (value !== '') return value;
  return until(texts.slice(index + 1), /^\s*(?:got|want|expected|actual)\s?[:=]|^\s*$/i)
    .join('\n')
    .trim();
}

function diffValues(texts: readonly string[], isWantFirst: boolean): Values {
  const side = (sign: string) =>
    texts
      .filter((text) => text.startsWith(sign))
      .map((text) => text.slice(1).trim())
      .join('\n');
  const [minus, plus] = [side('-'), side('+')];
  if (!minus && !plus) return {};
  const [expected, actual] = isWantFirst ? [minus, plus] : [plus, minus];
  return { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
}

function inOneLine(text: string): Values {
  const want = /\b(?:want(?:ed)?|expected):? /i.exec(text);
  const got = /\b(?:got|was|actual):? /i.exec(text);
  const equals = text.indexOf(' = ');
  if (!want) return {};
  const wantEnd = want.index + want[0].length;
  if (got && got.index > want.index) return pair(text.slice(wantEnd, got.index), text.slice(got.index + got[0].length));
  if (got) return pair(text.slice(wantEnd), text.slice(got.index + got[0].length, want.index));
  return equals > 0 && equals < want.index ? pair(text.slice(wantEnd), text.slice(equals + 3, want.index)) : {};
}

function pair(wanted: string, had: string): Values {
  const [expected, actual] = [tidied(wanted), tidied(had)];
  return expected && actual ? { expected, actual } : {};
}

const tidied = (text: string): string =>
  text
    .trim()
    .replace(/(?:[,;:.]| but|, but|; but)$/, '')
    .trim();
