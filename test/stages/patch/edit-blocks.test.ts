// Replies as models really write them → edits, or what is not whole.
import { describe, expect, it } from '@jest/globals';
import { readEditBlocks } from '../../../src/stages/patch/edit-blocks.ts';

const block = (search: string, replace: string) => `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE`;
const edit = { search: 'a = 1\n', replace: 'a = 2\n' };
const plain = block(edit.search, edit.replace);

const only = (reply: string) => {
  const { edits, malformed } = readEditBlocks(reply);
  expect(malformed).toEqual([]);
  return edits.map(({ path, search, replace }) => ({ path, search, replace }));
};

describe('the form that is asked for', () => {
  const reply = `Subject: fix(price): multiply instead of dividing\nThe rate was divided. Now it is not.\n\nsrc/price.py\n\`\`\`\n${plain}\n\`\`\`\n\ntests/test_price.py\n\`\`\`\n${block('', 'def test_zero():\n    pass\n')}\n\`\`\`\n`;

  it('gives subject, explanation and edits in order', () => {
    expect(readEditBlocks(reply)).toEqual({
      subject: 'fix(price): multiply instead of dividing',
      explanation: 'The rate was divided. Now it is not.',
      edits: [
        { path: 'src/price.py', ...edit, line: 6 },
        { path: 'tests/test_price.py', search: '', replace: 'def test_zero():\n    pass\n', line: 15 },
      ],
      malformed: [],
    });
  });

  it('reads the same with CRLF', () => {
    expect(readEditBlocks(reply.replaceAll('\n', '\r\n'))).toEqual(readEditBlocks(reply));
  });

  it.each(['feat: x', 'fix(a): b\u202e', `fix(a): ${'x'.repeat(80)}`, 'mended it'])(
    'takes no subject like %j',
    (subject) => {
      const { subject: read, explanation } = readEditBlocks(`Subject: ${subject}\nWords.\n\na.py\n${plain}`);
      expect(read).toBeUndefined();
      expect(explanation).toBe('Words.');
    },
  );

  it('hears a refusal', () => {
    expect(readEditBlocks('No fix: the schema has to change first.').declined).toBe('the schema has to change first.');
  });
});

describe('where the path stands', () => {
  it.each([
    ['src/a.py'],
    ['./src/a.py'],
    ['`src/a.py`'],
    ['**src/a.py**'],
    ['**`src/a.py`**:'],
    ['File: src/a.py'],
    ['**File:** `src/a.py`'],
    ['### src/a.py'],
    ['1. `src/a.py`'],
    ['src/a.py:'],
    ['src/a.py\n'],
    ['src/a.py\n```python'],
    ['```python src/a.py'],
    ['```src/a.py'],
    ['```python:src/a.py'],
    ['```py title="src/a.py"'],
  ])('%j', (line) => {
    expect(only(`Words.\n\n${line}\n${plain}\n`)).toEqual([{ path: 'src/a.py', ...edit }]);
  });

  it('keeps a path with spaces that is marked as one', () => {
    expect(only(`\`my folder/a.py\`\n${plain}`)).toEqual([{ path: 'my folder/a.py', ...edit }]);
  });

  it('tells a path with spaces from a sentence by the tree', () => {
    const tree = ['src/Größen tabelle/umrechnen.cjs', 'src/a.py'];
    const pathsOf = (line: string) => readEditBlocks(`${line}\n${plain}`, tree).edits.map(({ path }) => path);
    expect(pathsOf('src/Größen tabelle/umrechnen.cjs')).toEqual(['src/Größen tabelle/umrechnen.cjs']);
    expect(pathsOf('src/Größen tabelle/neu.cjs:')).toEqual(['src/Größen tabelle/neu.cjs']);
    expect(pathsOf('Now mend src/a.py')).toEqual(['']);
    expect(pathsOf('src/Größen tabelle/ as well')).toEqual(['']);
  });

  it('carries a path on to the block that follows directly', () => {
    expect(only(`a.py\n\`\`\`\n${plain}\n\n${plain}\n\`\`\``)).toHaveLength(2);
  });

  it.each(['Then change this:', 'Replace the division.', 'Next', ''])('takes %j for no path', (words) => {
    expect(only(`a.py\n${plain}\n\nSome words.\n${words}\n${plain}`).map(({ path }) => path)).toEqual(['a.py', '']);
  });
});

