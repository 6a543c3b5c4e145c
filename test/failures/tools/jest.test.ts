// What Jest printed, saved from real runs → every failed test, its values and its place.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

const byTest = (name: string) => new Map(failuresIn(fixture(name)).map((failure) => [failure.test, failure]));

describe('jest', () => {
  it('names each failed test once, in order, and no logged error', () => {
    expect(failuresIn(fixture('jest')).map((failure) => failure.test)).toEqual([
      'pricing › adds tax',
      'pricing › objects',
      'pricing › throws',
      'pricing › rejects',
      'throws a plain string',
      'with cause',
      'message missing',
      './broken.test.js',
      'hangs',
    ]);
  });

  it('reads what was expected and what came', () => {
    const found = byTest('jest');
    expect(found.get('pricing › adds tax')).toMatchObject({
      tool: 'jest',
      expected: '12',
      actual: 'Infinity',
      file: 'sum.test.js',
      line: 4,
      column: 49,
    });
    expect(found.get('pricing › objects')).toMatchObject({ expected: '3,', actual: '2,' });
    expect(found.get('message missing')).toMatchObject({ expected: '"boom"' });
  });

  it('reads errors with their type, and a cause as the root', () => {
    const found = byTest('jest');
    expect(found.get('pricing › throws')).toMatchObject({
      type: 'TypeError',
      message: "Cannot read properties of null (reading 'x')",
    });
    expect(found.get('pricing › rejects')).toMatchObject({ type: 'RangeError', message: 'out of range' });
    expect(found.get('with cause')).toMatchObject({
      type: 'TypeError',
      message: 'inner\nraised again as outer',
      line: 11,
    });
    expect(found.get('hangs')?.message).toContain('Exceeded timeout of 50 ms');
    expect(found.get('hangs')).toMatchObject({ file: 'slow.test.js', line: 1 });
  });

  it('reads a suite that could not run', () => {
    expect(byTest('jest').get('./broken.test.js')).toMatchObject({
      message: "Cannot find module './missing.js' from 'broken.test.js'",
      file: 'broken.test.js',
    });
  });

  it('reads the verbose and coloured report alike', () => {
    const plain = failuresIn(fixture('jest')).map(({ at: _, ...rest }) => rest);
    const verbose = failuresIn(fixture('jest-verbose-colour')).map(({ at: _, ...rest }) => rest);
    const sorted = (list: typeof plain) => [...list].sort((a, b) => (a.test ?? '').localeCompare(b.test ?? ''));
    expect(sorted(verbose)).toEqual(sorted(plain));
  });
});
