// Gradle's last words where no fixture shows them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('gradle', () => {
  it('gives each of several failures with its cause first', () => {
    const text = `FAILURE: Build completed with 2 failures.

1: Task failed with an exception.
-----------
* What went wrong:
Execution failed for task ':a'.
> Process 'command 'npm'' finished with non-zero exit value 1

* Try:
> Run with --scan
==============================================================================

2: Task failed with an exception.
-----------
* Where:
Script '/w/gradle/b.gradle' line: 7

* What went wrong:
Execution failed for task ':b'.
> no stock

BUILD FAILED in 3s`;
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'gradle',
        message: "Process 'command 'npm'' finished with non-zero exit value 1\nExecution failed for task ':a'.",
        at: { from: 5, to: 7 },
      },
      {
        tool: 'gradle',
        message: "no stock\nExecution failed for task ':b'.",
        file: '/w/gradle/b.gradle',
        line: 7,
        at: { from: 15, to: 20 },
      },
    ]);
  });
});
