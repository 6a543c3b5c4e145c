// Patched files → the diff that git itself writes for them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { normalisedDiff, unifiedDiff } from '../../src/text/unified-diff.ts';
import { patched } from '../stages/patch/sample-case.ts';

function gitDiff(files: readonly ReturnType<typeof patched>[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'unified-diff-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: folder, encoding: 'utf8' });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    git('init', '-q');
    for (const { path, before } of files) if (before !== null) write(path, before);
    git('add', '.');
    for (const { path, after } of files) write(path, after);
    git('add', '-N', '.');
    return git('diff', '--no-color', '--no-ext-diff').replace(/^index .*\n/gm, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('is what git writes, whatever the names and the line ends', () => {
  const many = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
  const files = [
    patched('a b/x.txt', 'a\nb', 'a\nc'),
    patched('crlf.txt', 'a\r\nb\r\n', 'a\r\nc\r\nd\r\n'),
    patched('empty.txt', '', 'x\n'),
    patched('ended.txt', 'a', 'a\n'),
    patched('headers.txt', '-- a b\n@@ -1 +1 @@\nc\n', '++ a b\n@@ -1 +1 @@\nd\n'),
    patched('many.txt', many, many.replace('line 3\n', '').replace('line 30\n', 'line thirty\nand more\n')),
    patched('new/unended.txt', null, 'x'),
    patched('é"q.txt', '\uFEFFa\n', '\uFEFFb\n'),
  ];
  const withoutFunctions = gitDiff(files).replace(/^(@@ .* @@) .*$/gm, '$1');
  expect(unifiedDiff(files)).toBe(withoutFunctions);
});

it('looks the same for the same change at another place', () => {
  const at = (before: string) => unifiedDiff([patched('a.py', `${before}a\n`, `${before}b  \n`)]) ?? '';
  expect(normalisedDiff(at('x\n'))).toBe(normalisedDiff(at('y\n'.repeat(9))));
});