describe('fences inside', () => {
  it('takes the sections out of fences of their own', () => {
    expect(only(`a.py\n${block('```python\na = 1\n```\n', '```python\na = 2\n```\n')}`)).toEqual([
      { path: 'a.py', ...edit },
    ]);
  });

  it('leaves fences in Markdown alone', () => {
    const [found] = only(`README.md\n${block('```\nold\n```\n', '```\nnew\n```\n')}`);
    expect(found?.replace).toBe('```\nnew\n```\n');
  });

  it('takes a uniformly indented block back to the margin', () => {
    const indented = plain.replace(/^/gm, '   ');
    expect(only(`- a.py\n${indented}`)).toEqual([{ path: 'a.py', ...edit }]);
  });
});

describe('which file of the tree is named', () => {
  const tree = ['src/shop/a.py', 'src/shop/b.py', 'lib/b.py', 'b.py', 'a/odd.py', 'src/Gr\u00f6\u00dfe.py'];
  const pathOf = (line: string) => readEditBlocks(`${line}\n${plain}`, tree).edits.map(({ path }) => path)[0];

  it.each([
    ['a/src/shop/a.py', 'src/shop/a.py'],
    ['b/src/shop/a.py', 'src/shop/a.py'],
    ['a/odd.py', 'a/odd.py'],
    ['/app/src/shop/a.py', 'src/shop/a.py'],
    ['/home/runner/work/shop/shop/src/shop/a.py', 'src/shop/a.py'],
    ['C:\\app\\src\\shop\\a.py', 'src/shop/a.py'],
    ['src\\shop\\a.py', 'src/shop/a.py'],
    ['src/sh\u200bop/a.py', 'src/shop/a.py'],
    ['src/Gro\u0308\u00dfe.py', 'src/Gr\u00f6\u00dfe.py'],
    ['src/shop/a.py (modified)', 'src/shop/a.py'],
    ['<!-- src/shop/a.py -->', 'src/shop/a.py'],
    ['// src/shop/a.py', 'src/shop/a.py'],
    ['In `src/shop/a.py`:', 'src/shop/a.py'],
    ['tests\\test_new.py', 'tests/test_new.py'],
    ['/home/runner/work/shop/shop/tests/test_new.py', 'tests/test_new.py'],
  ])('%j is %j', (line, path) => {
    expect(pathOf(line)).toBe(path);
  });

  it.each([
    ['/app/src/shop/b.py', '/app/src/shop/b.py'],
    ['other/a.py', 'other/a.py'],
    ['In `src/shop/c.py`:', ''],
    ['As in `src/shop/a.py` and `lib/b.py`:', ''],
  ])('%j is not certain: %j', (line, path) => {
    expect(pathOf(line)).toBe(path);
  });
});

