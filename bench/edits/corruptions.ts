// A true edit → the same edit as it goes wrong between model and file, in named ways; undefined where this way does not apply to it.
import type { Random } from './random.ts';
import { type HunkLine, quoted, reworded, spliced, type TrueEdit } from './true-edit.ts';
import type { WrittenEdit } from './written-edit.ts';

type Corruption = (edit: TrueEdit, random: Random, other: TrueEdit) => WrittenEdit | undefined;

const fileOf = (lines: readonly string[], end = '\n'): string => lines.map((line) => line + end).join('');

/** As it was meant: the text may be odd, the tree and what becomes of it are not. */
function written({ path, before, after, hunks }: TrueEdit, changes: Partial<WrittenEdit> = {}): WrittenEdit {
  const [tree, meant] = [new Map([[path, fileOf(before)]]), new Map([[path, fileOf(after)]])];
  return { path, hunks, tree, meant, ...changes };
}

/** The file is another one than the edit was written for; `moved` says by how many lines each hunk's place has moved. */
function overOther(edit: TrueEdit, before: string[], moved: number[] = []): WrittenEdit {
  return written({ ...edit, before, after: spliced(before, edit.hunks, moved) });
}

function withLines(edit: TrueEdit, change: (line: HunkLine) => string): WrittenEdit | undefined {
  const hunks = edit.hunks.map((hunk) => ({
    ...hunk,
    lines: hunk.lines.map((line) => ({ ...line, text: change(line) })),
  }));
  const isChanged = hunks.some(({ lines }, i) => lines.some(({ text }, j) => text !== edit.hunks[i]?.lines[j]?.text));
  return isChanged ? written(edit, { hunks }) : undefined;
}

/** A line that one hunk quotes has another word in the file. */
function drifted(edit: TrueEdit, sign: HunkLine['sign'], random: Random): string[] | undefined {
  const places = edit.hunks.flatMap(({ start, lines }) => {
    const old = lines.filter((line) => line.sign !== '+');
    return old.flatMap((line, i) => (line.sign === sign ? [start + i] : []));
  });
  const at = random.oneOf(places);
  const line = at === undefined ? undefined : reworded(edit.before[at] ?? '', random);
  return at === undefined || line === undefined ? undefined : edit.before.with(at, line);
}

const deeper = '    ';

export const corruptions: Record<string, Corruption> = {
  none: (edit) => written(edit),
  'line numbers stale': (edit) => {
    const added = Array.from({ length: 25 }, (_, i) => `${edit.path.endsWith('.py') ? '#' : '//'} note ${i}`);
    return overOther(
      edit,
      [...added, ...edit.before],
      edit.hunks.map(() => added.length),
    );
  },
  'line numbers missing': (edit) => written(edit, { hunks: edit.hunks.map((hunk) => ({ ...hunk, header: '...' })) }),
  'counts wrong': (edit, random) =>
    written(edit, {
      hunks: edit.hunks.map((hunk) => {
        const [old, now] = [quoted(hunk).length + 1 + random.below(3), hunk.lines.length - 1 - random.below(2)];
        return { ...hunk, header: `-${hunk.start + 1},${old} +${hunk.start + 1},${now}` };
      }),
    }),
  'context drifted': (edit, random) => {
    const before = drifted(edit, ' ', random);
    return before && overOther(edit, before);
  },
  'changed line drifted': (edit, random) => {
    const before = drifted(edit, '-', random);
    return before && { ...overOther(edit, before), meant: undefined, mayBeRefused: true };
  },
  'trailing spaces': (edit, random) =>
    withLines(edit, ({ sign, text }) => (sign === '+' || random.below(2) === 0 ? text : `${text}  `)),
  'edit in CRLF': (edit) => written(edit, { sent: (text) => text.replaceAll('\n', '\r\n') }),
  'file in CRLF': (edit) => {
    const tree = new Map([[edit.path, fileOf(edit.before, '\r\n')]]);
    return written(edit, { tree, meant: new Map([[edit.path, fileOf(edit.after, '\r\n')]]) });
  },
  'tabs for spaces': (edit) => {
    const width = edit.path.endsWith('.py') ? 4 : 2;
    const tabs = (indent: string) => '\t'.repeat(indent.length / width) + ' '.repeat(indent.length % width);
    return withLines(edit, ({ text }) => text.replace(/^ +/, tabs));
  },
  'indentation shifted': (edit) => withLines(edit, ({ text }) => (text === '' ? text : deeper + text)),
  'typographic quotes': (edit) =>
    withLines(edit, ({ sign, text }) =>
      sign === '+' ? text : text.replace(/'([^']*)'/g, '\u2018$1\u2019').replace(/"([^"]*)"/g, '\u201c$1\u201d'),
    ),
  'little context': (edit) => {
    const hunks = edit.hunks.map(({ start, lines }) => {
      const changed = lines.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
      const [from, to] = [Math.max(0, (changed[0] ?? 0) - 1), (changed.at(-1) ?? 0) + 2];
      return { start: start + from, lines: lines.slice(from, to) };
    });
    return written(edit, { hunks });
  },
  'region twice': (edit, random) => {
    const one = random.below(edit.hunks.length);
    const hunk = edit.hunks[one];
    if (!hunk) return undefined;
    const copy = quoted(hunk);
    // Near to where a stale number points, or below. Exactly there, no text tells that the edit means another place.
    const isAbove = random.below(2) === 0;
    const at = isAbove ? hunk.start - 1 - random.below(3) : hunk.start + copy.length;
    if (at < 0) return undefined;
    const moved = edit.hunks.map((_, i) => (i > one || (i === one && isAbove) ? copy.length : 0));
    return { ...overOther(edit, edit.before.toSpliced(at, 0, ...copy), moved), mayBeRefused: true };
  },
  'wrong path': (edit, _, other) =>
    other.path === edit.path
      ? undefined
      : {
          ...written(edit, { path: other.path, meant: undefined, mayBeRefused: true }),
          tree: new Map([
            [edit.path, fileOf(edit.before)],
            [other.path, fileOf(other.before)],
          ]),
        },
  // Inside the last hunk or block: a cut between two leaves an edit that is whole, and no text tells that it is another.
  truncated: (edit, random) => {
    const place = random.below(1_000) / 1_000;
    const sent = (text: string): string => {
      const last = Math.max(text.lastIndexOf('\n@@ '), text.lastIndexOf('\n<<<<<<< '));
      const from = text.indexOf('\n', last + 1) + 1;
      return text.slice(0, from + Math.floor((text.length - from) * place));
    };
    return written(edit, { sent, isCutOff: true, mayBeRefused: true });
  },
};
