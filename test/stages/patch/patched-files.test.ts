// Replies over shown sources → patched files whose diff git itself applies, or feedback; never a wrong application.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import { patchedFiles } from '../../../src/stages/patch/patched-files.ts';
import { isTestPath } from '../../../src/stages/patch/test-path.ts';
import { unifiedDiff } from '../../../src/text/unified-diff.ts';
import { evidence, patched, priceSource } from './sample-case.ts';

const edit = (path: string, search: string, replace: string) => ({ path, search, replace, line: 1 });
const fix = edit(
  'price.py',
  '    rate = 1 / discount\n    return price - price / rate\n',
  '    return price - price * discount\n',
);
const newTest = edit('tests/test_zero.py', '', 'def test_zero():\n    assert True\n');

const feedbackOf = async (...edits: ReturnType<typeof edit>[]) => {
  const result = await patchedFiles(edits, evidence);
  if (result.ok) throw new Error(`applied: ${result.diff}`);
  return result.feedback;
};

function gitApply(files: readonly PatchedFile[], diff: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'patched-files-'));
  try {
    for (const { path, before } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (before !== null) writeFileSync(join(folder, path), before);
    }
    execFileSync('git', ['init', '-q'], { cwd: folder });
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff });
    return Object.fromEntries(files.map(({ path }) => [path, readFileSync(join(folder, path), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('edits that fit', () => {
  it('become files, tests told apart, and a diff', async () => {
    const result = await patchedFiles([fix, newTest], evidence);
    expect(result).toMatchObject({
      ok: true,
      edits: [
        { path: 'price.py', outcome: 'applied', rung: 'exact' },
        { path: 'tests/test_zero.py', outcome: 'created' },
      ],
      files: [
        { path: 'price.py', before: priceSource, isTest: false, mode: '100644' },
        { path: 'tests/test_zero.py', before: null, isTest: true, mode: '100644' },
      ],
    });
    if (!result.ok) return;
    expect(result.diff).toContain('--- a/price.py\n+++ b/price.py\n');
    expect(result.diff).toContain('--- /dev/null\n+++ b/tests/test_zero.py\n');
  });

  it('build on one another within a file', async () => {
    const second = edit('price.py', '    return price - price * discount\n', '    return price * (1 - discount)\n');
    const result = await patchedFiles([fix, second], evidence);
    expect(result.ok && result.files[0]?.after).toContain('    return price * (1 - discount)\n');
  });

  it('give a diff that git applies to the same texts, whatever the names and line ends', async () => {
    const files = [
      patched('a b/x.py', 'a\nb', 'a\nc'),
      patched('crlf.txt', 'a\r\nb\r\n', 'a\r\nc\r\nd\r\n'),
      patched('é"q.py', '\uFEFFa\n', '\uFEFFb\n'),
      patched('new/file.py', null, 'x = 1\n'),
      patched('plain.py', 'a\n'.repeat(30), `${'a\n'.repeat(15)}b\n${'a\n'.repeat(14)}`),
    ];
    expect(gitApply(files, unifiedDiff(files) ?? '')).toEqual(Object.fromEntries(files.map((f) => [f.path, f.after])));
  });
});

describe('edits that do not fit become feedback', () => {
  it('refuses thousands of lines before anybody waits for their diff', async () => {
    const before = Array.from({ length: 9_000 }, (_, i) => `a${i}\n`).join('');
    const sources = [{ path: 'price.py', mode: '100644' as const, text: before }];
    const result = await patchedFiles([edit('price.py', before, before.replaceAll('a', 'b'))], {
      ...evidence,
      sources,
    });
    expect(result.ok || result.feedback).toContain('thousands of lines');
  });

  it('shows the lines that are really there', async () => {
    const feedback = await feedbackOf(edit('price.py', '    rate = 1.0 / discount\n    return price\n', 'x\n'));
    expect(feedback).toContain('these SEARCH lines are not in the file');
    expect(feedback).toContain('    rate = 1 / discount\n    return price - price / rate');
  });

  it('says so when nothing is like them', async () => {
    expect(await feedbackOf(edit('price.py', 'SELECT 1;\n', 'x\n'))).toContain('nor anything like them');
  });

  it('asks for every line where dots stand in SEARCH', async () => {
    expect(await feedbackOf(edit('price.py', 'def calc(price, discount):\n    ...\n', 'x\n'))).toContain(
      'write every line out',
    );
  });

  it.each([
    ['    # ... existing code ...\n'],
    ['    // rest of the code unchanged\n'],
    ['    /* ... */\n'],
    ['... rest of the file ...\n'],
    ['# ...\n'],
  ])('refuses %j in REPLACE', async (line) => {
    expect(await feedbackOf(edit('price.py', '    rate = 1 / discount\n', line))).toContain('leaves lines out');
  });

  it.each([
    ['    ...\n'],
    ['    # the rest is paid later\n'],
    ['    # other taxes apply\n'],
    ['    print(*[\n        ...,\n    ])\n'],
  ])('takes %j in REPLACE for what it says', async (line) => {
    expect((await patchedFiles([edit('price.py', '    rate = 1 / discount\n', line)], evidence)).ok).toBe(true);
  });

  it('refuses redaction marks and HTML entities', async () => {
    expect(await feedbackOf(edit('price.py', '    rate = 1 / discount\n', 'k = "[redacted:token]"\n'))).toContain(
      'hidden from you',
    );
    expect(await feedbackOf(edit('price.py', '    rate = 1 / discount\n', '    if a &lt; b:\n'))).toContain(
      'HTML entities',
    );
  });

  it('refuses files that exist but were not shown, and never takes another file for them', async () => {
    expect(await feedbackOf(edit('lib/tax.py', 'a\n', 'b\n'))).toContain('exists but was not shown');
    expect(await feedbackOf(edit('lib/tax.py', '', 'b\n'))).toContain('exists but was not shown');
    expect(await feedbackOf(edit('src/price.py', fix.search, fix.replace))).toContain('Did you mean price.py?');
    expect(await feedbackOf(edit('linked', '', 'b\n'))).toContain('exists but was not shown');
  });

  it('refuses an empty SEARCH on an existing file and new files where the tree is not known', async () => {
    expect(await feedbackOf(edit('price.py', '', 'x\n'))).toContain('SEARCH is empty');
    const result = await patchedFiles([newTest], { ...evidence, treeTruncated: true });
    expect(result.ok || result.feedback).toContain('too large');
  });

  it('applies all or nothing, and tells every problem', async () => {
    const result = await patchedFiles(
      [fix, edit('price.py', 'no such\n', 'x\n'), edit('nope.py', 'a\n', 'b\n')],
      evidence,
    );
    expect(result.ok).toBe(false);
    expect(result.edits.map(({ outcome }) => outcome)).toEqual(['applied', 'refused', 'refused']);
    expect(result.ok || result.feedback).toMatch(/price\.py[\s\S]*nope\.py/);
  });

  it('refuses the same patch twice, and edits that undo each other', async () => {
    const first = await patchedFiles([fix], evidence);
    if (!first.ok) throw new Error(first.feedback);
    const again = await patchedFiles([fix], evidence, [first.diff]);
    expect(again.ok || again.feedback).toContain('same patch');
    expect(await feedbackOf(fix, edit('price.py', fix.replace, fix.search))).toContain('change nothing');
  });
});

describe('edits after one another', () => {
  const source = (text: string, path = 'price.py') => ({
    ...evidence,
    sources: [{ path, mode: '100644' as const, text }],
  });
  const twice = 'a = 1\nb = 2\n\na = 1\nc = 3\n';

  it('stand where the file has them as it was shown, not where they fit by then', async () => {
    const first = edit('price.py', 'b = 2\n\na = 1\n', 'b = 2\n\nd = 4\n');
    const result = await patchedFiles([first, edit('price.py', 'a = 1\n', 'a = 9\n')], source(twice));
    expect(result.ok || result.feedback).toContain('more than one place: line 1, line 4');
    const moved = await patchedFiles(
      [edit('price.py', 'c = 3\n', 'c = 3\nb = 2\n'), edit('price.py', 'b = 2\n', 'b = 8\n')],
      source('a = 1\nc = 3\n'),
    );
    expect(moved.ok && moved.files[0]?.after).toBe('a = 1\nc = 3\nb = 8\n');
  });

  it('may share the lines that both keep', async () => {
    const result = await patchedFiles(
      [edit('price.py', 'a = 1\nb = 2\n', 'a = 7\nb = 2\n'), edit('price.py', 'b = 2\n\n', 'b = 2\nx = 0\n\n')],
      source(twice),
    );
    expect(result.ok && result.files[0]?.after).toBe('a = 7\nb = 2\nx = 0\n\na = 1\nc = 3\n');
  });

  it('that are the same are one', async () => {
    const insertion = edit('price.py', 'b = 2\n', 'b = 2\nx = 0\n');
    const result = await patchedFiles([insertion, { ...insertion, line: 9 }], source(twice));
    expect(result.ok && result.files[0]?.after).toBe(twice.replace('b = 2\n', 'b = 2\nx = 0\n'));
    expect(result.edits).toEqual([
      { path: 'price.py', outcome: 'applied', rung: 'exact' },
      { path: 'price.py', outcome: 'applied', rung: 'exact' },
    ]);
  });
});

describe('where the words of an edit lead', () => {
  it('an edit without a path is told where it would fit, and applied nowhere', async () => {
    const feedback = await feedbackOf({ ...fix, path: '', line: 7 });
    expect(feedback).toContain('line 7 of your reply: no line with the path');
    expect(feedback).toContain('The SEARCH lines stand in price.py: if that is the file you mean');
    expect(await feedbackOf({ ...newTest, path: '' })).toContain('no line with the path');
  });

  it('an edit under the path of another file is told where it would fit', async () => {
    expect(await feedbackOf({ ...fix, path: 'tests/test_price.py' })).toContain('stand in price.py');
    expect(await feedbackOf({ ...fix, path: 'src/cost.py' })).toContain('Did you mean price.py?');
  });

  it('lines that nearly fit are told one by one', async () => {
    const feedback = await feedbackOf(
      edit('price.py', '    rate = 1.0 / discount\n    return price - price / rate\n', 'x\n'),
    );
    expect(feedback).toContain('In the file line 3 is `rate = 1 / discount`, not `rate = 1.0 / discount`.');
  });

  it('what was hidden cannot be quoted', async () => {
    expect(await feedbackOf(edit('price.py', '    key = "[redacted:token]"\n', 'x\n'))).toContain('quote other lines');
  });
});

describe('a patch that its grammar cannot read', () => {
  it('is refused, with the line and what is expected', async () => {
    const broken = edit('price.py', '    rate = 1 / discount\n', '    rate = max((1 / discount)\n');
    const result = await patchedFiles([broken, newTest], evidence);
    expect(result.edits.map(({ outcome }) => outcome)).toEqual(['refused', 'created']);
    expect(result.ok || result.feedback).toContain('price.py: with these edits the file no longer parses');
    expect(result.ok || result.feedback).toContain('line 3: `rate = max((1 / discount)`');
    const script = edit('new.js', '', 'const a = f(1;\n');
    expect(await feedbackOf(script)).toContain('line 1: `const a = f(1;` (expected: ))');
  });

  it('may be one that never could, or of no known language', async () => {
    const template = 'def f():\n    {% if a %}\n    return (1\n    {% endif %}\n';
    const sources = [
      { path: 'price.py', mode: '100644' as const, text: template },
      { path: 'a.txt', mode: '100644' as const, text: '(((\n' },
    ];
    const edits = [edit('price.py', 'def f():\n', 'def g():\n'), edit('a.txt', '(((\n', '((((\n')];
    expect(await patchedFiles(edits, { ...evidence, sources })).toMatchObject({ ok: true });
  });

  it('is judged as a whole: one edit may open what the next one closes', async () => {
    const opening = edit('price.py', '    rate = 1 / discount\n', '    rate = (\n        1 / discount\n');
    const closing = edit('price.py', '    return price - price / rate\n', '    )\n    return price - price / rate\n');
    expect(await feedbackOf(opening)).toContain('no longer parses');
    expect((await patchedFiles([opening, closing], evidence)).ok).toBe(true);
  });
});

describe('white space that has nothing to do with the change', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `a${i} = ${i}`);
  const before = `${lines.join('\n')}  \n\n\n`.replace('a9 = 9', 'a9 = 9   ');
  const patchOf = (after: string, path: string) => {
    const sources = [{ path, mode: '100644' as const, text: before }];
    return patchedFiles([edit(path, before, after)], { ...evidence, sources });
  };
  const tidy = before.replace(/ +$/gm, '');

  it('is left out of code that changes elsewhere', async () => {
    const result = await patchOf(tidy.replace('a20 = 20', 'a20 = 21').replace('a2 = 2\n', 'a2 = 2\n\n'), 'price.py');
    expect(result.ok && result.files[0]?.after).toBe(before.replace('a20 = 20', 'a20 = 21'));
  });

  it('stays where nothing else changes, next to what changes, and in text that is no code', async () => {
    expect(await patchOf(tidy, 'price.py')).toMatchObject({ ok: true, files: [{ after: tidy }] });
    const near = before.replace('a9 = 9   ', 'a9 = 9').replace('a8 = 8', 'a8 = 0');
    expect(await patchOf(near, 'price.py')).toMatchObject({ ok: true, files: [{ after: near }] });
    const prose = tidy.replace('a20 = 20', 'a20 = 21');
    expect(await patchOf(prose, 'price.txt')).toMatchObject({ ok: true, files: [{ after: prose }] });
  });
});

describe('a new file', () => {
  it('has no blanks at the ends of its lines, and nothing that does not show', async () => {
    const result = await patchedFiles([edit('new.py', '', 'a = 1  \n\t\nb\u200b = 2\n')], evidence);
    expect(result).toMatchObject({ ok: true, files: [{ after: 'a = 1\n\nb = 2\n' }] });
  });

  it.each([
    ['+a = 1\n+b = 2\n+c = 3\n', 'like a diff'],
    ['1 | a = 1\n2 | b = 2\n', 'begin with their numbers'],
    ['print(“a”)\n', 'typographic double quotes'],
    ['<<<<<<< HEAD\na = 1\n', 'conflict markers'],
  ])('%j is none', async (text, words) => {
    expect(await feedbackOf(edit('new.py', '', text))).toContain(words);
  });
});

describe('isTestPath', () => {
  it.each([
    'tests/test_price.py',
    'test/a.js',
    'src/a.test.ts',
    'a.spec.tsx',
    'pkg/a_test.go',
    'src/__tests__/a.js',
    'spec/models/a_spec.rb',
    'src/test/java/ATest.java',
    'conftest.py',
    'test_a.py',
    'tests.py',
  ])('%s is one', (path) => expect(isTestPath(path)).toBe(true));
  it.each([
    'src/price.py',
    'contest/a.py',
    'latest/a.js',
    'src/testing.py',
    'attest.go',
    'protest.rb',
    'src/Latest.java',
    'specs/api.yaml',
  ])('%s is none', (path) => expect(isTestPath(path)).toBe(false));
});
