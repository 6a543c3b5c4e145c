// A saved output of a real tool → its text, its failures, and the same output as a runner's log would hold it.
import { readFileSync } from 'node:fs';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import type { Failure } from '../../src/incident/failure.ts';

export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/failures/${name}.txt`, import.meta.url), 'utf8');

export const failuresIn = (text: string): Failure[] => findFailures(readJobLog(text));

const stamp = '2026-03-01T12:00:00.1234567Z ';

/** As GitHub's runner writes a job with these steps, the last of which fails. */
export function jobLog(steps: readonly { command: string; output: string; exitCode?: number }[]): string {
  const lines = [
    '##[group]Operating System',
    'Ubuntu',
    '24.04.3',
    '##[endgroup]',
    '##[group]Run actions/checkout@v5',
    'with:',
    '  token: ***',
    'env:',
    '  CI: true',
    '##[endgroup]',
    'Syncing repository: shop/shop',
  ];
  for (const { command, output, exitCode } of steps) {
    const script = command.split('\n');
    lines.push(`##[group]Run ${script[0]}`, ...script.map((line) => `\x1b[36;1m${line}\x1b[0m`));
    lines.push('shell: /usr/bin/bash -e {0}', 'env:', '  CI: true', '##[endgroup]', ...output.trimEnd().split('\n'));
    if (exitCode) lines.push(`##[error]Process completed with exit code ${exitCode}.`);
  }
  lines.push(
    'Post job cleanup.',
    '[command]/usr/bin/git version',
    'git version 2.51.0',
    'Cleaning up orphan processes',
  );
  return `\ufeff${lines.map((line) => `${stamp}${line}\n`).join('')}`;
}
