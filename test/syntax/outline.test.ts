import { execFileSync } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { type GrammarName, grammarNames, grammarOf } from '../../src/syntax/grammars.ts';
import { definitionOf, enclosing, type Outline, outlineOf } from '../../src/syntax/outline.ts';
import { samples } from './samples.ts';

const lines = ({ from, to }: { from: number; to: number }) => (from === to ? `${from}` : `${from}-${to}`);

/** One line a thing: `method Cart.total 28-32 by 30`. */
const told = ({ definitions, imports, tests }: Outline): string[] => [
  ...definitions.map((one) => `${one.kind} ${one.qualifiedName} ${lines(one)} by ${lines(one.signature)}`),
  ...imports.map((one) => `import ${one.modules.join(' ')} ${lines(one)}`),
  ...tests.map((one) => `${one.kind} ${one.parent ? `${one.parent.title} > ` : ''}${one.title} ${lines(one)}`),
];

async function outline(path: string, text: string): Promise<Outline> {
  const found = await outlineOf(path, text);
  if (!found) throw new Error(`no outline of ${path}`);
  return found;
}

describe('an outline', () => {
  it.each(samples)('of $path', async ({ path, text, expected }) => {
    expect(told(await outline(path, text))).toEqual(expected);
  });

  it.each(grammarNames)('is had of every language: %s', async (name) => {
    const endings: Partial<Record<GrammarName, string>> = { 'c-sharp': 'cs', powershell: 'ps1', javascript: 'jsx' };
    const extension =
      endings[name] ?? { bash: 'sh', python: 'pyi', ruby: 'rb', rust: 'rs', typescript: 'mts' }[name as string] ?? name;
    expect(grammarOf(`a/b.${extension}`)).toBe(name);
    expect(await outlineOf(`a/b.${extension}`, '')).toEqual({ definitions: [], imports: [], tests: [] });
  });

  it('is none of a language nobody knows, of binaries and of very large files', async () => {
    expect(await outlineOf('LICENSE', 'MIT')).toBeUndefined();
    expect(await outlineOf('a.txt', 'text')).toBeUndefined();
    expect(await outlineOf('.py', 'x = 1')).toBeUndefined();
    expect(await outlineOf('a.sh', 'a\0b')).toBeUndefined();
    expect(await outlineOf('a.js', ';'.repeat(1_000_001))).toBeUndefined();
  });

  it('keeps what it can read of a file with a syntax error', async () => {
    const broken =
      'import a from "a";\nfunction whole() {\n  return 1;\n}\nfunction broken( {\n  return (2;\n}\nclass After {\n  method() {}\n}\n';
    const { definitions, imports } = await outline('a.js', broken);
    expect(definitions.map(({ name }) => name)).toContain('whole');
    expect(imports).toHaveLength(1);
  });

  it('counts lines in files with CRLF and a byte order mark', async () => {
    const { definitions } = await outline(
      'a.py',
      '\uFEFFimport os\r\n\r\n# Why.\r\ndef f():\r\n    return 1\r\n\r\ndef g():\r\n    pass\r\n',
    );
    expect(definitions.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['f', 3, 5],
      ['g', 7, 8],
    ]);
  });

  it('tells the definitions around a line, and finds one by name', async () => {
    const found = await outline(
      'a.ts',
      'class A {\n  run() {\n    const inner = () => {\n      go();\n    };\n  }\n}\nclass B {\n  run() {}\n}\n',
    );
    expect(enclosing(found, 4).map(({ qualifiedName }) => qualifiedName)).toEqual(['A.run.inner', 'A.run', 'A']);
    expect(enclosing(found, 11)).toEqual([]);
    expect(definitionOf(found, 'inner')?.from).toBe(3);
    expect(definitionOf(found, 'B.run')?.from).toBe(9);
    expect(definitionOf(found, 'run')).toBeUndefined();
  });

  it('throws on no text, and stays within the file', async () => {
    const path = fc.constantFrom('a.ts', 'a.py', 'a.go', 'a.rb', 'a.rs', 'a.cpp', 'a.php', 'a.cs', 'a.java', 'a.sh');
    const word = fc.constantFrom(
      'def f(x):',
      'class A {',
      '}',
      '{',
      '(',
      ')',
      '"',
      '`',
      '\n',
      '  ',
      '@x',
      '#',
      '//',
      'it("a", () => {',
      'end',
      '<',
      '\r',
      '\uFEFF',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    );
    await fc.assert(
      fc.asyncProperty(path, text, async (name, content) => {
        const found = await outlineOf(name, content);
        const last = content.split('\n').length;
        for (const { from, to } of [...(found?.definitions ?? []), ...(found?.tests ?? []), ...(found?.imports ?? [])])
          expect(1 <= from && from <= to && to <= last).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('hostile files', () => {
  it('are given up when time is up', async () => {
    const text = 'f(a, b);\n'.repeat(500);
    expect(await outlineOf('a.js', text)).toBeDefined();
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => {
      now += 1_500;
      return now;
    });
    expect(await outlineOf('a.js', text)).toBeUndefined();
    clock.mockRestore();
  });

  it('may nest as deep as they like', async () => {
    const deep = `${'function f() {'.repeat(1_500)}`;
    expect(await outlineOf('a.js', deep)).toBeDefined();
    expect(await outlineOf('a.py', '['.repeat(3_000))).toBeDefined();
  });

  it('that use up the memory cost their own outline, and no later one', () => {
    const script = `
      import { outlineOf } from './src/syntax/outline.ts';
      const hostile = await outlineOf('A.java', 'a<'.repeat(6_500));
      const next = await outlineOf('a.py', 'def f(): pass');
      console.log(JSON.stringify([hostile ?? null, next?.definitions.length]));`;
    const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    const root = new URL('../../', import.meta.url);
    expect(JSON.parse(execFileSync(process.execPath, node, { cwd: root, encoding: 'utf8' }))).toEqual([null, 1]);
  });
});
