// The last words of shells → their failures; the same words in passing, or of another tool, are none.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { shell } from '../../../src/failures/tools/shell.ts';
import { jobLog } from '../fixture.ts';

const find = (output: string, exitCode = 1) =>
  shell.find(
    readJobLog(jobLog([{ command: './build.sh', output, exitCode }])).lines.filter(({ kind }) => kind !== 'header'),
  );
const quiet = (lines: number): string => 'cleaning up\n'.repeat(lines);

describe('shell', () => {
  it.each([
    ['build.sh: line 3: STAGE: must be set', 'STAGE: must be set'],
    ['build.sh: line 9: syntax error: unexpected end of file', 'syntax error: unexpected end of file'],
    ['build.sh: line 1: $OUT: ambiguous redirect', '$OUT: ambiguous redirect'],
    ['sh: 1: jest: not found', 'jest: not found'],
    ['/usr/bin/env: ‘ruby9’: No such file or directory', '‘ruby9’: No such file or directory'],
    ["'make' is not recognized as an internal or external command,", 'is not recognized'],
  ])('%s', (line, message) => {
    expect(find(`start\n${line}`)).toMatchObject([{ tool: 'shell', message: expect.stringContaining(message) }]);
  });

  it.each([
    'src/app.py: line 3: x: not found',
    'config.yml: line 4: a: Not a directory',
    'ok: nothing: not found here',
  ])('leaves to others: %s', (line) => expect(find(line)).toEqual([]));

  it('believes words far above only where the exit code repeats them', () => {
    const output = `build.sh: line 3: shopctl: command not found\n${quiet(50)}`;
    expect(find(output, 127)).toMatchObject([{ type: 'CommandNotFound', file: 'build.sh', line: 3 }]);
    expect(find(output, 1)).toEqual([]);
    expect(find(`build.sh: line 3: A: unbound variable\n${quiet(50)}`, 127)).toEqual([]);
  });
});
