// Git's last words → failures; a diff or a refusal in passing is none.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { git } from '../../../src/failures/tools/git.ts';
import { jobLog } from '../fixture.ts';

const find = (output: string, exitCode = 1) =>
  git.find(readJobLog(jobLog([{ command: 'git fetch', output, exitCode }])).lines);
const diff = 'diff --git a/a.txt b/a.txt\nindex 1..2 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-1\n+2';

describe('git', () => {
  it('takes a diff for the failure only where nothing follows it', () => {
    expect(find(diff)).toMatchObject([{ type: 'Difference', file: 'a.txt', line: 1 }]);
    expect(find(`${diff}\nlinting\nlint failed`)).toEqual([]);
    expect(find(diff, 2)).toEqual([]);
  });

  it('passes over a refusal long before the end', () => {
    expect(find(`fatal: No names found\n${'building\n'.repeat(60)}`, 128)).toEqual([]);
  });
});
