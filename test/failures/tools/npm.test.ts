// npm's last words in older forms, and its retries.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('npm', () => {
  it.each([
    [
      'npm error code E404\nnpm error 404 Not Found - GET /left-pat\nnpm error A complete log',
      { type: 'E404', message: 'Not Found - GET /left-pat' },
    ],
    [
      'npm ERR! code ECONNRESET\nnpm ERR! errno ECONNRESET\nnpm ERR! network request to https://x/y failed, reason: socket hang up\nnpm ERR! network This is a problem related to network connectivity.',
      { type: 'ECONNRESET', message: 'request to https://x/y failed, reason: socket hang up', at: { from: 1, to: 3 } },
    ],
    [
      'npm ERR! missing script: tset\nnpm ERR! \nnpm ERR! A complete log of this run',
      { message: 'missing script: tset' },
    ],
    ['npm error Exit handler never called!', { message: 'Exit handler never called!' }],
    [
      'npm ERR! code 1\nnpm ERR! path /w/node_modules/sass\nnpm ERR! command failed\nnpm ERR! command sh -c node-gyp\nnpm ERR! gyp info ok\nnpm ERR! gyp ERR! stack Error: not found: make\nnpm ERR! gyp ERR! stack     at x (y.js:1:2)',
      { message: expect.stringMatching(/^not found: make\ncommand sh -c node-gyp \(in \/w\/node_modules\/sass\)/) },
    ],
  ])('are read: %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'npm', ...expected }]);
  });

  it.each([
    'npm error code ELIFECYCLE\nnpm error errno 1',
    'npm ERR! Test failed.  See above for more details.',
    'npm error Lifecycle script `test` failed with error:\nnpm error code 3\nnpm error path /w/packages/a',
    'npm ERR! code 1\nnpm ERR! path /w\nnpm ERR! command failed\nnpm ERR! command sh -c exit 1',
    'npm warn deprecated request@2.88.2: no longer supported\nnpm notice New version',
    'npm error code ECONNRESET\nnpm error network read ECONNRESET\nretrying\nadded 12 packages in 3s',
    '  npm error code E404 is explained',
  ])('say nothing of their own: %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
