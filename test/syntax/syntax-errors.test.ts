import { describe, expect, it } from '@jest/globals';
import { syntaxErrors } from '../../src/syntax/syntax-errors.ts';

describe('syntax errors', () => {
  it.each([
    ['a.ts', 'const a: number = 1;\nexport { a };\n'],
    ['a.py', 'def f():\n    return 1\n'],
    ['a.go', 'package a\n\nfunc f() int { return 1 }\n'],
    ['a.rs', 'fn f() -> i32 { 1 }\n'],
  ])('are none in %s', async (path, text) => {
    expect(await syntaxErrors(path, text)).toEqual([]);
  });

  it('are named with their place', async () => {
    expect(await syntaxErrors('a.js', 'const a = 1;\nfoo(1, 2;\n')).toEqual([
      { line: 2, column: 9, text: 'missing )' },
    ]);
    expect((await syntaxErrors('a.py', 'x = 1\ndef f(:\n    pass\n'))?.[0]).toMatchObject({ line: 2 });
    expect((await syntaxErrors('a.java', 'class A { void f() { int = ; } }'))?.length).toBeGreaterThan(0);
  });

  it('are unknown where there is no grammar', async () => {
    expect(await syntaxErrors('a.txt', '(((')).toBeUndefined();
  });

  it('are few even where everything is wrong, however deep', async () => {
    const deep = await syntaxErrors('a.js', '['.repeat(5_000));
    expect(deep?.length).toBeGreaterThan(0);
    expect((await syntaxErrors('a.js', 'x = ;\n'.repeat(200)))?.length).toBe(50);
  });
});
