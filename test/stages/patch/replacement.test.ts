// Edits on files → the one place that fits, or a refusal: never a third thing.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyEdit } from '../../../src/stages/patch/replacement.ts';

const applied = (text: string, search: string, replace: string) => {
  const result = applyEdit(text, { search, replace });
  if (!result.ok) throw new Error(result.reason);
  return result;
};

describe('the ladder', () => {
  const file = 'def f():\n    a = 1\n    b = 2\n\n    return a\n';

  it('is exact first', () => {
    expect(applied(file, '    a = 1\n', '    a = 3\n')).toEqual({
      ok: true,
      rung: 'exact',
      text: file.replace('a = 1', 'a = 3'),
    });
  });

  it('is blind to trailing spaces next, and leaves those of untouched lines alone', () => {
    const spaced = 'x = 1  \ny = 2\t\nz = 3\n';
    expect(applied(spaced, 'x = 1\ny = 2\n', 'x = 1\ny = 5\n')).toMatchObject({
      rung: 'line-ends',
      text: 'x = 1  \ny = 5\nz = 3\n',
    });
  });

  it('then shifts a uniform indentation, in both directions', () => {
    expect(applied(file, 'a = 1\nb = 2\n\nreturn a\n', 'a = 1\nif a:\n    b = 3\n\nreturn a\n')).toMatchObject({
      rung: 'indentation',
      text: 'def f():\n    a = 1\n    if a:\n        b = 3\n\n    return a\n',
    });
    expect(applied('a\nb\n', '\ta\n\tb\n', '\ta\n\tc\n')).toMatchObject({ rung: 'indentation', text: 'a\nc\n' });
  });

  it('refuses an uneven shift', () => {
    expect(applyEdit(file, { search: '  a = 1\n      b = 2\n', replace: 'x\n' })).toMatchObject({ why: 'not-found' });
  });

  it('refuses a replacement that cannot be shifted back', () => {
    expect(applyEdit('a\nb\n', { search: '  a\n  b\n', replace: 'c\n' })).toMatchObject({ why: 'indentation' });
  });

  it('refuses what fits twice, and says where', () => {
    const result = applyEdit('a\nb\na\nb\n', { search: 'a\n', replace: 'c\n' });
    expect(result).toMatchObject({ ok: false, why: 'ambiguous', reason: expect.stringContaining('line 1, line 3') });
    expect(applyEdit('  a\n a\n', { search: 'a\n', replace: 'c\n' })).toMatchObject({ why: 'ambiguous' });
    expect(applyEdit('a\na\na\n', { search: 'a\na\n', replace: 'c\n' })).toMatchObject({ why: 'ambiguous' });
  });

  it('matches whole lines only', () => {
    expect(applyEdit('abc = 1\n', { search: 'c = 1\n', replace: 'd\n' })).toMatchObject({ why: 'not-found' });
  });

  it('refuses an edit that changes nothing and one without SEARCH on a file with text', () => {
    expect(applyEdit('a\n', { search: 'a\n', replace: 'a\n' })).toMatchObject({ why: 'changes-nothing' });
    expect(applyEdit('a\n', { search: '', replace: 'b\n' })).toMatchObject({ why: 'no-search' });
  });
});

describe("the file's own form", () => {
  it('keeps CRLF', () => {
    expect(applied('a\r\nb\r\n', 'b\n', 'c\nd\n').text).toBe('a\r\nc\r\nd\r\n');
  });

  it('keeps mixed line ends of untouched lines', () => {
    expect(applied('a\r\nb\nc\r\n', 'a\nb\nc\n', 'a\nb\nd\n').text).toBe('a\r\nb\nd\r\n');
  });

  it('keeps the byte order mark', () => {
    expect(applied('\uFEFFa\nb\n', 'a\n', 'c\n').text).toBe('\uFEFFc\nb\n');
  });

  it('keeps a missing final newline, also when the last line goes', () => {
    expect(applied('a\nb', 'b\n', 'c\nd\n').text).toBe('a\nc\nd');
    expect(applied('a\nb', 'a\nb\n', 'a\n').text).toBe('a');
  });
});

const words = fc.constantFrom('a', 'b', 'c', 'if x:', 'return', '', '}', '  d', '\te');
const lines = (min: number) => fc.array(words, { minLength: min, maxLength: 12 });
const text = (of: readonly string[]) => of.map((line) => `${line}\n`).join('');

/** All places where the searched lines stand, the plain way. */
const places = (file: readonly string[], search: readonly string[]) =>
  file
    .map((_, i) => i)
    .filter((i) => search.every((line, j) => file[i + j] === line) && i + search.length <= file.length);

describe('whatever the file', () => {
  it('an edit that fits exactly once is the plain splice; one that fits more than once is refused', () => {
    fc.assert(
      fc.property(lines(1), fc.nat(), fc.nat(4), lines(0), (file, start, extra, replace) => {
        const from = start % file.length;
        const search = file.slice(from, from + 1 + extra);
        const result = applyEdit(text(file), { search: text(search), replace: text(replace) });
        if (text(search) === text(replace)) return expect(result).toMatchObject({ why: 'changes-nothing' });
        const found = places(file, search);
        if (found.length > 1) return expect(result).toMatchObject({ why: 'ambiguous' });
        const spliced = [...file.slice(0, from), ...replace, ...file.slice(from + search.length)];
        return expect(result).toEqual({ ok: true, rung: 'exact', text: text(spliced) });
      }),
      { numRuns: 2_000 },
    );
  });

  it('a file with CRLF and no final newline gives the same, in its own form', () => {
    fc.assert(
      fc.property(lines(2), fc.nat(), lines(1), (file, start, replace) => {
        const search = [file[start % file.length] ?? ''];
        const unix = applyEdit(text(file), { search: text(search), replace: text(replace) });
        const windows = applyEdit(text(file).replaceAll('\n', '\r\n'), {
          search: text(search),
          replace: text(replace),
        });
        expect(windows.ok).toBe(unix.ok);
        if (windows.ok && unix.ok) expect(windows.text).toBe(unix.text.replaceAll('\n', '\r\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('what is applied by a lower rung differs from the file only inside the one place that fits', () => {
    fc.assert(
      fc.property(lines(3), fc.nat(), fc.constantFrom('  ', '\t', ' '), lines(1), (file, start, indent, replace) => {
        const from = start % file.length;
        const search = file.slice(from, from + 3).map((line) => (line.trim() === '' ? line : indent + line));
        const result = applyEdit(text(file), { search: text(search), replace: text(replace) });
        if (!result.ok) return;
        const after = result.text.split('\n');
        const same = (at: number) => after[at] === file[at];
        const head = file.findIndex((_, at) => !same(at));
        const tailLength = file.length - (head === -1 ? file.length : head) - search.length;
        expect(head === -1 || tailLength <= 0 || result.text.endsWith(text(file.slice(-tailLength)))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
