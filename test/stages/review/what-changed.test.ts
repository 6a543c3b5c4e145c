// What the report says of jobs, versions and changes since the last green run.
import { expect, it } from '@jest/globals';
import type { Evidence } from '../../../src/incident/evidence.ts';
import { whatChanged } from '../../../src/stages/review/what-changed.ts';
import { evidence } from '../patch/sample-case.ts';

const sha = (digit: string) => digit.repeat(40);
const since = { runId: 7, url: 'https://github.com/octo/shop/actions/runs/7', sha: sha('a') };
const changes = (change: Partial<NonNullable<Evidence['sinceGreen']>>) => ({
  ...{ since, commits: [], files: [], dependencies: [], nothingChanged: false, truncated: false },
  ...change,
});
const commit = (digit: string) => ({ sha: sha(digit), subject: 'Ping @all', author: 'ada', url: '' });

it('tells what failed where, and what changed', () => {
  const { text } = whatChanged({
    ...evidence,
    jobs: ['test: 1 of 2 failed'],
    affected: { version: '1.4', tag: 'v1.4', sha: sha('b') },
    sinceGreen: changes({
      commits: [commit('c')],
      breaking: { sha: sha('c'), why: 'the only commit since the last green run' },
      dependencies: [{ path: 'package.json', what: 'left-pad 1 to 2' }],
    }),
  });
  expect(text.split('\n')).toHaveLength(5);
  for (const word of ['1 of 2 failed', '`v1.4`', '`ccccccc`', 'Probably broken by', '`package.json`'])
    expect(text).toContain(word);
  expect(text).not.toMatch(/(?:^|[^\w`])@all/);
});

it('counts the commits that it does not name', () => {
  const commits = [...'1234567'].map(commit);
  expect(whatChanged({ ...evidence, sinceGreen: changes({ commits }) }).text).toContain('and 2 before them');
});

it('points to a flake where nothing changed, and says nothing where nothing is known', () => {
  expect(whatChanged({ ...evidence, sinceGreen: changes({ nothingChanged: true }) }).text).toContain('flake');
  expect(whatChanged(evidence).text).toBe('');
});