describe('markers as models write them', () => {
  const between = (open: string, divide: string, close: string) =>
    `a.py\n${open}\n${edit.search}${divide}\n${edit.replace}${close}`;

  it.each([
    ['<<<<<<<SEARCH', '=======', '>>>>>>>REPLACE'],
    ['<<<<< SEARCH', '=====', '>>>>> REPLACE'],
    ['<<<<<<<<< SEARCH', '=========', '>>>>>>>>> REPLACE'],
    ['<<<<<<< SEARCH>', '=======', '>>>>>>> REPLACE<'],
    ['<<<<<<< SEARCH:', '=======', '>>>>>>> UPDATED'],
    ['<<<<<<< ORIGINAL', '=======', '>>>>>>> UPDATED'],
    ['------- SEARCH', '=======', '+++++++ REPLACE'],
    ['<<<<<<< SEARCH a.py', '=======', '>>>>>>> REPLACE'],
    ['\u200b<<<<<<<\u200b SEARCH', '\ufeff=======', '>>>>\u2060>>> REPLACE  '],
    ['&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH', '=======', '&gt;&gt;&gt;&gt;&gt;&gt;&gt; REPLACE'],
  ])('%j %j %j', (open, divide, close) => {
    expect(only(between(open, divide, close))).toEqual([{ path: 'a.py', ...edit }]);
  });

  it.each([
    ['<<<< SEARCH', '====', '>>>> REPLACE'],
    ['<<<<<<< SEARCHING', '=======', '>>>>>>> REPLACED'],
    ['<<<<<<< HEAD', '=======', '>>>>>>> main'],
  ])('%j %j %j are none', (open, divide, close) => {
    expect(readEditBlocks(between(open, divide, close)).edits).toEqual([]);
  });

  it('take the path behind SEARCH, unless it is another than the one above', () => {
    const inline = plain.replace('SEARCH', 'SEARCH src/b.py');
    expect(only(`${inline}\n\n${inline}`).map(({ path }) => path)).toEqual(['src/b.py', 'src/b.py']);
    const { edits, malformed } = readEditBlocks(`src/a.py\n${inline}`);
    expect(edits).toEqual([]);
    expect(malformed[0]?.problem).toContain('src/a.py, but its SEARCH line names src/b.py');
  });

  it('that are escaped come with sections that are', () => {
    const reply = `a.py\n${block('if a &lt; b &amp;&amp; c:\n', 'if a &gt; b:\n')}`;
    expect(only(reply.replaceAll('<', '&lt;').replace(/>{7}/, '&gt;'.repeat(7)))).toEqual([
      { path: 'a.py', search: 'if a < b &amp;&amp; c:\n', replace: 'if a > b:\n' },
    ]);
  });

  it('that are escaped say nothing about what no line of SEARCH shows', () => {
    const reply = `a.py\n${block('a\n', 'a &amp; b\n')}`.replaceAll('<', '&lt;');
    expect(readEditBlocks(reply).malformed[0]?.problem).toContain('escaped for HTML');
  });

  it('leave the underline of a title alone when it has another length', () => {
    expect(only(`a.rst\n${block('Title\n=====\n', 'Name\n=====\n')}`)[0]).toMatchObject({ search: 'Title\n=====\n' });
  });

  it('of a conflict inside of a block are no text to write', () => {
    const reply = `a.py\n<<<<<<< SEARCH\na\n=======\n<<<<<<< HEAD\nb\n>>>>>>> main\n>>>>>>> REPLACE`;
    expect(readEditBlocks(reply).edits).toEqual([]);
    expect(readEditBlocks(reply).malformed[0]?.problem).toContain('conflict markers');
  });

  it('in fences around both sections at once', () => {
    expect(only(`a.py\n${block('```python\na = 1\n', 'a = 2\n```\n')}`)).toEqual([{ path: 'a.py', ...edit }]);
  });
});

it('reads no more than a person would', () => {
  const many = readEditBlocks(`a.py\n${plain}\n`.repeat(101));
  expect(many).toMatchObject({ edits: [], malformed: [{ problem: expect.stringContaining('more than 100 edits') }] });
  expect(readEditBlocks('\n'.repeat(20_001)).malformed[0]?.problem).toContain('more than 20000 lines');
});

describe('what is not whole', () => {
  it.each([
    ['cut off in REPLACE', `a.py\n<<<<<<< SEARCH\na\n=======\nb`, 'ends inside'],
    ['cut off in SEARCH', `a.py\n<<<<<<< SEARCH\na`, 'ends inside'],
    ['no divider', `a.py\n<<<<<<< SEARCH\na\n>>>>>>> REPLACE`, 'no `=======`'],
    ['two dividers', `a.rst\n${block('Title\n=======\n', 'Name\n')}`, 'more than one'],
    ['one block in another', `a.py\n<<<<<<< SEARCH\na\n=======\n${plain}`, 'not closed'],
    ['an end without a start', `a.py\na\n=======\nb\n>>>>>>> REPLACE`, 'outside of a block'],
  ])('%s', (_, reply, problem) => {
    const { malformed } = readEditBlocks(reply);
    expect(malformed.map((one) => one.problem).join()).toContain(problem);
  });

  it('names the line at which the block starts', () => {
    expect(readEditBlocks(`x\na.py\n<<<<<<< SEARCH\na`).malformed[0]?.line).toBe(3);
  });
});
