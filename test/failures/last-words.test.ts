// A failed step of a tool that nobody knows → the lines that a person would point to, and the cause among them.
import { describe, expect, it } from '@jest/globals';
import { readGreenLog } from '../../src/failures/green-log.ts';
import { lastWords } from '../../src/failures/last-words.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { jobLog } from './fixture.ts';

/** What the step's output is said to have ended for, and the lines of it that are shown. */
function endOf(output: string, { exitCode = 1, passed }: { exitCode?: number; passed?: string } = {}) {
  const log = readJobLog(jobLog([{ command: './build.sh', output, exitCode }]));
  const { from = 0, to = 0 } = log.failedStep ?? {};
  const step = log.lines.filter(({ number, kind }) => number >= from && number <= to && kind !== 'header');
  const green = passed === undefined ? undefined : readGreenLog(jobLog([{ command: './build.sh', output: passed }]));
  const end = lastWords(log, step, green);
  const shown = log.lines.filter(({ number }) => end && number >= end.at.from && number <= end.at.to);
  return { ...end, shown: shown.map(({ text }) => text) };
}

describe('the last words of an unknown tool', () => {
  it('are its last complaint, with the exit code', () => {
    const end = endOf('Loading rules\nChecking 12 files\nconf/shop.toml: the key `price` must be a number\n', {
      exitCode: 3,
    });
    expect(end).toMatchObject({
      tool: 'shell',
      message: 'conf/shop.toml: the key `price` must be a number (exit code 3)',
      shown: ['conf/shop.toml: the key `price` must be a number'],
    });
  });

  it('name the cause above what follows from it', () => {
    const output = [
      'Packing the archive',
      'fatal: the index of /srv/shop is locked by another user',
      'To unlock it, call:',
      '',
      '\tshopctl index --unlock /srv/shop',
      'pack: cannot read the list of files',
      'pack: exiting with failure status due to previous errors',
      'Something went wrong in executing: shopctl list | pack',
    ];
    expect(endOf(output.join('\n'))).toMatchObject({
      message: 'fatal: the index of /srv/shop is locked by another user (exit code 1)',
      shown: output.slice(1),
    });
  });

  it('name the place that they give', () => {
    expect(endOf('frobnicating\nsrc/price.frob:12:7: unexpected `}`')).toMatchObject({
      file: 'src/price.frob',
      line: 12,
      column: 7,
    });
  });

  it.each([
    [
      'npm',
      'npm error code ELIFECYCLE\nnpm error errno 2\nnpm error shop@1.0.0 build: `frob`\nnpm error Exit status 2',
    ],
    ['npm 6', 'npm ERR! code ELIFECYCLE\nnpm ERR! shop@1.0.0 build: `frob`'],
    ['Yarn', 'error Command failed with exit code 2.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for more.'],
    ['pnpm', ' ELIFECYCLE  Command failed with exit code 2.'],
    ['make', 'make[1]: *** [Makefile:7: build] Error 2\nmake: *** [Makefile:3: all] Error 2'],
    ['Travis', 'The command "frob" exited with 2.'],
  ])('stand above those that %s repeats', (_, wrapper) => {
    const end = endOf(`frob: the rule "price" does not exist\n${wrapper}`, { exitCode: 2 });
    expect(end).toMatchObject({ message: 'frob: the rule "price" does not exist (exit code 2)' });
    expect(end.shown).toEqual(['frob: the rule "price" does not exist']);
  });

  it('are the traced command where `set -e` ends a script without a word', () => {
    expect(endOf('+ ./prepare\nprepared 3 parts\n+ test -s out/parts.csv').message).toBe(
      '+ test -s out/parts.csv (exit code 1)',
    );
  });

  it('are the exit code alone where nothing was printed', () => {
    expect(endOf('', { exitCode: 4 }).message).toBe('exit code 4');
  });

  it('are not a count of nothing, a warning, or a name with the word in it', () => {
    const output =
      'cannot find the price list\n0 errors in 12 files\nwarning: error-prone is old\nerror_log.txt written';
    expect(endOf(output).message).toBe('cannot find the price list (exit code 1)');
  });

  it('know the codes of system calls', () => {
    expect(endOf('writing out/price.csv\nout/price.csv: EROFS\n').message).toBe('out/price.csv: EROFS (exit code 1)');
    expect(endOf('copy: EROFS\nfinished').shown).toEqual(['copy: EROFS', 'finished']);
  });

  it('reach over a few quiet lines, but not over the whole log', () => {
    const quiet = Array.from({ length: 40 }, (_, index) => `compiled part ${index}`);
    const output = ['part zero failed, going on', ...quiet, 'error: two parts differ', '  left: 1', '  right: 2'];
    expect(endOf(output.join('\n')).shown).toEqual(['error: two parts differ', '  left: 1', '  right: 2']);
  });
});

describe('the last words beside the log of a passed run', () => {
  const usual = [
    'cannot open /etc/frob.conf, using defaults',
    'retry 1 failed',
    'Checking 12 files',
    'error budget: 3',
    'ok',
  ];

  it('are what that one does not have, however often it complains', () => {
    const red = [...usual.slice(0, 2), 'Checking 13 files', 'the price list has a hole at row 7', ...usual.slice(3, 4)];
    expect(endOf(red.join('\n'), { passed: usual.join('\n') })).toMatchObject({
      message: 'the price list has a hole at row 7 (exit code 1)',
      shown: ['the price list has a hole at row 7'],
    });
  });

  it('need no word of failure', () => {
    const red = [...usual.slice(0, 3), 'row 7: 12 | 13'];
    expect(endOf(red.join('\n'), { passed: usual.join('\n') }).message).toBe('row 7: 12 | 13 (exit code 1)');
  });

  it('are the exit code where it printed the same', () => {
    expect(endOf(usual.join('\n'), { passed: usual.join('\n') }).message).toBe('exit code 1');
  });

  it('are what they are without it where that one is next to empty', () => {
    expect(endOf('frob: no such rule', { passed: '' }).message).toBe('frob: no such rule (exit code 1)');
  });
});

it('a step that the runner ended is ended in the runner’s words', () => {
  const text = jobLog([
    { command: './build.sh', output: 'Checking 12 files\n##[error]The rule set is gone.', exitCode: 1 },
  ]);
  const log = readJobLog(text);
  expect(lastWords(log, log.lines)?.message).toBe('The rule set is gone. (exit code 1)');
});
