// Unified diffs as models and git write them → edits, or why a diff is nothing to apply.
import { describe, expect, it } from '@jest/globals';
import { readEditBlocks } from '../../../src/stages/patch/edit-blocks.ts';
import { applyEdit } from '../../../src/stages/patch/replacement.ts';

const header = '--- a/src/a.py\n+++ b/src/a.py\n';
const body = ' def f():\n-    a = 1\n+    a = 2\n     return a\n';
const hunk = `@@ -4,3 +4,3 @@ class A:\n${body}`;
const edit = {
  path: 'src/a.py',
  search: 'def f():\n    a = 1\n    return a\n',
  replace: 'def f():\n    a = 2\n    return a\n',
};
const tree = ['src/a.py', 'src/my file.py', 'src/é.py', 'a/odd.py'];
const fenced = (diff: string) => `Words.\n\n\`\`\`diff\n${diff}\`\`\`\n`;

const only = (reply: string) => {
  const { edits, malformed } = readEditBlocks(reply, tree);
  expect(malformed).toEqual([]);
  return edits.map(({ line: _, ...rest }) => rest);
};
const problemOf = (reply: string) => {
  const { edits, malformed } = readEditBlocks(reply, tree);
  expect(edits).toEqual([]);
  return malformed.map(({ problem }) => problem).join();
};

