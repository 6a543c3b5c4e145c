import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DryRunRequest } from '../../../src/incident/dry-run.ts';
import { receiveDryRun } from '../../../src/onboarding/dry-run/receive-dry-run.ts';
import type { ErrandRegistry } from '../../../src/ports/errand.ts';

const delivery = { id: 'd', event: 'issue_comment', at: new Date(0) };

const commented = (body: string, changes: object = {}) => ({
  action: 'created',
  repository: { name: 'shop', owner: { login: 'acme' }, default_branch: 'main', private: true },
  installation: { id: 5 },
  sender: { login: 'ada', type: 'User' },
  issue: { number: 3, labels: [] },
  comment: { id: 9, body },
  ...changes,
});

function registry(isNew = true) {
  const asked: DryRunRequest[] = [];
  const to: ErrandRegistry = {
    dryRunAsked: async (_, request) => {
      asked.push(DryRunRequest.parse(request));
      return isNew;
    },
    policyProposed: () => Promise.reject(new Error('nobody proposed a policy')),
  };
  return { to, asked };
}

describe('a comment', () => {
  it('with the command asks for a dry run, on an issue as on a pull request', async () => {
    const { to, asked } = registry();
    for (const changes of [{}, { issue: { number: 3, labels: [], pull_request: {} } }])
      expect(await receiveDryRun(delivery, commented('/heal dry-run 71\nplease', changes), to)).toEqual({
        kind: 'asked',
      });
    const request = {
      repository: { owner: 'acme', name: 'shop', defaultBranch: 'main', installationId: 5, private: true },
      ...{ issueNumber: 3, commentId: 9, askedBy: 'ada', run: { kind: 'run', id: 71 } },
    };
    expect(asked).toEqual([request, request]);
  });

  it('that was delivered before asks for nothing', async () => {
    const { to } = registry(false);
    expect(await receiveDryRun(delivery, commented('/heal dry-run'), to)).toMatchObject({ kind: 'ignored' });
  });

  it.each<[string, unknown]>([
    ['is no command', commented('Please /heal dry-run')],
    ['is another command', commented('/heal release')],
    ['is a bot’s', commented('/heal dry-run', { sender: { login: 'x[bot]', type: 'Bot' } })],
    ['is a bot’s by its name alone', commented('/heal dry-run', { sender: { login: 'x[bot]' } })],
    ['was only edited', commented('/heal dry-run', { action: 'edited' })],
    [
      'is where the label forbids it',
      commented('/heal dry-run', { issue: { number: 3, labels: [{ name: 'self-heal:skip' }] } }),
    ],
    ['is in a repository with a name that is none', commented('/heal dry-run', { repository: { name: '../x' } })],
    ['cannot be read', { action: 'created' }],
  ])('asks for nothing where it %s', async (_, payload) => {
    const { to, asked } = registry();
    expect(await receiveDryRun(delivery, payload, to)).toMatchObject({ kind: 'ignored' });
    expect(asked).toEqual([]);
  });

  it('may say anything', async () => {
    const { to, asked } = registry();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (words) => {
        await receiveDryRun(delivery, commented(`/heal dry-run ${words}`), to);
        expect(JSON.stringify(asked).length).toBeLessThan(500 * (asked.length + 1));
      }),
      { numRuns: 50 },
    );
  });
});
