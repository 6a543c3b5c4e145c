// Edits of test files in every judged language: the hostile ones are refused, the honest ones pass.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import { changesExistingTests, testsKept } from '../../../src/stages/guardrails/tests-kept.ts';
import { diagnosis, evidence, patched } from '../patch/sample-case.ts';
import { cSharp } from './tests-corpus/c-sharp.ts';
import { type Corpus, edited } from './tests-corpus/corpus.ts';
import { go } from './tests-corpus/go.ts';
import { java } from './tests-corpus/java.ts';
import { php } from './tests-corpus/php.ts';
import { python } from './tests-corpus/python.ts';
import { ruby } from './tests-corpus/ruby.ts';
import { rust } from './tests-corpus/rust.ts';
import { typescript } from './tests-corpus/typescript.ts';

const corpora: Corpus[] = [typescript, python, go, java, ruby, rust, cSharp, php];

const judged = (files: PatchedFile[], kind: 'code' | 'test' = 'code') =>
  testsKept(files, { policy: defaultPolicy, evidence, diagnosis: { ...diagnosis, kind } });

describe.each(corpora)('$path', ({ path, before, hostile, honest }) => {
  it.each(hostile.map((edit) => [edit[0], edit] as const))('may not: %s', async (_, edit) => {
    const found = await judged([patched(path, before, edited(before, edit), path !== rust.path)]);
    expect(found).not.toEqual([]);
    for (const finding of found) expect(finding).toMatchObject({ rule: 'tests-kept', path, line: expect.any(Number) });
  });

  it.each(honest.map((edit) => [edit[0], edit] as const))('may: %s', async (_, edit) => {
    expect(await judged([patched(path, before, edited(before, edit), path !== rust.path)])).toEqual([]);
  });
});

const why = async (files: PatchedFile[], kind: 'code' | 'test' = 'code') =>
  (await judged(files, kind)).map((found) => found.why);

describe('a wrong test', () => {
  const pick = ({ before, hostile, path }: Corpus, name: string) => {
    const edit = hostile.find(([known]) => known === name);
    if (!edit) throw new Error(`no edit ${name}`);
    return [patched(path, before, edited(before, edit), path !== rust.path)];
  };

  it.each([
    [typescript, 'changes what is expected'],
    [typescript, 'changes the input'],
    [typescript, 'changes a helper'],
    [python, 'changes what is expected'],
    [python, 'changes the set-up'],
    [go, 'changes what is expected'],
    [java, 'changes what is expected'],
    [ruby, 'changes what is expected'],
    [rust, 'changes what is expected'],
    [cSharp, 'changes what is expected'],
    [php, 'changes what is expected'],
  ])('%#: is mended: %s', async (corpus, name) => {
    expect(await judged(pick(corpus, name), 'test')).toEqual([]);
    expect(await changesExistingTests(pick(corpus, name))).toEqual([corpus.path]);
  });

  it.each(
    corpora.flatMap((corpus) =>
      corpus.hostile
        .filter(([name]) =>
          /^(?:deletes|renames|takes its mark|skips|ignores|disables|xit|todo|focuses|empties|returns early|swallows|removes an assertion|asks for less|asks for truth|compares with itself|drops the matcher|is always true|hides it|exits|adds a (?:test without|tautology)|moves it|patches the assertions|overrides expect|marks the module|compiles|is built never|is no longer collected|logs instead|retries|raises)/.test(
            name,
          ),
        )
        .map(([name]) => [corpus.path, name, corpus] as const),
    ),
  )('%s: still may not: %s', async (_, name, corpus) => {
    expect(await judged(pick(corpus, name), 'test')).not.toEqual([]);
  });

  it.each(corpora.flatMap((corpus) => corpus.honest.map((edit) => [corpus.path, edit[0], corpus, edit] as const)))(
    '%s: may: %s',
    async (_, __, { path, before }, edit) => {
      const files = [patched(path, before, edited(before, edit), path !== rust.path)];
      expect(await judged(files, 'test')).toEqual([]);
      expect(await changesExistingTests(files)).toEqual([]);
    },
  );
});

