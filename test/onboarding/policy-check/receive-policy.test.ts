import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Errand } from '../../../src/incident/errand.ts';
import type { ProposedPolicy } from '../../../src/incident/proposed-policy.ts';
import { receivePolicyPull, receivePolicyPush } from '../../../src/onboarding/policy-check/receive-policy.ts';
import { sha } from '../../incident/sample.ts';

const Examples = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));
const published = Examples.parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));
const examplesOf = (event: string) => published.find(({ name }) => name === event)?.examples ?? [];

const delivery = { id: 'd1', event: 'any', at: new Date(0) };
const shop = { owner: 'Acme', name: 'Shop', defaultBranch: 'main', installationId: 5, private: true };

function registry(isNew = true) {
  const proposed: ProposedPolicy[] = [];
  const policyProposed = async (_: unknown, request: ProposedPolicy) => {
    proposed.push(request);
    return isNew;
  };
  return { to: { policyProposed }, proposed };
}

const where = {
  installation: { id: 5 },
  repository: { id: 1, full_name: 'Acme/Shop', name: 'Shop', default_branch: 'main', private: true },
};
const policy = { added: [], modified: ['.github/self-heal.yml'], removed: [] };
const push = (changes: object = {}) => ({
  ...{ ...where, ref: 'refs/heads/main', deleted: false, forced: false, before: sha('b'), after: sha('a') },
  ...{ commits: [policy], head_commit: policy, sender: { type: 'User' }, ...changes },
});

describe('a push', () => {
  it.each<[string, object]>([
    ['changes the policy', {}],
    ['changes it before its last commit', { head_commit: { ...policy, modified: ['src/a.ts'] } }],
    ['adds it', { commits: [{ ...policy, added: policy.modified, modified: [] }] }],
    ['takes commits back', { forced: true, commits: [], head_commit: null }],
    ['is a merge by a bot', { sender: { type: 'Bot' } }],
  ])('that %s is looked at', async (_, changes) => {
    const { to, proposed } = registry();
    expect(await receivePolicyPush(delivery, push(changes), to)).toEqual({ kind: 'to-check' });
    expect(proposed).toEqual([{ repository: shop, sha: sha('a') }]);
  });

  it.each<[string, object]>([
    ['changes sources', { commits: [{ ...policy, modified: ['src/a.ts'] }], head_commit: null }],
    [
      'changes a file that only looks like it',
      { commits: [{ ...policy, modified: ['docs/.github/self-heal.yml'] }], head_commit: null },
    ],
    ['changes a workflow', { commits: [{ ...policy, modified: ['.github/workflows/ci.yml'] }], head_commit: null }],
    ['is on another branch', { ref: 'refs/heads/topic' }],
    ['is of a tag', { ref: 'refs/tags/main' }],
    ['deletes the branch', { deleted: true, after: '0'.repeat(40) }],
    ['names no commit', { after: 'HEAD' }],
    ['is of no installation', { installation: undefined }],
    ['is of a repository whose name leads elsewhere', { repository: { ...where.repository, full_name: 'Acme/../x' } }],
  ])('that %s is not, and the database is not asked', async (_, changes) => {
    const { to, proposed } = registry();
    expect(await receivePolicyPush(delivery, push(changes), to)).toMatchObject({ kind: 'ignored' });
    expect(proposed).toEqual([]);
  });

  it('that was delivered before is ignored', async () => {
    const received = await receivePolicyPush(delivery, push(), registry(false).to);
    expect(received).toEqual({ kind: 'ignored', why: 'delivered before' });
  });
});

const pull = (changes: object = {}) => ({
  ...{ number: 7, state: 'open', comments: 0, base: { ref: 'main', sha: sha('b') } },
  ...{ head: { ref: 'topic', sha: sha('a'), repo: { id: 1 } }, ...changes },
});
const pulled = (changes: object = {}, ofPull: object = {}) => ({
  ...{ ...where, action: 'opened', sender: { type: 'User' }, pull_request: pull(ofPull), ...changes },
});

describe('a pull request', () => {
  it.each<[string, object, object, boolean]>([
    ['is opened', {}, { comments: 3 }, false],
    ['is opened again', { action: 'reopened' }, { comments: 1 }, true],
    ['grows, and nobody has said anything', { action: 'synchronize' }, {}, false],
    ['grows after somebody has said something', { action: 'synchronize' }, { comments: 1 }, true],
    ['does not say whether anybody has', { action: 'synchronize' }, { comments: undefined }, true],
  ])('that %s is looked at', async (_, changes, ofPull, mayBeAnswered) => {
    const { to, proposed } = registry();
    expect(await receivePolicyPull(delivery, pulled(changes, ofPull), to)).toEqual({ kind: 'to-check' });
    expect(proposed).toEqual([
      { repository: shop, sha: sha('a'), pull: { number: 7, baseSha: sha('b'), mayBeAnswered } },
    ]);
  });

  it.each<[string, object, object]>([
    ['is of a fork', {}, { head: { ref: 'topic', sha: sha('a'), repo: { id: 2 } } }],
    ['is of a fork that is gone', {}, { head: { ref: 'topic', sha: sha('a'), repo: null } }],
    ['is by a bot', { sender: { type: 'Bot' } }, {}],
    ['is our own', {}, { head: { ref: 'self-heal/a1-b', sha: sha('a'), repo: { id: 1 } } }],
    ['goes to another branch', {}, { base: { ref: 'release', sha: sha('b') } }],
    ['is closed', { action: 'closed' }, {}],
    ['was closed meanwhile', { action: 'synchronize' }, { state: 'closed' }],
    ['names no commit', {}, { head: { ref: 'topic', sha: 'main', repo: { id: 1 } } }],
    ['is of no installation', { installation: undefined }, {}],
  ])('that %s is not, and the database is not asked', async (_, changes, ofPull) => {
    const { to, proposed } = registry();
    expect(await receivePolicyPull(delivery, pulled(changes, ofPull), to)).toMatchObject({ kind: 'ignored' });
    expect(proposed).toEqual([]);
  });

  it('is understood as GitHub publishes it', async () => {
    const heard = new Set(['opened', 'reopened', 'synchronize']);
    const examples = examplesOf('pull_request').filter(
      ({ action, installation }) => heard.has(String(action)) && installation,
    );
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples)
      expect(await receivePolicyPull(delivery, example, registry().to)).toEqual({ kind: 'to-check' });
  });
});

it('whatever comes is survived, and what is noted can be read again', async () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...published.flatMap(({ examples }) => examples)),
    fc.jsonValue().map((odd) => push({ commits: odd, head_commit: odd, forced: odd })),
    fc.jsonValue().map((odd) => pulled({ sender: odd }, { comments: odd, head: odd })),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (payload) => {
      const { to, proposed } = registry();
      await receivePolicyPush(delivery, payload, to);
      await receivePolicyPull(delivery, payload, to);
      for (const request of proposed) Errand.parse({ kind: 'policy-check', request, failures: 0 });
    }),
    { numRuns: 200 },
  );
});
