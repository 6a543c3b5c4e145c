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

const refusedAs = (text: string, search: string, replace: string, path = 'a.py') => {
  const result = applyEdit(text, { path, search, replace });
  expect(result).toMatchObject({ ok: false });
  return result.ok ? '' : `${result.why}: ${result.reason}`;
};

describe('characters that look alike', () => {
  const file = 'def f(name):\n    say("hi", \'x\')  # a - b...\n    return name\n';

  it.each([
    [
      'typographic quotes',
      '    say(“hi”, ‘x’)  # a - b...\n    return name\n',
      '    say(“hi”, ‘x’)  # a - b...\n    return “none”\n',
    ],
    [
      'dashes and dots',
      '    say("hi", \'x\')  # a – b…\n    return name\n',
      '    say("hi", \'x\')  # a – b…\n    return "none"\n',
    ],
    [
      'other spaces',
      '    say("hi",\u00a0\'x\')\u00a0\u00a0# a - b...\n    return\u00a0name\n',
      '    say("hi",\u00a0\'x\')\u00a0\u00a0# a - b...\n    return\u00a0"none"\n',
    ],
    [
      'invisible ones',
      '\u200b    say("h\u2060i", \'x\')  # a - b...\n    return name\ufeff\n',
      '    say("hi", \'x\')  # a - b...\n    return "no\u00adne"\n',
    ],
    [
      'wider gaps',
      '    say("hi",  \'x\') # a - b...\n    return name\n',
      '    say("hi",  \'x\') # a - b...\n    return "none"\n',
    ],
  ])('are those of the file: %s', (_, search, replace) => {
    expect(applied(file, search, replace)).toEqual({
      ok: true,
      rung: 'characters',
      text: file.replace('return name', 'return "none"'),
    });
  });

  it('stay the file’s in a line that the edit changes', () => {
    const own = 'title = "Jane’s\u200b – “plan”…" + x\n';
    const search = 'title = "Jane\'s - "plan"..." + x\n';
    expect(applied(own, search, search.replace('+ x', '+ y')).text).toBe(own.replace('+ x', '+ y'));
    expect(applied(own, search, `if y:\n    ${search}`).text).toBe(`if y:\n    ${own}`);
    expect(refusedAs(own, search, 'first(x)\nsecond("Jane\'s")\n')).toContain('characters: the file has');
  });

  it('may be what an edit changes', () => {
    expect(applied('a = “x”\n', 'a = “x”\n', 'a = "x"\n').text).toBe('a = "x"\n');
  });

  it('are refused in new lines where nothing says what they stand for', () => {
    expect(refusedAs(file, '    return name\n', '    return “none”\n')).toContain('typographic double quotes (U+201C)');
    expect(refusedAs(file, '    return name\n', '    return name –1\n')).toContain('dashes');
    expect(refusedAs(file, '    return name\n', '    return "\ufffd"\n')).toContain('lost on the way');
    expect(refusedAs(file, '    return name\n', '    return a &lt; b\n')).toContain('HTML entities');
    expect(refusedAs(file, '    return name\n', '    return\u00a0none\n')).toContain('spaces of another width');
    const okay = (path: string, replace: string) => applyEdit(file, { path, search: '    return name\n', replace }).ok;
    expect(okay('README.md', '    “a”\n')).toBe(true);
    expect(okay('a.py', '    return "“" + name\n')).toBe(true);
    expect(okay('a.py', '    return name  # well-known – or none\n')).toBe(true);
  });

  it('escaped for HTML are read as what they are, where SEARCH shows that they are escaped', () => {
    const code = 'if (a < b && c) {\n  go("x");\n}\n';
    const search = 'if (a &lt; b &amp;&amp; c) {\n';
    expect(applied(code, search, 'if (a &gt; b &amp;&amp; c) {\n').text).toBe(code.replace('<', '>'));
    expect(refusedAs(code, search, 'if (a &lt; &quot;b&quot;) {\n')).toContain('not-found');
    expect(applied('<p>&amp;lt;</p>\n', '<p>&amp;lt;</p>\n', '<p>&amp;gt;</p>\n').text).toBe('<p>&amp;gt;</p>\n');
  });
});