describe('files beside the tests', () => {
  it.each([
    ['tests/__snapshots__/cart.ts.snap', 'exports[`a`] = `1`;\n'],
    ['test/__snapshots__/cart.ambr', '# name: a\n'],
    ['cart/testdata/out.golden', '3\n'],
    ['tests/fixtures/rates.json', '{"de": 1}\n'],
    ['tests/data.csv', 'a,b\n'],
  ])('%s is what tests compare with', async (path, before) => {
    expect(await judged([patched(path, before, `${before}x\n`, true)])).toHaveLength(1);
    expect(await changesExistingTests([patched(path, before, `${before}x\n`, true)])).toEqual([path]);
    if (!/snap|ambr|golden/.test(path)) expect(await judged([patched(path, null, before, true)])).toEqual([]);
  });

  it('no file takes the place of a module', async () => {
    expect(await judged([patched('src/__mocks__/cart.js', null, 'export const add = () => 5;\n', true)])).toHaveLength(
      1,
    );
  });

  it('languages without a tree of tests lose no line', async () => {
    const kotlin = '@Test\nfun adds() {\n  assertEquals(3, add(1, 2))\n}\n';
    const path = 'src/test/kotlin/CartTest.kt';
    expect(await why([patched(path, kotlin, kotlin.replace('3,', '4,'), true)])).toHaveLength(1);
    expect(await why([patched(path, kotlin, kotlin.replace('@Test', '@Disabled\n@Test'), true)])).toHaveLength(1);
    expect(
      await why([patched(path, kotlin, `${kotlin}@Test\nfun zero() {\n  assertEquals(0, add(0, 0))\n}\n`, true)]),
    ).toEqual([]);
    expect(await why([patched(path, kotlin, kotlin.replace('3,', '4,'), true)], 'test')).toEqual([]);
    expect(await why([patched(path, kotlin, kotlin.replace(/ {2}assert.*\n/, ''), true)], 'test')).toHaveLength(1);
  });

  it('a file that cannot be read loses no line either', async () => {
    const before = "it('a', () => {\n  expect(a).toBe(1);\n});\n";
    expect(await why([patched('a.test.js', before, `${before.replace('1', '2')}}}(\n`, true)])).not.toEqual([]);
    expect(await why([patched('a.test.js', before, `${before}it.skip('b', () => {\n`, true)])).not.toEqual([]);
  });

  it('a command in a script hides no failure', async () => {
    expect(await why([patched('run.sh', 'pytest\n', 'pytest || true\n')])).toHaveLength(1);
  });

  it('a new test file patches no assertion and no module', async () => {
    const python = (line: string) =>
      patched(
        'tests/test_new.py',
        null,
        `import price\n${line}\n\ndef test_a():\n    assert price.calc(1, 0) == 1\n`,
        true,
      );
    expect(await why([python('unittest.TestCase.assertEqual = print')])).toHaveLength(1);
    expect(await why([python('price.calc = lambda a, b: 1')])).toHaveLength(1);
    expect(await why([python('os.environ["RATE"] = "1"')])).toEqual([]);
    expect(
      await why([patched('cart/new_test.go', null, 'package cart\n\nfunc init() {\n\tos.Args = nil\n}\n', true)]),
    ).not.toEqual([]);
  });

  it('what a program calls `test_…` is none', async () => {
    const before = 'def test_connection(url):\n    return ping(url)\n';
    expect(await judged([patched('db.py', before, before.replace('ping(url)', 'ping(url, 2)'))])).toEqual([]);
  });
});

it('throws on no text, and lets every file grow by nothing', async () => {
  const path = fc.constantFrom(...corpora.map((corpus) => corpus.path), 'a.test.kt', 'tests/a.json');
  const piece = fc.constantFrom(
    ...corpora.flatMap(({ before }) => before.split(/(?<=[\s(){}])/)),
    '\ud800',
    '"""',
    '`${',
    '#[',
    '/**@',
    '__END__\n',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 80 }).map((all) => all.join('')),
  );
  await fc.assert(
    fc.asyncProperty(path, fc.option(text), text, fc.boolean(), async (name, before, after, isTest) => {
      await judged([patched(name, before, after, isTest)]);
      await judged([patched(name, before, after, isTest)], 'test');
      expect(await changesExistingTests([patched(name, after, after, isTest)])).toEqual([]);
      expect(await judged([patched(name, after, after, isTest)])).toEqual([]);
    }),
    { numRuns: 60, seed: 5 },
  );
});

it('a deep file costs no stack, a long one no minutes', async () => {
  const deep = `it('a', () => {${'if (a) {'.repeat(1_000)}${'}'.repeat(1_000)}});\n`;
  await judged([patched('a.test.js', deep, deep.replace('a) {', 'b) {'), true)]);
  const long = Array.from({ length: 400 }, (_, i) => `it('t${i}', () => {\n  expect(f(${i})).toBe(${i});\n});\n`).join(
    '',
  );
  expect(await why([patched('a.test.js', long, long.replace('toBe(399)', 'toBe(0)'), true)])).toHaveLength(1);
});
