// Replies over shown sources → patched files whose diff git itself applies, or feedback; never a wrong application.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import { readEditBlocks } from '../../../src/stages/patch/edit-blocks.ts';
import { patchedFiles } from '../../../src/stages/patch/patched-files.ts';
import { isTestPath } from '../../../src/stages/patch/test-path.ts';
import { unifiedDiff } from '../../../src/stages/patch/unified-diff.ts';
import { evidence, patched, priceSource } from './sample-case.ts';

const edit = (path: string, search: string, replace: string) => ({ path, search, replace, line: 1 });
const fix = edit(
  'price.py',
  '    rate = 1 / discount\n    return price - price / rate\n',
  '    return price - price * discount\n',
);
const newTest = edit('tests/test_zero.py', '', 'def test_zero():\n    assert True\n');

const feedbackOf = (...edits: ReturnType<typeof edit>[]) => {
  const result = patchedFiles(edits, evidence);
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
  it('become files, tests told apart, and a diff', () => {
    const result = patchedFiles([fix, newTest], evidence);
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

  it('build on one another within a file', () => {
    const second = edit('price.py', '    return price - price * discount\n', '    return price * (1 - discount)\n');
    const result = patchedFiles([fix, second], evidence);
    expect(result.ok && result.files[0]?.after).toContain('    return price * (1 - discount)\n');
  });

  it('give a diff that git applies to the same texts, whatever the names and line ends', () => {
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
  it('refuses thousands of lines before anybody waits for their diff', () => {
    const before = Array.from({ length: 9_000 }, (_, i) => `a${i}\n`).join('');
    const sources = [{ path: 'price.py', mode: '100644' as const, text: before }];
    const result = patchedFiles([edit('price.py', before, before.replaceAll('a', 'b'))], { ...evidence, sources });
    expect(result.ok || result.feedback).toContain('thousands of lines');
  });

  it('shows the lines that are really there', () => {
    const feedback = feedbackOf(edit('price.py', '    rate = 1.0 / discount\n    return price\n', 'x\n'));
    expect(feedback).toContain('these SEARCH lines are not in the file');
    expect(feedback).toContain('    rate = 1 / discount\n    return price - price / rate');
  });

  it('says so when nothing is like them', () => {
    expect(feedbackOf(edit('price.py', 'SELECT 1;\n', 'x\n'))).toContain('nor anything like them');
  });

  it('asks for every line where dots stand in SEARCH', () => {
    expect(feedbackOf(edit('price.py', 'def calc(price, discount):\n    ...\n', 'x\n'))).toContain(
      'write every line out',
    );
  });

  it.each([
    ['    # ... existing code ...\n'],
    ['    // rest of the code unchanged\n'],
    ['    /* ... */\n'],
    ['... rest of the file ...\n'],
    ['# ...\n'],
  ])('refuses %j in REPLACE', (line) => {
    expect(feedbackOf(edit('price.py', '    rate = 1 / discount\n', line))).toContain('leaves lines out');
  });

  it.each([['    ...\n'], ['    # the rest is paid later\n'], ['    # other taxes apply\n'], ['    ...args,\n']])(
    'takes %j in REPLACE for what it says',
    (line) => {
      expect(patchedFiles([edit('price.py', '    rate = 1 / discount\n', line)], evidence).ok).toBe(true);
    },
  );

  it('refuses redaction marks and HTML entities', () => {
    expect(feedbackOf(edit('price.py', '    rate = 1 / discount\n', 'k = "[redacted:token]"\n'))).toContain(
      'hidden from you',
    );
    expect(feedbackOf(edit('price.py', '    rate = 1 / discount\n', '    if a &lt; b:\n'))).toContain('HTML entities');
  });

  it('refuses files that exist but were not shown, and never takes another file for them', () => {
    expect(feedbackOf(edit('lib/tax.py', 'a\n', 'b\n'))).toContain('exists but was not shown');
    expect(feedbackOf(edit('lib/tax.py', '', 'b\n'))).toContain('exists but was not shown');
    expect(feedbackOf(edit('src/price.py', fix.search, fix.replace))).toContain('Did you mean price.py?');
    expect(feedbackOf(edit('linked', '', 'b\n'))).toContain('exists but was not shown');
  });

  it('refuses an empty SEARCH on an existing file and new files where the tree is not known', () => {
    expect(feedbackOf(edit('price.py', '', 'x\n'))).toContain('SEARCH is empty');
    const result = patchedFiles([newTest], { ...evidence, treeTruncated: true });
    expect(result.ok || result.feedback).toContain('too large');
  });

  it('applies all or nothing, and tells every problem', () => {
    const result = patchedFiles([fix, edit('price.py', 'no such\n', 'x\n'), edit('nope.py', 'a\n', 'b\n')], evidence);
    expect(result.ok).toBe(false);
    expect(result.edits.map(({ outcome }) => outcome)).toEqual(['applied', 'refused', 'refused']);
    expect(result.ok || result.feedback).toMatch(/price\.py[\s\S]*nope\.py/);
  });

  it('refuses the same patch twice, and edits that undo each other', () => {
    const first = patchedFiles([fix], evidence);
    if (!first.ok) throw new Error(first.feedback);
    const again = patchedFiles([fix], evidence, [first.diff]);
    expect(again.ok || again.feedback).toContain('same patch');
    expect(feedbackOf(fix, edit('price.py', fix.replace, fix.search))).toContain('change nothing');
  });
});

describe('a reply that was damaged on the way', () => {
  const wanted = patchedFiles(
    [fix, edit('tests/test_price.py', '    def test_half(self):\n', '    def test_all(self):\n')],
    evidence,
  );
  const reply = `Subject: fix(price): multiply\nWords.\n\nprice.py\n\`\`\`python\n<<<<<<< SEARCH\n${fix.search}=======\n${fix.replace}>>>>>>> REPLACE\n\`\`\`\n\ntests/test_price.py\n\`\`\`python\n<<<<<<< SEARCH\n    def test_half(self):\n=======\n    def test_all(self):\n>>>>>>> REPLACE\n\`\`\`\n`;
  const afterOf = (text: string) => {
    const { edits, malformed } = readEditBlocks(text);
    const result = malformed.length > 0 || edits.length === 0 ? undefined : patchedFiles(edits, evidence);
    return result?.ok ? result.files.map(({ path, after }) => ({ path, after })) : undefined;
  };
  const whole = wanted.ok ? wanted.files.map(({ path, after }) => ({ path, after })) : [];

  it('is applied exactly when it is whole', () => {
    expect(whole).toHaveLength(2);
    expect(afterOf(reply)).toEqual(whole);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['trailing spaces', (text: string) => text.replace(/$/gm, '  ')],
    ['indented as a whole', (text: string) => text.replace(/^(?=.)/gm, '    ')],
    ['no fences', (text: string) => text.replace(/^```.*\n/gm, '')],
    ['longer fences', (text: string) => text.replaceAll('```', '`````')],
    [
      'fences inside',
      (text: string) =>
        text.replace(
          /SEARCH\n([\s\S]*?)=======\n([\s\S]*?)>>>>>>>/g,
          'SEARCH\n```python\n$1```\n=======\n```python\n$2```\n>>>>>>>',
        ),
    ],
    ['marked paths', (text: string) => text.replace(/^(\S+\.py)$/gm, '**File:** `$1`')],
    [
      'seven and more signs',
      (text: string) => text.replaceAll('<<<<<<<', '<<<<<<<<').replaceAll('>>>>>>>', '>>>>>>>>'),
    ],
  ])('in a harmless way is applied all the same: %s', (_, damage) => {
    const trimmed = (files: typeof whole | undefined) =>
      files?.map(({ path, after }) => ({ path, after: after.replace(/[ ]+$/gm, '') }));
    expect(trimmed(afterOf(damage(reply)))).toEqual(whole);
  });

  it.each([
    ['wrong path', (text: string) => text.replace('price.py\n```', 'pricing.py\n```')],
    [
      'paths exchanged',
      (text: string) =>
        text
          .replace('\nprice.py', '\nX')
          .replace('tests/test_price.py', 'price.py')
          .replace('\nX', '\ntests/test_price.py'),
    ],
    ['HTML escaped', (text: string) => text.replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))],
    ['dots for a line', (text: string) => text.replace('    return price - price / rate', '    ...')],
    ['no marker lines', (text: string) => text.replace(/^(?:<{7}|={7}|>{7}).*$/gm, '')],
    ['lines reordered', (text: string) => text.split('\n').reverse().join('\n')],
    ['cut inside the last block', (text: string) => text.slice(0, text.lastIndexOf('=======') + 10)],
    ['invisible characters in SEARCH', (text: string) => text.replace('rate = 1', 'rate\u200b = 1')],
  ])('in a harmful way is refused: %s', (_, damage) => {
    expect(afterOf(damage(reply))).toBeUndefined();
  });

  it('anywhere is applied exactly, in its whole blocks, or refused', () => {
    const parts = whole.map((file) => JSON.stringify([file]));
    fc.assert(
      fc.property(fc.nat(reply.length), (length) => {
        const result = afterOf(reply.slice(0, length));
        expect([undefined, ...parts, JSON.stringify(whole)]).toContain(result && JSON.stringify(result));
      }),
      { numRuns: 300 },
    );
  });

  it('never crashes the reading, whatever comes', () => {
    const bits = fc.constantFrom(
      '<<<<<<< SEARCH',
      '=======',
      '>>>>>>> REPLACE',
      '```',
      'price.py',
      '',
      '...',
      '    rate = 1 / discount',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string())), (some) => {
        const { edits, malformed } = readEditBlocks(some.join('\n'));
        expect(edits.length + malformed.length).toBeLessThanOrEqual(some.length + some.join('\n').split('\n').length);
        patchedFiles(edits, evidence);
      }),
      { numRuns: 1_000 },
    );
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
