// Yarn's network errors, and what is only advice or repeats a script's end.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const visit = 'info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.';

describe('yarn', () => {
  it.each([
    [
      `error An unexpected error occurred: "https://registry.yarnpkg.com/x: ETIMEDOUT".\n${visit}`,
      { type: 'ETIMEDOUT', message: 'An unexpected error occurred: "https://registry.yarnpkg.com/x: ETIMEDOUT".' },
    ],
    [
      '➤ YN0000: ┌ Resolution step\n➤ YN0016: │ left-pad@npm:nope: Tag not found\n➤ YN0000: └ Completed\n➤ YN0000: Failed with errors in 1s 2ms',
      { type: 'YN0016', message: 'left-pad@npm:nope: Tag not found' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'yarn', ...expected }]);
  });

  it.each([
    `error Command failed with exit code 1.\n${visit}`,
    'error Couldn\'t find package "x": quoted in the documentation',
    '➤ YN0028: │ said\n➤ YN0000: · Done with warnings in 1s',
    '➤ YN0002: │ a doesn’t provide b\n➤ YN0000: · Failed with errors in 1s',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