describe('tabs and spaces', () => {
  const tabs = 'func f() {\n\tif a {\n\t\treturn 1\n\t}\n}\n';
  const spaces = tabs.replaceAll('\t', '    ');

  it.each([2, 4, 8])('%i spaces stand for a tab of the file', (width) => {
    const wide = (text: string) => text.replaceAll('\t', ' '.repeat(width));
    const [search, replace] = ['\tif a {\n\t\treturn 1\n', '\tif b {\n\t\tif c {\n\t\t\treturn 2\n\t\t}\n'];
    expect(applied(tabs, wide(search), wide(replace))).toMatchObject({
      rung: 'characters',
      text: tabs.replace(search, replace),
    });
  });

  it('a tab stands for the spaces of the file', () => {
    expect(applied(spaces, '\t\treturn 1\n', '\t\treturn 2\n\t\t\tand 3\n').text).toBe(
      spaces.replace('        return 1\n', '        return 2\n            and 3\n'),
    );
  });

  it('both at once, deeper than in the edit', () => {
    expect(applied(tabs, 'if a {\n    return 1\n}\n', 'if a {\n    return 2\n}\n')).toMatchObject({
      rung: 'indentation',
      text: tabs.replace('1', '2'),
    });
  });

  it('are refused where the width is not known', () => {
    expect(refusedAs(tabs, 'func f() {\n', 'func f() {\n    b()\n', 'a.go')).toContain('indented with tabs');
    expect(refusedAs(spaces, 'func f() {\n', 'func f() {\n\tb()\n', 'a.go')).toContain('indented with spaces');
    expect(refusedAs(' if a {\n', 'if a {\n', 'if a {\n  b()\n', 'a.go')).toContain('indentation');
    expect(refusedAs(tabs, '    if a {\n', '    if a {\n      b()\n', 'a.go')).toContain('indentation');
    expect(refusedAs(spaces, 'if a {\n', '    if a {\n        b()\n', 'a.go')).toContain('indentation');
  });
});

describe('the last rung: the first and the last line stand there, and nearly all between', () => {
  const file = `def total(order):
    """Everything that is to be paid."""
    net = sum(line.price for line in order.lines)
    tax = net * order.rate
    return net + tax
`;
  const drifted = file.replace('that is to be paid', 'that has to be paid');

  it('keeps the file’s lines that the edit keeps', () => {
    expect(applied(file, drifted, drifted.replace('net + tax', 'round(net + tax, 2)'))).toEqual({
      ok: true,
      rung: 'anchored',
      text: file.replace('net + tax', 'round(net + tax, 2)'),
    });
  });

  it('knows a line that SEARCH has too many, away from the change', () => {
    const more = file.replace('    net =', '    x = 1\n    net =');
    expect(applied(file, more, more.replace('net + tax', 'net')).text).toBe(file.replace('net + tax', 'net'));
  });

  it('knows a line that SEARCH lacks, away from the change', () => {
    const longer = file.replace('    tax', '    # net\n    tax');
    expect(applied(longer, file, file.replace('net + tax', 'net')).text).toBe(longer.replace('net + tax', 'net'));
  });

  it('refuses to replace a line that it does not know', () => {
    expect(refusedAs(file, drifted, drifted.replace(/"""Every.*"""/, '"""All."""'))).toContain(
      'differs: the edit replaces',
    );
  });

  it('refuses to put lines next to some that it does not know', () => {
    const longer = file.replace('    return', '    check(tax)\n    return');
    expect(refusedAs(longer, file, file.replace('net + tax', 'net'))).toContain('differs: next to');
  });

  it('refuses two places, more distance, and other ends', () => {
    expect(refusedAs(file + file, drifted, drifted.replace('net + tax', 'net'))).toContain('ambiguous');
    const far = file.replace('Everything that is to be paid', 'What customers owe us for what they ordered');
    expect(refusedAs(file, far, far.replace('net + tax', 'net'))).toContain('not-found');
    const elsewhere = file.replace('total', 'summed');
    expect(refusedAs(file, elsewhere, elsewhere.replace('net + tax', 'net'))).toContain('not-found');
  });

  it('takes no dots for lines', () => {
    const elided = file.replace('    """Everything that is to be paid."""\n', '    # ...\n');
    expect(refusedAs(file, elided, elided.replace('net + tax', 'net'))).toContain('not-found');
  });
});

