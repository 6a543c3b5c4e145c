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
    expect(pathsOf('Now mend src/a.py')).toEqual([]);
    expect(pathsOf('src/Größen tabelle/ as well')).toEqual([]);
  });

  it('carries a path on to the block that follows directly', () => {
    expect(only(`a.py\n\`\`\`\n${plain}\n\n${plain}\n\`\`\``)).toHaveLength(2);
  });

  it.each(['Then change this:', 'Replace the division.', 'Next', ''])('takes %j for no path', (words) => {
    const { edits, malformed } = readEditBlocks(`a.py\n${plain}\n\nSome words.\n${words}\n${plain}`);
    expect(edits).toHaveLength(1);
    expect(malformed).toEqual([{ line: expect.any(Number), problem: expect.stringContaining('path') }]);
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
