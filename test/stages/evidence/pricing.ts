// A small repository whose last commit broke a test: what GitHub tells of it, for a desk with a telephone.
import type { Comparison, GitHub, JobSummary, RunSummary, TreeEntry } from '../../../src/ports.ts';
import { sha } from '../../incident/sample.ts';
import { type DeskOptions, deskWith, streamed } from '../desk.ts';

export const secret = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;

/** As GitHub's runner prints them, a second a line. */
export const stamped = (lines: readonly string[], at = new Date('2026-03-02T08:00:00Z')): string =>
  lines.map((line, i) => `${new Date(at.getTime() + i * 1000).toISOString().replace('Z', '0000Z')} ${line}`).join('\n');

/** A step whose script is one command. */
export const step = (command: string, output: readonly string[], exitCode = 0): string[] => [
  `##[group]Run ${command}`,
  `\x1b[36;1m${command}\x1b[0m`,
  'shell: /usr/bin/bash -e {0}',
  '##[endgroup]',
  ...output,
  ...(exitCode === 0 ? [] : [`##[error]Process completed with exit code ${exitCode}.`]),
];

export const failedTest = [
  'E',
  '======================================================================',
  'ERROR: test_zero (tests.test_calc.CalcTest.test_zero)',
  '----------------------------------------------------------------------',
  'Traceback (most recent call last):',
  '  File "/home/runner/work/pricing/pricing/tests/test_calc.py", line 8, in test_zero',
  '    self.assertEqual(calc(80, 0), 80)',
  '  File "/home/runner/work/pricing/pricing/pricing/calc.py", line 2, in calc',
  '    share = price / (100 / discount)',
  `ZeroDivisionError: float division by zero ${secret}`,
  '',
  '----------------------------------------------------------------------',
  'Ran 1 test in 0.001s',
  '',
  'FAILED (errors=1)',
];

export const log = stamped(step('python3 -m unittest -v', failedTest, 1));

export const job = (changes: Partial<JobSummary> = {}): JobSummary => ({
  id: 9,
  name: 'test',
  conclusion: 'failure',
  url: 'https://github.com/acme/pricing/actions/runs/71/job/9',
  steps: [
    { number: 1, name: 'Check out', conclusion: 'success' },
    { number: 2, name: 'Run the tests', conclusion: 'failure' },
  ],
  ...changes,
});

export const entry = (path: string, mode = '100644'): TreeEntry => ({ path, mode, sizeBytes: 10 });

export const tree = [
  entry('pricing/calc.py'),
  entry('tests/test_calc.py', '100755'),
  entry('README.md'),
  entry('linked.py', '120000'),
  entry('vendor/lib', '160000'),
  entry('.github/workflows/self-heal.yml'),
];

const texts: Record<string, string> = {
  'pricing/calc.py': 'def calc(price, discount):\n    share = price / (100 / discount)\n',
  'tests/test_calc.py': 'import unittest\n',
};

/** Every file, also one that no tree lists. */
export const reading =
  (files: Record<string, string>): GitHub['files'] =>
  async (_, paths) =>
    new Map(Object.entries(files).filter(([path]) => paths.includes(path)));

export const files = [
  { path: 'pricing/calc.py', status: 'modified', patch: `@@ -2 +2 @@\n-share = 1\n+key = "${secret}"` },
];

export const commit = {
  ...{ sha: sha('a'), treeSha: sha('b'), parents: [sha('0')], message: 'calc: compute the share first', author: 'ada' },
  files,
};

export const greenRun = (changes: Partial<RunSummary> = {}): RunSummary => ({
  ...{ id: 60, attempt: 1, status: 'completed', conclusion: 'success', headSha: sha('0'), headBranch: 'main' },
  ...{ workflowPath: '.github/workflows/ci.yml', title: 'CI', createdAt: new Date('2026-03-01T00:00:00Z') },
  url: 'https://github.com/acme/pricing/actions/runs/60',
  ...changes,
});

export const comparison: Comparison = {
  ...{ status: 'ahead', url: 'https://github.com/acme/pricing/compare/x', truncated: false },
  head: { sha: sha('a'), treeSha: sha('b') },
  commits: [{ ...commit, url: 'https://github.com/acme/pricing/commit/a', authoredAt: null }],
  files,
};

/** The workflow was never green; with `runsOf: async () => [greenRun()]` it was. */
export function pricing(answers: Partial<GitHub> = {}, options: DeskOptions = {}, policyText?: string) {
  const policy: Record<string, string> = policyText === undefined ? {} : { '.github/self-heal.yml': policyText };
  const read = reading({ ...texts, ...policy });
  return deskWith(
    {
      jobs: async () => [job()],
      jobLog: async () => streamed(log),
      runsOf: async () => [],
      compare: async () => comparison,
      commit: async () => commit,
      tree: async (ref) => ({ sha: ref === 'main' ? sha('a') : sha('b'), entries: tree, truncated: false }),
      files: read,
      file: async (path) => {
        const text = { ...texts, ...policy }[path];
        return text === undefined ? undefined : { text };
      },
      filesOf: async (at, paths, maxBytes) => ({
        texts: await read(at, paths, maxBytes),
        commit: { sha: sha('a'), treeSha: sha('b') },
      }),
      permission: async () => 'write',
      comment: async () => 'https://github.com/acme/pricing/issues/4#c1',
      ...answers,
    },
    { memory: { openTwin: async () => undefined }, ...options },
  );
}
