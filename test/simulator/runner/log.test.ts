import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRepository, type Ran, runWorkflow, type TestRepository } from './run-workflow.ts';

const workflow = `name: CI
on: push
permissions:
  contents: read
  pull-requests: write
env:
  LEVEL: info
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Greet
        env: {WHO: '\${{ secrets.WHO }}'}
        run: |
          echo "hello $WHO"
          printf '10%%\\r20%%\\n'
      - run: exit 3
      - run: echo never
      - if: failure()
        shell: bash
        run: echo after
`;

let repository: TestRepository;
let ran: Ran;

beforeAll(async () => {
  repository = await createRepository();
  ran = await runWorkflow(repository, workflow, { secrets: { WHO: 'ada lovelace' } });
});
afterAll(() => repository.remove());

describe('a job’s log', () => {
  it('has a BOM, and a timestamp of seven digits before every line', () => {
    const raw = ran.rawLog('build');
    expect(raw.startsWith('\uFEFF')).toBe(true);
    for (const line of raw.slice(1).trimEnd().split('\n')) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z /);
    }
  });

  it('is line by line what GitHub writes', () => {
    const lines = ran.lines('build');
    const system = lines.indexOf('##[group]Operating System');
    const image = lines.indexOf('##[group]Runner Image');
    expect(lines[0]).toMatch(/^Current runner version: '\d+\.\d+\.\d+'$/);
    expect([system, lines[image - 1]]).toEqual([1, '##[endgroup]']);
    expect(lines.slice(image)).toEqual([
      '##[group]Runner Image',
      'Image: ubuntu-latest',
      'Version: simulator',
      '##[endgroup]',
      '##[group]GITHUB_TOKEN Permissions',
      'Contents: read',
      'Metadata: read',
      'PullRequests: write',
      '##[endgroup]',
      'Secret source: Actions',
      'Prepare workflow directory',
      'Prepare all required actions',
      'Complete job name: build',
      '##[group]Run echo "hello $WHO"',
      '\u001B[36;1mecho "hello $WHO"\u001B[0m',
      "\u001B[36;1mprintf '10%%\\r20%%\\n'\u001B[0m",
      'shell: /usr/bin/bash -e {0}',
      'env:',
      '  LEVEL: info',
      '  WHO: ***',
      '##[endgroup]',
      'hello ***',
      '10%',
      '20%',
      '##[group]Run exit 3',
      '\u001B[36;1mexit 3\u001B[0m',
      'shell: /usr/bin/bash -e {0}',
      'env:',
      '  LEVEL: info',
      '##[endgroup]',
      '##[error]Process completed with exit code 3.',
      '##[group]Run echo after',
      '\u001B[36;1mecho after\u001B[0m',
      'shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}',
      'env:',
      '  LEVEL: info',
      '##[endgroup]',
      'after',
      'Cleaning up orphan processes',
    ]);
  });

  it('is in one file a step, too', () => {
    const files = ran.jobs.build?.stepLogFiles ?? [];
    expect(files.map(({ number, name }) => [number, name])).toEqual([
      [1, 'Set up job'],
      [2, 'Greet'],
      [3, 'Run exit 3'],
      [5, 'Run echo after'],
      [10, 'Complete job'],
    ]);
    const texts = files.map(({ file }) => readFileSync(file, 'utf8'));
    expect(texts.map((text) => text.replace(/^\uFEFF/, '')).join('')).toBe(ran.rawLog('build').replace(/^\uFEFF/, ''));
    expect(texts[2]).toMatch(/Process completed with exit code 3\.\n$/);
  });
});

describe('what is told of a job', () => {
  it('lists its steps with GitHub’s numbers and conclusions', () => {
    const steps = ran.jobs.build?.steps.map((step) => [step.number, step.name, step.conclusion]);
    expect(steps).toEqual([
      [1, 'Set up job', 'success'],
      [2, 'Greet', 'success'],
      [3, 'Run exit 3', 'failure'],
      [4, 'Run echo never', 'skipped'],
      [5, 'Run echo after', 'success'],
      [10, 'Complete job', 'success'],
    ]);
  });

  it('annotates the failure at its line of the log', () => {
    expect(ran.jobs.build?.annotations).toEqual([
      {
        path: '.github',
        startLine: 7,
        endLine: 7,
        level: 'failure',
        message: 'Process completed with exit code 3.',
      },
    ]);
  });

  it('goes from queued over in_progress to completed, and never back', () => {
    const order = ['queued', 'in_progress', 'completed'];
    const ranks = ran.told.map((job) => order.indexOf(job.status));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks)).toEqual(new Set([0, 1, 2]));
    expect(ran.conclusion).toBe('failure');
    expect(ran.jobs.build?.conclusion).toBe('failure');
  });

  it('mints a token for exactly the declared permissions', () => {
    expect(ran.minted).toEqual([{ contents: 'read', pull_requests: 'write', metadata: 'read' }]);
  });
});
