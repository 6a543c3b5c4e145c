// What node:test prints, saved and live → every failed test, whichever reporter printed it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failuresIn, fixture, jobLog } from '../fixture.ts';

const names = ['divides', 'accepts zero', 'compares objects', 'async', 'custom message', 'multi\nline # name'];
const root = '/home/runner/work/shop/shop';

describe('node:test', () => {
  it.each(['node-test-spec', 'node-test-dot', 'node-test-tap'])(
    'names the failed tests of %s, not their suites, nor what is to do',
    (name) => {
      const found = failuresIn(fixture(name));
      expect(found.map((failure) => failure.test)).toEqual(['load.test.mjs', ...names]);
      expect(new Set(found.map((failure) => failure.tool))).toEqual(new Set(['node:test']));
    },
  );

  it.each(['node-test-spec', 'node-test-dot', 'node-test-tap'])('reads errors, values and places of %s', (name) => {
    const found = new Map(failuresIn(fixture(name)).map((failure) => [failure.test, failure]));
    expect(found.get('divides')).toMatchObject({
      type: 'AssertionError',
      expected: '6',
      actual: '5',
      file: `${root}/price.test.mjs`,
      line: 5,
    });
    expect(found.get('divides')?.message).toContain('5 !== 6');
    expect(found.get('accepts zero')).toMatchObject({
      type: 'RangeError',
      message: 'discount must not be 0',
      file: `${root}/price.mjs`,
      line: 2,
    });
    expect(found.get('accepts zero')?.frames.map((frame) => frame.line)).toEqual([2, 6]);
    expect(found.get('custom message')).toMatchObject({ message: 'must be true', expected: 'true', actual: 'false' });
  });

  it('names the root of an error with a cause', () => {
    const found = failuresIn(fixture('node-test-spec')).at(-1);
    expect(found).toMatchObject({ type: 'Error', message: 'root\nraised again as Error: outer', line: 12, column: 70 });
  });

  it.each(['node-test-spec', 'node-test-tap'])('explains a file that crashed by what it printed before: %s', (name) => {
    const [crash] = failuresIn(fixture(name));
    expect(crash?.message).toContain(`Cannot find module '${root}/missing.mjs'`);
    expect(crash?.file).toMatch(/load\.test\.mjs$/);
  });
});

/** What a file printed, then its result; both are listed again below. */
const crashOf = (source: string) =>
  `file://${root}/src/${source}:1\nimport { gone } from './money.js';\n         ^^^^\nSyntaxError: The requested module './money.js' does not provide an export named '${source}'\n    at #asyncInstantiate (node:internal/modules/esm/module_job:455:21)\n\nNode.js v24.11.0\n`;
const resultOf = (file: string) => `✖ ${file} (51.7ms)\n`;
const listed = (...files: string[]) =>
  `\n✖ failing tests:\n${files.map((file) => `\ntest at ${file}:1:1\n${resultOf(file)}  'test failed'\n`).join('')}`;
const namesAndPlaces = (text: string) => failuresIn(text).map(({ test, message, file }) => [test, message, file]);

