import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../../../src/incident/failure.ts';
import { code, codeTokens } from '../../../src/stages/evidence/code.ts';

const failure = (changes: Partial<Failure> = {}): Failure => ({
  ...{ tool: 'jest', message: 'boom', frames: [], at: { from: 1, to: 2 } },
  ...changes,
});
const body = (name: string, lines = 12): string =>
  `export function ${name}() {\n${Array.from({ length: lines }, (_, i) => `  step(${i});\n`).join('')}}\n`;

const repository = {
  'src/cart.js': `import { rate } from './rate.js';\n\n${body('add')}\n${body('total')}`,
  'src/rate.js': body('rate'),
  'src/odd/name.js': body('odd'),
  'test/cart.test.js':
    "import { add } from '../src/cart.js';\nimport odd from '../src/odd/name.js';\n\ntest('adds', () => {\n  expect(add()).toBe(1);\n});\n",
  '.github/CODEOWNERS': 'src/ @acme/core\n',
  '.github/self-heal.yml': 'mode: propose\n',
};

function library(files: Record<string, string> = repository) {
  const reads: string[][] = [];
  const paths = Object.keys(files).filter((path) => path !== '.github/self-heal.yml');
  const read = async (wanted: readonly string[]) => {
    reads.push([...wanted]);
    return new Map(Object.entries(files).filter(([path]) => wanted.includes(path)));
  };
  return { reads, at: { paths, read } };
}

const clues = (...failures: Failure[]) => ({ failures, text: '', changes: [] });
const asserted = failure({ test: 'adds', file: 'test/cart.test.js', line: 5, expected: '1', actual: '2' });

describe('the code that a failure is about', () => {
  it('is read in one request, with the owners and what else is asked for', async () => {
    const { reads, at } = library();
    const crash = failure({ frames: [{ file: '/srv/app/src/rate.js', line: 4 }] });
    const { suspects, texts } = await code(clues(crash), at, { also: ['.github/self-heal.yml'] });
    expect(reads).toHaveLength(1);
    expect(suspects[0]).toMatchObject({ path: 'src/rate.js', owners: ['@acme/core'], lines: [4] });
    expect(texts.get('.github/self-heal.yml')).toBe('mode: propose\n');
  });

  it('has what the failing test imports, read in a second request where nothing else named it', async () => {
    const { reads, at } = library();
    const { suspects, texts } = await code(clues(asserted), at);
    expect(suspects.map(({ path }) => path)).toContain('src/odd/name.js');
    expect(reads).toHaveLength(2);
    expect(reads[1]).toEqual(['src/odd/name.js']);
    expect([...texts.keys()].at(-1)).toBe('.github/CODEOWNERS');
  });

  it('is shown with the reason for each line: where it failed, what was changed, what was asked for', async () => {
    const { at } = library();
    const patch = '@@ -5,1 +5,1 @@\n-  step(9);\n+  step(1);';
    const changes = [{ path: 'src/cart.js', status: 'modified', patch }];
    const { excerpt } = await code({ ...clues(asserted), changes }, at, { wanted: ['src/rate.js:3-9'] });
    expect(excerpt.text.startsWith('### src/rate.js')).toBe(true);
    expect(excerpt.text).toContain('export function rate');
    expect(excerpt.text).toContain('export function add');
    expect(excerpt.text).toContain("test('adds'");
    expect(excerpt.tokens).toBeLessThanOrEqual(codeTokens);
  });

  it('is of a large file what was asked for', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `part${i}`);
    const large = names.map((name) => body(name, 40).replaceAll('step(', `${name}Step(`)).join('');
    const { at } = library({ 'src/large.js': large });
    const shown = async (wanted: string[]) =>
      (await code(clues(failure({ file: 'src/large.js', line: 3 })), at, { wanted })).excerpt.text;
    const line = large.slice(0, large.indexOf('part44Step(7)')).split('\n').length;
    expect(await shown([])).not.toContain('part44Step(7)');
    expect(await shown([`src/large.js:${line}-${line + 9}`])).toContain('part44Step(7)');
  });

  it('is read once where what the test imports is far down the list', async () => {
    const names = Array.from({ length: 4 }, (_, i) => `m${i}`);
    const imports = [...names, 'odd'].map((name) => `import { ${name} } from '../src/${name}.js';\n`).join('');
    const { reads, at } = library({
      ...Object.fromEntries(names.map((name) => [`src/${name}.js`, body(name)])),
      'src/odd.js': body('odd'),
      'test/all.test.js': `${imports}test('adds', () => {\n  expect(odd()).toBe(1);\n});\n`,
    });
    const frames = names.map((name) => ({ file: `src/${name}.js`, line: 2 }));
    const asserts = failure({ test: 'adds', file: 'test/all.test.js', line: 7, frames });
    const { suspects } = await code(clues(asserts), at);
    expect(suspects[5]?.path).toBe('src/odd.js');
    expect(reads).toHaveLength(1);
  });

  it.each([
    ['whose source map is in the tree is the source', { 'dist/rate.js.map': true }, [3]],
    ['without one has no line', {}, []],
  ])('that was compiled, %s', async (_, more: Record<string, boolean>, lines) => {
    const map = JSON.stringify({ version: 3, sources: ['../src/rate.ts'], mappings: 'AAEI,UAIF' });
    const { reads, at } = library({
      'src/rate.ts': body('rate'),
      'src/cart.ts': body('add'),
      ...Object.fromEntries(Object.keys(more).map((path) => [path, map])),
    });
    const crash = failure({ frames: [{ file: '/app/dist/rate.js', line: 1, column: 1 }] });
    const { suspects, texts, excerpt } = await code(clues(crash), at);
    expect(suspects[0]?.path).toBe('src/rate.ts');
    expect(suspects[0]?.lines ?? []).toEqual(lines);
    expect(reads).toHaveLength(1);
    expect([...texts.keys()].some((path) => path.endsWith('.map'))).toBe(false);
    expect(excerpt.text).toContain('src/rate.ts');
  });

  it('asks for three source maps at most', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `m${i}`);
    const { reads, at } = library(
      Object.fromEntries(
        names.flatMap((name) => [
          [`src/${name}.ts`, body(name)],
          [`dist/${name}.js.map`, '{}'],
        ]),
      ),
    );
    await code(clues(failure({ frames: names.map((name) => ({ file: `dist/${name}.js`, line: 1 })) })), at);
    expect(reads.flat().filter((path) => path.endsWith('.map'))).toHaveLength(3);
  });

  it('is what the model asked for first, of paths that are there, and eight of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`src/m${i}.js`, body(`m${i}`, 2)]));
    const { reads, at } = library(many);
    const wanted = ['../../etc/passwd', 'gone.js', ...Object.keys(many)];
    const { texts } = await code(clues(failure({ file: 'src/m11.js', line: 1 })), at, { wanted });
    expect(reads.flat().filter((path) => !(path in many))).toEqual([]);
    expect([...texts.keys()].slice(0, 6)).toEqual(Object.keys(many).slice(0, 6));
    expect(texts.has('src/m9.js')).toBe(false);
    expect(texts.has('src/m11.js')).toBe(true);
  });

  it('is nothing where no file is named', async () => {
    const { at } = library({ 'README.md': '# x\n' });
    expect(await code(clues(failure()), at)).toMatchObject({ suspects: [], excerpt: { text: '', tokens: 0 } });
  });
});
