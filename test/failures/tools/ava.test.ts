// What AVA says of files rather than of tests → failures.
import { describe, expect, it } from '@jest/globals';
import { ava } from '../../../src/failures/tools/ava.ts';

const read = (text: string) =>
  ava.find(text.split('\n').map((line, index) => ({ number: index + 1, text: line, kind: 'output' })));

describe('ava', () => {
  it('reads a file that ended without saying why, and a run that took too long', () => {
    const text = '  ✘ test/a.js exited with a non-zero exit code: 3\n  ✘ Timed out while running tests\n  ─\n';
    expect(read(text)).toMatchObject([
      { test: 'test/a.js', file: 'test/a.js', message: 'test/a.js exited with a non-zero exit code: 3' },
      { message: 'Timed out while running tests' },
    ]);
  });
});