describe('a crash that does not name the test file', () => {
  it('explains the file whose result stands right below it, with the lines where it was printed', () => {
    const text = `${crashOf('a.js')}${resultOf('test/a.test.js')}✔ passes (0.1ms)\n${listed('test/a.test.js')}`;
    expect(failuresIn(jobLog([{ command: 'npm test', output: text, exitCode: 1 }]))).toMatchObject([
      { test: 'test/a.test.js', type: 'SyntaxError', file: `${root}/src/a.js`, line: 1, at: { from: 18, to: 22 } },
    ]);
  });

  it('explains no file between which and it another result or anything else was printed', () => {
    const other = `${crashOf('a.js')}${resultOf('test/a.test.js')}${resultOf('test/b.test.js')}`;
    const said = `${crashOf('c.js')}gone on\n${resultOf('test/c.test.js')}`;
    const text = `${other}${said}${listed('test/a.test.js', 'test/b.test.js', 'test/c.test.js')}`;
    expect(namesAndPlaces(text)).toEqual([
      ['test/a.test.js', expect.stringContaining("'a.js'"), `${root}/src/a.js`],
      ['test/b.test.js', 'test failed', 'test/b.test.js'],
      ['test/c.test.js', 'test failed', 'test/c.test.js'],
    ]);
  });

  it('is nowhere when the only file that failed said nothing', () => {
    const output = resultOf('test/exit.test.js') + listed('test/exit.test.js');
    const [found, ...more] = failuresIn(jobLog([{ command: 'npm test', output, exitCode: 1 }]));
    expect([found?.test, found?.message, more]).toEqual(['test/exit.test.js', 'test failed', []]);
  });

  it('is not that of a file whose name ends alike, or that lies in another folder', () => {
    const named = `file://${root}/test/data.test.js:2\nthrow new RangeError('no data');\n      ^\n\nRangeError: no data\n    at file://${root}/test/data.test.js:2:7\n\nNode.js v24.11.0\n`;
    const files = ['test/data.test.js', 'test/a.test.js'];
    const text = `${named}${files.map(resultOf).join('')}${listed(...files)}`;
    expect(namesAndPlaces(text).map(([test, message]) => [test, message])).toEqual([
      ['test/data.test.js', 'no data'],
      ['test/a.test.js', 'test failed'],
    ]);
    const twins = ['test/a/index.test.js', 'test/b/index.test.js'];
    const both = twins.map(
      (file) => named.replaceAll('test/data.test.js', file).replaceAll('no data', file) + resultOf(file),
    );
    expect(namesAndPlaces(both.join('') + listed(...twins)).map(([test, message]) => [test, message])).toEqual(
      twins.map((file) => [file, file]),
    );
    const second = `${both[0]}${resultOf('test/b/index.test.js')}${listed(...twins)}`;
    expect(namesAndPlaces(second).map(([, message]) => message)).toEqual(['test/a/index.test.js', 'test failed']);
  });

  it('is found of any number of files, in any order, among those that passed or ended without a word', () => {
    const ended = fc.constantFrom('crashed' as const, 'passed' as const, 'silent' as const);
    const property = fc.property(fc.array(ended, { minLength: 1, maxLength: 12 }), fc.boolean(), (ends, isWindows) => {
      const files = ends.map((end, index) => ({
        end,
        file: `test${isWindows ? '\\' : '/'}${index}.test.js`,
        source: `${index}.js`,
      }));
      const printed = files.map(({ end, file, source }) =>
        end === 'passed'
          ? `✔ ${file} passes (0.1ms)\n`
          : `${end === 'crashed' ? crashOf(source) : ''}${resultOf(file)}`,
      );
      const failed = files.filter(({ end }) => end !== 'passed');
      const found = failuresIn(printed.join('') + (failed.length > 0 ? listed(...failed.map(({ file }) => file)) : ''));
      const told = new Map(found.map(({ test, message }) => [test, message]));
      expect(told.size).toBe(failed.length);
      for (const { end, file, source } of failed)
        expect(told.get(file)).toEqual(end === 'crashed' ? expect.stringContaining(`'${source}'`) : 'test failed');
    });
    fc.assert(property, { seed: 4, numRuns: 60 });
  });
});

describe('node:test, run now', () => {
  let folder = '';
  const run = (reporter: string, file: string): string => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, FORCE_COLOR: '1' },
    });
    expect(status).toBe(1);
    return stdout;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'node-test-'));
    const source =
      "import { test } from 'node:test';\nimport assert from 'node:assert';\ntest('adds', () => assert.strictEqual(1 + 1, 3));\n";
    writeFileSync(join(folder, 'sum.test.mjs'), source);
    writeFileSync(join(folder, 'money.mjs'), 'export const formatCents = String;\n');
    writeFileSync(join(folder, 'report.mjs'), "import { formatMoney } from './money.mjs';\nformatMoney(1);\n");
    writeFileSync(join(folder, 'report.test.mjs'), "import './report.mjs';\n");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['spec', 'tap', 'dot'])('is read as %s', (reporter) => {
    expect(failuresIn(run(reporter, 'sum.test.mjs'))).toMatchObject([
      { tool: 'node:test', test: 'adds', expected: '3', actual: '2', line: 3 },
    ]);
  });

  it.each(['spec', 'tap'])('tells why a file could not be loaded, as %s', (reporter) => {
    expect(failuresIn(run(reporter, 'report.test.mjs'))).toMatchObject([
      {
        tool: 'node:test',
        test: expect.stringMatching(/report\.test\.mjs$/),
        type: 'SyntaxError',
        message: "The requested module './money.mjs' does not provide an export named 'formatMoney'",
        file: join(folder, 'report.mjs'),
        line: 1,
      },
    ]);
  });
});
