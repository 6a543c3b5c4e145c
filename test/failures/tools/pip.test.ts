// What pip says in its many forms → its failures, and none where it found another way.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { pip } from '../../../src/failures/tools/pip.ts';

const found = (...lines: string[]) => pip.find(readJobLog(lines.join('\n')).lines);

describe('pip', () => {
  it.each([
    "ERROR: Package 'shop' requires a different Python: 3.8.10 not in '>=3.9'",
    'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
    "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
    'ERROR: file:///shop does not appear to be a Python project: neither ‘setup.py’ nor ‘pyproject.toml’ found.',
  ])('says: %s', (line) => {
    expect(found(line)).toMatchObject([{ tool: 'pip', message: line.slice('ERROR: '.length) }]);
  });

  it('names the line of the requirements file', () => {
    expect(found("ERROR: Invalid requirement: 'tea==' (from line 3 of requirements.txt)")).toMatchObject([
      { file: 'requirements.txt', line: 3 },
    ]);
  });

  it('reads the form of older versions', () => {
    const box = [
      '    ERROR: Command errored out with exit status 1:',
      '     command: /usr/bin/python3 -c setup.py egg_info',
      '    Complete output (2 lines):',
      '    Traceback (most recent call last):',
      '      File "setup.py", line 4, in <module>',
      '    RuntimeError: no compiler',
      `    ${'-'.repeat(40)}`,
    ];
    expect(found(...box, 'ERROR: Command errored out with exit status 1: python setup.py egg_info')).toMatchObject([
      { type: 'RuntimeError', message: 'no compiler', file: 'setup.py', line: 4, at: { from: 1, to: 6 } },
    ]);
    expect(found(...box, 'ERROR: Failed building wheel for tea', 'Successfully installed tea-1.0')).toEqual([]);
  });

  it('makes nothing of its warnings', () => {
    expect(
      found(
        "ERROR: pip's dependency resolver does not currently take into account all the packages",
        'ERROR: tests failed',
      ),
    ).toEqual([]);
  });
});
