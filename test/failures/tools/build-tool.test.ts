// The last words of Gradle, Maven and npm where nothing else says what broke.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('build tools', () => {
  it.each([
    [
      "FAILURE: Build failed with an exception.\n\n* What went wrong:\nExecution failed for task ':check'.\n> Format violations\n\n* Try:\n> Run with --scan\n",
      { tool: 'gradle', message: "Execution failed for task ':check'.\n> Format violations" },
    ],
    [
      '[ERROR] Failed to execute goal compile on project shop: invalid target release: 25 -> [Help 1]\n[ERROR] \n[ERROR] Re-run Maven',
      { tool: 'maven', message: 'Failed to execute goal compile on project shop: invalid target release: 25' },
    ],
    [
      'npm error code E404\nnpm error 404 Not Found - GET /left-pat\nnpm error A complete log',
      { tool: 'npm', type: 'E404', message: 'Not Found - GET /left-pat\ncomplete log' },
    ],
  ])('are read: %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([expected]);
  });

  it('say nothing of their own where a script failed', () => {
    expect(failuresIn('npm error code ELIFECYCLE\nnpm error errno 1')).toEqual([]);
  });
});
