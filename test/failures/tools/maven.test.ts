// Maven's last words where no fixture shows them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('maven', () => {
  it.each([
    [
      '[ERROR] Failed to execute goal compile on project shop: invalid target release: 25 -> [Help 1]\n[ERROR] \n[ERROR] Re-run Maven',
      { message: 'invalid target release: 25\nFailed to execute goal compile on project shop' },
    ],
    [
      "[ERROR] No plugin found for prefix 'jooq' in the current project -> [Help 1]",
      { message: "No plugin found for prefix 'jooq' in the current project" },
    ],
    [
      '[ERROR] [ERROR] Some problems were encountered while processing the POMs:\n[FATAL] Non-parseable POM /w/pom.xml: end tag expected @12:4\n @ \n[ERROR] The build could not read 1 project -> [Help 1]\n[ERROR]   \n[ERROR]   The project  (/w/pom.xml) has 1 error\n[ERROR]     Non-parseable POM /w/pom.xml: end tag expected @12:4\n[ERROR] \n',
      { file: '/w/pom.xml', line: 12, column: 4, at: { from: 4, to: 7 } },
    ],
  ])('are read: %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'maven', ...expected }]);
  });
});
