// Findings in the form that ruff and flake8 share → each to the tool that printed it.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { flake8 } from '../../../src/failures/tools/flake8.ts';
import { ruff } from '../../../src/failures/tools/ruff.ts';

const typesOf = (text: string) => {
  const { lines } = readJobLog(text);
  return { ruff: ruff.find(lines).map(({ type }) => type), flake8: flake8.find(lines).map(({ type }) => type) };
};

describe('ruff and flake8', () => {
  it('are told apart by the count that ruff prints below its own', () => {
    const text =
      'a.py:1:1: E302 expected 2 blank lines, found 0\na.py:2:1: F401 [*] `os` imported but unused\nFound 1 error.';
    expect(typesOf(text)).toEqual({ ruff: ['F401'], flake8: ['E302'] });
  });

  it('count only what ruff could not mend', () => {
    const text =
      'a.py:1:1: D100 Missing docstring\na.py:2:1: F821 Undefined name `x`\nFound 9 errors (8 fixed, 1 remaining).';
    expect(typesOf(text)).toEqual({ ruff: ['F821'], flake8: ['D100'] });
  });

  it('are told apart by their quotes where the runner shows them as annotations', () => {
    const stamp = '2026-03-01T12:00:00.1234567Z ##[error]';
    const text = `${stamp}a.py:2:1: F401 \`os\` imported but unused\n${stamp}a.py:3:1: F401 'os' imported but unused`;
    expect(typesOf(text)).toEqual({ ruff: ['F401'], flake8: ['F401'] });
    expect(ruff.find(readJobLog(text).lines)).toMatchObject([{ at: { from: 1, to: 1 } }]);
  });
});