describe('what else stands in SEARCH and REPLACE', () => {
  const file = 'def f():\n    a = 1\n\n    return a\n';
  const wanted = file.replace('1', '2');
  const [search, replace] = ['    a = 1\n\n    return a\n', '    a = 2\n\n    return a\n'];
  const each = (text: string, change: (line: string, i: number) => string) =>
    text
      .slice(0, -1)
      .split('\n')
      .map((line, i) => `${change(line, i)}\n`)
      .join('');

  it.each([
    ['numbers', (line: string, i: number) => `  ${i + 9} | ${line}`],
    ['numbers as of cat', (line: string, i: number) => `     ${i + 9}\t${line}`],
    ['numbers and colons', (line: string, i: number) => `${i + 9}: ${line}`],
  ])('%s before all lines', (_, change) => {
    expect(applied(file, each(search, change), each(replace, change)).text).toBe(wanted);
  });

  it('numbers before some lines, or out of order, are not guessed at', () => {
    const some = each(search, (line, i) => (i === 0 ? `9 | ${line}` : line));
    expect(refusedAs(file, some, replace)).toContain('not-found');
    expect(
      refusedAs(
        file,
        each(search, (line, i) => `${9 - i} | ${line}`),
        '',
      ),
    ).toContain('not-found');
  });

  it('lines that do begin with numbers', () => {
    expect(applied('1 | a\n2 | b\na\n', '1 | a\n', '1 | c\n').text).toBe('1 | c\n2 | b\na\n');
  });

  it('signs of a diff', () => {
    const signed = (sign: string) => (line: string) => sign + line;
    expect(applied(file, each(search, signed('-')), each(replace, signed('+'))).text).toBe(wanted);
    expect(applied(file, search, each(replace, signed('+'))).text).toBe(wanted);
    expect(refusedAs(file, search, '-    a = 1\n+    a = 2\n\n    return a\n')).toContain('like a diff');
    expect(applied('- a\n', '- a\n', '- a\n- b\n').text).toBe('- a\n- b\n');
  });

  it('blank lines around it that the file has not', () => {
    expect(applied('def f():\n    a = 1\n', '\n    a = 1\n\n', '\n    a = 2\n\n').text).toBe('def f():\n    a = 2\n');
    expect(refusedAs('def f():\n    a = 1\n', '\n    a = 1\n', '    a = 2\n')).toContain('not-found');
  });

  it('blanks behind new lines of code, not of prose', () => {
    const search = 'a\n';
    expect(applyEdit('a\nb  \n', { path: 'a.py', search, replace: 'c  \n\t\n' })).toMatchObject({ text: 'c\n\nb  \n' });
    expect(applyEdit('a\nb\n', { path: 'a.md', search, replace: 'c  \nd\n' })).toMatchObject({ text: 'c  \nd\nb\n' });
  });
});

describe('a replacement with the lines around it', () => {
  const file = 'def f():\n    a = first()\n    b = second()\n    return a\n';

  it.each([
    ['above', '    b = second()\n', '    a = first()\n    b = third()\n'],
    ['below', '    b = second()\n', '    b = third()\n    return a\n'],
    ['two above', '    b = second()\n', 'def f():\n    a = first()\n    b = third()\n'],
  ])('%s would double them', (_, search, replace) => {
    expect(refusedAs(file, search, replace)).toContain('repeats');
  });

  it('may end in the same bracket', () => {
    expect(applyEdit('f(\n  a,\n);\n);\n', { search: '  a,\n', replace: '  b(\n);\n' }).ok).toBe(true);
  });
});

it('a diff that says where it stands means that one of several places', () => {
  const text = 'a\nb\na\nb\n';
  expect(applyEdit(text, { search: 'a\n', replace: 'c\n', at: 3 })).toMatchObject({ ok: true, text: 'a\nb\nc\nb\n' });
  expect(applyEdit(text, { search: 'a\n', replace: 'c\n', at: 2 })).toMatchObject({ why: 'ambiguous' });
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
  it('an edit that fits exactly once is the plain splice, or refused; one that fits more than once is refused', () => {
    fc.assert(
      fc.property(lines(1), fc.nat(), fc.nat(4), lines(0), (file, start, extra, replace) => {
        const from = start % file.length;
        const search = file.slice(from, from + 1 + extra);
        const result = applyEdit(text(file), { search: text(search), replace: text(replace) });
        if (text(search) === text(replace)) return expect(result).toMatchObject({ why: 'changes-nothing' });
        const found = places(file, search);
        if (found.length > 1) return expect(result).toMatchObject({ why: 'ambiguous' });
        if (!result.ok) return expect(['indentation', 'repeats']).toContain(result.why);
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
