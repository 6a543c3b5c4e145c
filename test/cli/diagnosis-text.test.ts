// A report as text: each failure with its place and the lines it was read from; bounded, and without control characters.
import { describe, expect, it } from '@jest/globals';
import type { DiagnosisReport } from '../../src/cli/diagnosis-report.ts';
import { asText } from '../../src/cli/diagnosis-text.ts';

type ShownFailure = DiagnosisReport['failures'][number];

const failure = (more: Partial<ShownFailure> = {}): ShownFailure => ({
  tool: 'jest',
  test: 'cart › adds',
  type: 'TypeError',
  message: 'price is not a function\n\nraised again as Error: cart',
  file: 'src/cart.js',
  line: 3,
  column: 9,
  frames: [],
  log: { first: 12, last: 20 },
  ...more,
});
const report = (more: Partial<DiagnosisReport> = {}): DiagnosisReport => ({
  ...{ failures: [failure()], suspects: [], exitCode: 1, step: 'Run npm test', command: 'npm test', jobs: [] },
  ...{ environment: [], changes: [], excerpt: { text: '', tokens: 0, leftOut: [] } },
  ...more,
});

describe('asText', () => {
  it('shows a failure with its place and its lines', () => {
    expect(asText(report(), '')).toBe(
      [
        '1 failure in the step "Run npm test", exit code 1',
        '',
        '  ✘ [jest] cart › adds',
        '      TypeError: price is not a function',
        '      raised again as Error: cart',
        '      at src/cart.js:3:9',
        '      lines 12 to 20 of the log',
      ].join('\n'),
    );
  });

  it('lines up values of several lines', () => {
    const text = asText(report({ failures: [failure({ expected: 'one\ntwo', actual: '1\n2\n3\n4\n5' })] }), '');
    expect(text).toContain('      expected one\n               two\n      actual   1\n               2\n');
    expect(text).toContain('               4\n               …\n');
  });

  it('says nothing twice: without a test the place is the heading, without a place the message', () => {
    const { test: _test, file: _file, type: _type, ...bare } = failure({ tool: 'shell', message: 'no space left' });
    const text = asText(report({ failures: [bare, { ...bare, file: 'a.c', line: 3 }] }), '');
    expect(text).toContain('  ✘ [shell] no space left\n      lines 12 to 20');
    expect(text).toContain('  ✘ [shell] a.c:3:9\n      no space left\n      lines 12 to 20');
  });

  it('says of several jobs which one', () => {
    const failures = ['build', 'test (8)'].map((job) => failure({ job }));
    const text = asText(
      report({ failures, jobs: ['build: 1 failure', 'test (8): 1 failure', 'lint: no failure'] }),
      '',
    );
    expect(text).toMatch(/^2 failures in 2 jobs\n\nJobs\n {2}build: 1 failure\n/);
    expect(text).toContain('of the log of test (8)');
  });

  it('says what to try where nothing was found', () => {
    expect(asText(report({ failures: [] }), 'Try a green log.')).toBe('No failure found.\nTry a green log.');
  });

  it('wraps the reasons of a suspect between two of them', () => {
    const reasons = [
      'innermost frame of the failure, line 3',
      'changed since the last green run',
      'imported by the test',
    ];
    const text = asText(report({ suspects: [{ path: 'src/cart.js', score: 0.9, lines: [3], reasons }] }), '');
    expect(text).toMatch(/ {2}0\.90 {2}src\/cart\.js\n {8}innermost .*; changed .*;\n {8}imported by the test$/);
  });

  it('is bounded', () => {
    const failures = Array.from({ length: 90 }, () => failure({ message: 'x'.repeat(9_000) }));
    const text = asText(report({ failures }), '');
    expect(text).toContain('… and 70 more failures: --json has them all.');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(300);
  });

  it('sends no control characters to the terminal', () => {
    const text = asText(report({ failures: [failure({ test: 'a\x1b]0;title\x07b', file: 'a\x9b2Jb' })] }), '');
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  });
});
