// A whole log → its failures: the failed step's, the tests' own words first, each once, and never nothing after an exit code.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { Failure } from '../../src/incident/failure.ts';
import { failuresIn, fixture, jobLog } from './fixture.ts';

const fixtures = [
  'jest',
  'jest-verbose-colour',
  'node-test-spec',
  'node-test-dot',
  'node-test-tap',
  'pytest-long',
  'pytest-short',
  'pytest-line',
  'pytest-native',
  'pytest-no',
  'pytest-colour',
  'pytest-verbose-continue',
  'unittest',
  'uncaught-java',
  'uncaught-chain.py',
  'uncaught-plain.cjs',
  'tsc',
  'tsc-pretty',
  'gcc',
  'javac',
  'rustc',
  'rust-panic',
];
const where = (failure: Failure) => [
  failure.tool,
  failure.test,
  failure.type,
  failure.message,
  failure.file,
  failure.line,
];

describe('findFailures', () => {
  it.each(fixtures)('finds the same in a runner’s log as in the bare output of %s', (name) => {
    const bare = failuresIn(fixture(name));
    expect(bare.length).toBeGreaterThan(0);
    const logged = failuresIn(
      jobLog([
        { command: 'npm ci', output: 'ok' },
        { command: 'run', output: fixture(name), exitCode: 1 },
      ]),
    );
    expect(logged.map(where)).toEqual(bare.map(where));
    for (const failure of logged) expect(Failure.parse(failure)).toEqual(failure);
  });

  it('points each failure at the lines that print it', () => {
    const text = jobLog([{ command: 'run', output: fixture('unittest'), exitCode: 1 }]);
    const lines = text.split('\n');
    for (const { at, message } of failuresIn(text)) {
      const shown = lines.slice(at.from - 1, at.to).join('\n');
      expect(shown).toMatch(/(?:FAIL|ERROR): test|ERROR: setUpClass/);
      for (const said of message.split('\nraised again as ')) expect(shown).toContain(said);
    }
  });

  it('looks into the failed step, not at what others printed', () => {
    const text = jobLog([
      { command: 'python -m unittest || true', output: fixture('unittest') },
      { command: 'npm test', output: fixture('jest'), exitCode: 1 },
    ]);
    expect(new Set(failuresIn(text).map((failure) => failure.tool))).toEqual(new Set(['jest']));
  });

  it('looks everywhere when the failed step only repeats an exit code', () => {
    const text = jobLog([
      { command: 'npm test || echo failed=1', output: fixture('jest') },
      { command: 'exit 1', output: '', exitCode: 1 },
    ]);
    expect(failuresIn(text)[0]).toMatchObject({ tool: 'jest', test: 'pricing › adds tax' });
  });

  it.each([
    [
      'curl: (6) Could not resolve host: example.com',
      'npm error code 1',
      'curl: (6) Could not resolve host: example.com (exit code 6)',
    ],
    ['building\nFATAL: role "root" does not exist\ndone', '', 'FATAL: role "root" does not exist (exit code 6)'],
    ['just words', '', 'just words (exit code 6)'],
    ['', '', 'exit code 6'],
  ])('names the exit code and the line above it: %j', (output, after, message) => {
    const failures = failuresIn(jobLog([{ command: './run.sh', output: `${output}\n${after}`, exitCode: 6 }]));
    expect(failures).toMatchObject([{ tool: 'shell', message }]);
  });

  it('finds nothing where nothing failed', () => {
    expect(
      failuresIn(
        jobLog([{ command: 'npm test', output: 'PASS a.test.js\n0 errors, no failures\n✔ fails well (1ms)' }]),
      ),
    ).toEqual([]);
    expect(failuresIn('All 12 tests passed.\nListening at http://localhost:3000\n')).toEqual([]);
    expect(failuresIn('')).toEqual([]);
  });

  it('names each failure once, and not without end', () => {
    const output = fixture('unittest');
    expect(failuresIn(`${output}\n${output}`)).toHaveLength(failuresIn(output).length);
    const many = Array.from({ length: 500 }, (_, index) => `src/a.ts(${index + 1},1): error TS1: x`).join('\n');
    expect(failuresIn(many)).toHaveLength(100);
  });

  it('survives any lines, and says only what fits the schema', () => {
    const pieces = fixtures.flatMap((name) => fixture(name).split('\n'));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 60 }),
        (lines) => {
          for (const text of [lines.join('\n'), jobLog([{ command: 'run', output: lines.join('\n'), exitCode: 1 }])]) {
            const log = readJobLog(text);
            for (const failure of findFailures(log)) {
              expect(Failure.parse(failure)).toEqual(failure);
              expect(failure.at.from).toBeLessThanOrEqual(failure.at.to);
              expect(failure.at.to).toBeLessThanOrEqual(log.lines.length);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes no more than linear time on output made to slow it down', () => {
    const units = [
      '  ● a\n',
      '    at f (/a/b.js:1:2)\n',
      'Traceback (most recent call last):\n',
      '  File "a.py", line 1\n',
      'not ok 1 - a\n  ---\n',
      'panic: x\n',
      'npm error code E404\n',
      '[ERROR] a.b.C.d  x <<< ERROR!\n',
      '--- FAIL: A (0.0s)\n',
      'A > b FAILED\n',
      `${'at a:1a:1 '.repeat(90)}\n`,
      `${'a.'.repeat(400)}\n`,
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(400_000 / unit.length));
      expect(failuresIn(text).length).toBeLessThanOrEqual(100);
    }
  });
});
