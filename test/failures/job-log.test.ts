// GitHub's job logs: what the runner said, and nothing that a program's output pretends.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { jobLog } from './fixture.ts';

const log = jobLog([
  { command: 'npm ci', output: 'added 12 packages' },
  { command: 'npm test\nnpm run lint', output: 'Error: it broke\nnpm error code 1', exitCode: 2 },
]);

describe('readJobLog', () => {
  it('names the failed step, its command and its exit code', () => {
    const read = readJobLog(log);
    expect(read).toMatchObject({ stepName: 'Run npm test', failingCommand: 'npm test\nnpm run lint', exitCode: 2 });
    expect(read.steps.map((step) => step.name)).toEqual(['Run actions/checkout@v5', 'Run npm ci', 'Run npm test']);
    expect(read.failedStep).toMatchObject({ shell: '/usr/bin/bash -e {0}', env: { CI: 'true' } });
    expect(read.errors.map((error) => error.text)).toEqual(['Process completed with exit code 2.']);
  });

  it('numbers lines as the text has them, without timestamps, colours and marks', () => {
    const { lines } = readJobLog(log);
    expect(lines).toHaveLength(log.trimEnd().split('\n').length);
    expect(lines.map((line) => line.number)).toEqual(lines.map((_, index) => index + 1));
    expect(lines[0]).toEqual({ number: 1, text: 'Operating System', kind: 'group' });
    const script = lines.findLast((line) => line.text === 'npm run lint');
    expect(script?.kind).toBe('header');
    expect(lines.find((line) => line.text === 'Error: it broke')?.kind).toBe('output');
  });

  it('ends the failed step before the steps that always run', () => {
    const read = readJobLog(
      jobLog([
        { command: 'npm test', output: 'x', exitCode: 1 },
        { command: 'echo done', output: 'done' },
      ]),
    );
    expect(read.stepName).toBe('Run npm test');
    const shown = read.lines.filter(
      ({ number }) => number >= (read.failedStep?.from ?? 0) && number <= (read.failedStep?.to ?? 0),
    );
    expect(shown.map((line) => line.text)).not.toContain('done');
  });

  it('takes the error of an action, which has no script', () => {
    const stamp = '2026-03-01T12:00:00.1Z ';
    const read = readJobLog(
      [
        `${stamp}##[group]Run gradle/gradle-build-action@v2`,
        `${stamp}with:`,
        `${stamp}  arguments: -Da=b`,
        'second: line',
        `${stamp}##[endgroup]`,
        `${stamp}##[error]Gradle build failed`,
      ].join('\n'),
    );
    expect(read.failingCommand).toBe('gradle/gradle-build-action@v2');
    expect(read.exitCode).toBeUndefined();
  });

  describe('errors that programs annotate lines with', () => {
    const stamp = '2026-03-01T12:00:00.1Z ';
    const script = (name: string, ...output: string[]) => [
      `##[group]Run ${name}`,
      `\x1b[36;1m${name}\x1b[0m`,
      'shell: /usr/bin/bash -e {0}',
      '##[endgroup]',
      ...output,
    ];
    const action = (name: string, ...output: string[]) => [
      `##[group]Run ${name}`,
      'with:',
      '  a: b',
      '##[endgroup]',
      ...output,
    ];
    const endOf = (...steps: string[][]) => {
      const lines = [...steps.flat(), 'Post job cleanup.', 'a', 'b', 'c', 'd', 'Cleaning up orphan processes'];
      const { endedBy, stepName } = readJobLog(lines.map((line) => `${stamp}${line}\n`).join(''));
      return [endedBy?.text, stepName];
    };
    const many = ['1', '2', '3', '4', '5'];

    it('end no script', () => {
      expect(endOf(script('tsc || true', '##[error]src/a.ts(1,2): error TS1005: x'))).toEqual([undefined, undefined]);
      const flaky = script('npm test', '##[error]1) it failed\n    with exit code 3\n    at a.ts:1:2', '1 flaky');
      expect(endOf(flaky, script('echo done', 'done'))).toEqual([undefined, undefined]);
    });

    it('end no action that goes on, unless nothing else ran', () => {
      const annotated = action('lint/action@v1', '##[error]a.ts:1: too long', ...many);
      expect(endOf(annotated, script('npm test', 'ok'))).toEqual([undefined, undefined]);
      expect(endOf(annotated)).toEqual(['a.ts:1: too long', 'Run lint/action@v1']);
    });

    it('are told from the error with which an action ends', () => {
      const failed = action('actions/checkout@v5', ...many, '##[error]Input required and not supplied: token');
      const end = ['Input required and not supplied: token', 'Run actions/checkout@v5'];
      expect(endOf(failed)).toEqual(end);
      expect(endOf(failed, script('echo always', '##[error]an annotation', ...many))).toEqual(end);
      const several = action('a/b@v1', '##[error]a.ts:1: too long\nand more\nof it\nand\nmore', '##[error]2 findings');
      expect(endOf(several, script('echo always', 'x'))).toEqual(['2 findings', 'Run a/b@v1']);
    });

    it('are told from the exit code of a script and from what the runner says', () => {
      const noisy = script('npm test', '##[error]flaky', ...many);
      const exit = 'Process completed with exit code 1.';
      expect(endOf(noisy, script('npm run lint', 'x', `##[error]${exit}`))).toEqual([exit, 'Run npm run lint']);
      const cancelled = script('sleep 9', '##[error]The operation was canceled.');
      expect(endOf(noisy, cancelled)).toEqual(['The operation was canceled.', 'Run sleep 9']);
    });
  });

  it('believes no line that lacks the runner’s timestamp', () => {
    const text = 'hello\n##[group]Run rm -rf /\n##[error]Process completed with exit code 9.\n';
    expect(readJobLog(text)).toMatchObject({ steps: [], errors: [] });
    expect(readJobLog(text).exitCode).toBeUndefined();
    const inside = log.replace('added 12 packages', 'added\n##[error]Process completed with exit code 9.');
    expect(readJobLog(inside).exitCode).toBe(2);
  });

  it.each([
    ['Windows line ends', 'a\r\nb\r\n', ['a', 'b']],
    ['progress bars', '10%\r50%\r100%\ndone', ['100%', 'done']],
    ['NUL and other control characters', 'a\u0000b\u0007c', ['abc']],
    ['a byte order mark', '\ufeffhello', ['hello']],
    ['terminal links', '\x1b]8;;http://x\x07here\x1b]8;;\x07 \x1b[31mred\x1b[0m', ['here red']],
    ['columns of the command line tool', 'build\tRun npm test\t2026-03-01T12:00:00.1Z ##[error]x', ['x']],
    ['a line that was cut off', '2026-03-01T12:00:00.1Z ##[err', ['##[err']],
    ['nothing', '', []],
  ])('reads %s', (_, text, expected) => {
    expect(readJobLog(text).lines.map((line) => line.text)).toEqual(expected);
  });

  it('survives any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '2026-03-01T12:00:00.1234567Z ',
        '##[group]Run x',
        '##[endgroup]',
        '##[error]',
        '\n',
        '\r\n',
        '\x1b[36;1m',
        'env:',
        '  A: b',
        'exit code 3',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const read = readJobLog(text);
        const newlines = text.split('\n').length;
        expect(read.lines.length).toBe(text.endsWith('\n') || text === '' ? newlines - 1 : newlines);
        for (const step of read.steps) expect(step.to).toBeGreaterThanOrEqual(step.from);
      }),
    );
  });

  it('cuts a line of any length', () => {
    const read = readJobLog(`${'x'.repeat(5_000_000)}\nnext`);
    expect(read.lines.map((line) => line.text.length)).toEqual([8_000, 4]);
  });
});
