// webpack's error lists in the forms of other versions and plugins than the fixtures show.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('webpack', () => {
  it.each([
    [
      "ERROR in ./src/cart.js\nModule not found: Error: Can't resolve './x' in '/w/src'\n @ ./src/index.js 1:0-20",
      { file: 'src/cart.js', message: "Module not found: Error: Can't resolve './x' in '/w/src'" },
    ],
    [
      'ERROR in /w/src/a.ts(6,7):\nTS2322: Type x.',
      { type: 'TS2322', file: '/w/src/a.ts', line: 6, column: 7, message: 'Type x.' },
    ],
    [
      'ERROR in src/a.ts:6:7\nTS2322: Type x.\n    4 |\n  > 6 | const a = 3;',
      { type: 'TS2322', file: 'src/a.ts', line: 6, column: 7, message: 'Type x.' },
    ],
    [
      "ERROR in main\nModule not found: Error: Can't resolve './src' in '/w'",
      { message: "Module not found: Error: Can't resolve './src' in '/w'" },
    ],
    [
      "[webpack-cli] Error: Cannot find module 'x'\n    at f (/w/webpack.config.js:1:7)",
      { type: 'Error', file: '/w/webpack.config.js' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'webpack', ...expected }]);
  });

  it.each([
    'ERROR in ./src/x.js 3:7\nonly printed\nwebpack 5.103.0 compiled successfully in 3 ms',
    'webpack 5.103.0 compiled with 2 warnings in 3 ms\nERROR in ./src/x.js 3:7\nprinted later',
    'WARNING in ./src/x.js\nModule not found',
    '[webpack-cli] Compilation finished',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
