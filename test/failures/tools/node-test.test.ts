// What node:test prints, saved and live → every failed test, whichever reporter printed it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

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

describe('node:test, run now', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'node-test-'));
    const source =
      "import { test } from 'node:test';\nimport assert from 'node:assert';\ntest('adds', () => assert.strictEqual(1 + 1, 3));\n";
    writeFileSync(join(folder, 'sum.test.mjs'), source);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['spec', 'tap', 'dot'])('is read as %s', (reporter) => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, FORCE_COLOR: '1' },
    });
    expect(run.status).toBe(1);
    expect(failuresIn(run.stdout)).toMatchObject([
      { tool: 'node:test', test: 'adds', expected: '3', actual: '2', line: 3 },
    ]);
  });
});
