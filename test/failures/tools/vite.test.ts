// The ends of Vite builds in the forms of other versions than the fixtures show.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const trace = '    at error (file:///w/node_modules/rollup/dist/es/shared/parseAst.js:337:30)';

describe('vite', () => {
  it.each([
    [
      `x Build failed in 72ms\nerror during build:\nRollupError: Could not resolve "./tax.js" from "src/main.js"\n${trace}`,
      { type: 'RollupError', message: 'Could not resolve "./tax.js" from "src/main.js"', file: 'src/main.js' },
    ],
    [
      `error during build:\nError: no key\n    at plugin (/w/vite/plugin.js:3:9)\n${trace}`,
      { type: 'Error', message: 'no key', file: '/w/vite/plugin.js', line: 3, at: { from: 1, to: 3 } },
    ],
    [
      `error during build:\nError: Transform failed with 1 error:\n/w/src/main.ts:4:54: ERROR: Expected ")" but found ";"\n${trace}`,
      { type: 'Error', message: 'Expected ")" but found ";"' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'vite', ...expected }]);
  });

  it('reads Rolldown alone', () => {
    const text =
      'Error: Build failed with 1 error:\n\n[PARSE_ERROR] Error: Unexpected token\n   ╭─[ src/main.js:2:3 ]\n   │\n 2 │ a b\n───╯\n';
    expect(failuresIn(text)).toMatchObject([
      { tool: 'rolldown', type: 'PARSE_ERROR', message: 'Unexpected token', file: 'src/main.js', line: 2, column: 3 },
    ]);
  });
});