describe('a diff', () => {
  it.each([
    ['in a fence', fenced(header + hunk)],
    ['without a fence', header + hunk],
    ['of git', fenced(`diff --git a/src/a.py b/src/a.py\nindex 012..345 100644\n${header}${hunk}`)],
    ['with times', header.replaceAll('.py\n', '.py\t2026-01-01 00:00:00\n') + hunk],
    ['without prefixes', header.replaceAll(/[ab]\//g, '') + hunk],
    ['with absolute names', header.replaceAll(/ [ab]\//g, ' /app/') + hunk],
    ['with one prefix only', header.replace('a/', '') + hunk],
    ['with a path above its hunks', `src/a.py\n${fenced(hunk).replace('Words.\n\n', '')}`],
    ['without names below the line of git', fenced(`diff --git a/src/a.py b/src/a.py\n${hunk}`)],
    ['with words behind it', `${header}${hunk}\nThat is all:\n- no more\n+ no less\n`],
    ['with an end as in a mail', `${header}${hunk}-- \n2.43.0\n`],
    ['with CRLF', fenced(header + hunk).replaceAll('\n', '\r\n')],
  ])('%s is an edit at its line', (_, reply) => {
    expect(only(reply)).toEqual([{ ...edit, at: 4 }]);
  });

  it.each([
    ['counts that are too small', '@@ -4,2 +4,2 @@'],
    ['counts that are too large', '@@ -4,9 +4,9 @@'],
    ['no counts', '@@ -4 +4 @@'],
    ['dots', '@@ ... @@'],
    ['nothing', '@@'],
    ['a function', '@@ def f(): @@'],
    ['another new line than the old one', '@@ -4,3 +9,3 @@'],
  ])('whose hunk line has %s is an edit without a line', (_, line) => {
    expect(only(fenced(`${header}${line}\n${body}`))).toEqual([edit]);
  });

  it('knows the lines of later hunks as they are after the earlier ones', () => {
    const two = `${header}@@ -1,1 +1,2 @@\n a\n+b\n@@ -9,1 +10,1 @@\n-c\n+d\n`;
    expect(only(fenced(two)).map(({ at }) => at)).toEqual([1, 10]);
  });

  it('knows no lines in a file that was edited before', () => {
    expect(only(`${fenced(header + hunk)}\n${fenced(header + hunk)}`).map(({ at }) => at)).toEqual([4, undefined]);
  });

  it('of several files is several edits', () => {
    const other = '--- a/src/my file.py\t\n+++ b/src/my file.py\t\n@@ -1 +1 @@\n-a\n+b\n';
    const quoted = '--- "a/src/\\303\\251.py"\n+++ "b/src/\\303\\251.py"\n@@ -1 +1 @@\n-a\n+b\n';
    expect(only(fenced(header + hunk + other + quoted)).map(({ path }) => path)).toEqual([
      'src/a.py',
      'src/my file.py',
      'src/é.py',
    ]);
  });

  it('that creates a file is an edit without SEARCH, with the end that it says', () => {
    const created =
      'diff --git a/new.py b/new.py\nnew file mode 100644\n--- /dev/null\n+++ b/new.py\n@@ -0,0 +1,2 @@\n+a\n+b\n';
    expect(only(fenced(created))[0]).toMatchObject({ path: 'new.py', search: '', replace: 'a\nb\n' });
    expect(only(fenced(`${created}\\ No newline at end of file\n`))[0]).toMatchObject({ replace: 'a\nb' });
  });

  it('keeps lines that look like headers, and blank lines that lost their space', () => {
    const tricky = `${header}@@ -1,5 +1,5 @@\n a\n\n--- b\n+++ c\n @@ d\n\n`;
    expect(only(fenced(tricky))[0]).toMatchObject({ search: 'a\n\n-- b\n@@ d\n\n', replace: 'a\n\n++ c\n@@ d\n\n' });
  });

  it('lets conflict markers be taken out, which no block can', () => {
    const conflict = `${header}@@ -1,5 +1,1 @@\n-<<<<<<< HEAD\n a\n-=======\n-b\n->>>>>>> main\n`;
    expect(only(fenced(conflict))[0]).toMatchObject({ replace: 'a\n' });
  });
});

describe('a diff is not applied', () => {
  it.each([
    [
      'that renames',
      'diff --git a/src/a.py b/src/b.py\nsimilarity index 90%\nrename from src/a.py\nrename to src/b.py\n',
      'renames',
    ],
    ['of two names', `--- a/src/a.py\n+++ b/src/b.py\n${hunk}`, 'renames'],
    [
      'that deletes',
      `diff --git a/src/a.py b/src/a.py\ndeleted file mode 100644\n--- a/src/a.py\n+++ /dev/null\n${hunk}`,
      'deletes',
    ],
    [
      'that changes a mode',
      `diff --git a/src/a.py b/src/a.py\nold mode 100644\nnew mode 100755\n${header}${hunk}`,
      'mode',
    ],
    [
      'of a new executable',
      `diff --git a/x b/x\nnew file mode 100755\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n`,
      'executable',
    ],
    ['of a symlink', `diff --git a/x b/x\nindex 012..345 120000\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n`, 'symlink'],
    [
      'of a binary file',
      'diff --git a/x.png b/x.png\nindex 012..345 100644\nBinary files a/x.png and b/x.png differ\n',
      'binary',
    ],
    [
      'of a submodule',
      `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-Subproject commit ${'a'.repeat(40)}\n+Subproject commit ${'b'.repeat(40)}\n`,
      'submodule',
    ],
    ['without a hunk', header, 'no `@@` line'],
    ['without a name', hunk, 'names no file'],
    [
      'that lost the lines around what it adds',
      `${header}@@ -4,3 +4,4 @@\n+    a = 0\n-    a = 1\n+    a = 2\n`,
      'fewer lines',
    ],
    [
      'with a line that has no sign',
      `${header}@@ -4,3 +4,3 @@\n def f():\n-    a = 1\n+    a = 2\n0 return a\n`,
      'neither a space',
    ],
  ])('%s', (_, diff, words) => {
    expect(problemOf(fenced(diff))).toContain(words);
  });

  it('that was cut off', () => {
    const whole = fenced(header + hunk);
    for (let length = whole.indexOf('@@'); length < whole.length - 3; length++)
      expect(readEditBlocks(whole.slice(0, length), tree).edits).toEqual([]);
    const open = header + hunk;
    const text = 'x\n\n\ndef f():\n    a = 1\n    return a\n';
    for (let length = open.indexOf('def'); length < open.length; length++)
      for (const one of readEditBlocks(open.slice(0, length), tree).edits) {
        const result = applyEdit(text, one);
        expect(result.ok ? result.text : '').toBe(result.ok ? text.replace('1', '2') : '');
      }
  });
});
