import { expect, it } from '@jest/globals';
import { mutedChecks } from '../../../src/stages/guardrails/muted-checks.ts';
import { judged } from './judged.ts';

it.each([
  ['src/a.py', 'x = f(y)  # type: ignore'],
  ['src/a.py', 'x = f(y)  # noqa: E501'],
  ['src/a.py', 'x = f(y)  # pragma: no cover'],
  ['src/a.py', 'x = f(y)  # pylint: disable=all'],
  ['src/a.py', 'x = f(y)  # nosec'],
  ['src/a.ts', '// @ts-ignore'],
  ['src/a.ts', '// @ts-nocheck'],
  ['src/a.ts', '// @ts-expect-error later'],
  ['src/a.js', '/* eslint-disable */'],
  ['src/a.js', '/* istanbul ignore next */'],
  ['src/a.ts', '// biome-ignore lint: x'],
  ['src/A.java', '@SuppressWarnings("all") class A {}'],
  ['src/a.rs', '#[allow(dead_code)]'],
  ['src/a.go', 'var x = 1 //nolint'],
  ['src/a.rb', '# rubocop:disable all'],
  ['src/a.php', '// @phpstan-ignore-next-line'],
  ['src/a.cs', '#pragma warning disable CS0168'],
  ['src/a.c', 'int x; // NOLINT'],
])('%s: %s is refused, and stays where it was', async (path, line) => {
  expect(await judged(mutedChecks, path, 'a\n', `a\n${line}\n`)).toMatchObject([{ rule: 'muted-checks', line: 2 }]);
  expect(await judged(mutedChecks, path, `${line}\na\n`, `b\n${line}\n`)).toEqual([]);
});

it.each([
  ['src/a.js', 'const timeout = 500;', 'const timeout = 5000;'],
  ['src/a.js', 'get(a, { timeoutMs: 5 * 1000 });', 'get(a, { timeoutMs: 60 * 1000 });'],
  ['src/a.py', 'MAX_RETRIES = 3', 'MAX_RETRIES = 30'],
  ['src/a.py', 'get(a, timeout=1.5)', 'get(a, timeout=15)'],
  ['src/A.java', 'class A { int maxAttempts = 2; }', 'class A { int maxAttempts = 20; }'],
  ['src/a.go', 'package p\n\nfunc f() { wait(10) }', 'package p\n\nfunc f() { wait(100) }'],
])('%s: from %s to %s is refused', async (path, before, after) => {
  expect(await judged(mutedChecks, path, `${before}\n`, `${after}\n`)).toMatchObject([
    { why: expect.stringContaining('goes from') },
  ]);
  expect(await judged(mutedChecks, path, `${after}\n`, `${before}\n`)).toEqual([]);
});

it.each([
  ['src/a.js', 'const limit = 5;', 'const limit = 50;'],
  ['src/a.js', "log('timeout: 5');", "log('timeout: 50');"],
  ['src/a.js', 'const a = 1;', 'const a = 1;\nconst timeoutMs = 100;'],
  ['test/a.test.ts', 'f(1);', '// @ts-expect-error a text on purpose\nf("1");'],
])('%s: from %s to %s is honest', async (path, before, after) => {
  expect(await judged(mutedChecks, path, `${before}\n`, `${after}\n`)).toEqual([]);
});
