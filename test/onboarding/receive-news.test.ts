import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Installed, SetupNews } from '../../src/incident/setup.ts';
import {
  receiveInstallation,
  receiveIssueMove,
  receivePush,
  receiveRepositories,
  receiveSandboxRun,
} from '../../src/onboarding/receive-news.ts';
import type { SetupRegistry } from '../../src/ports/setup.ts';

const Examples = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));
const published = Examples.parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));
const examplesOf = (event: string) => published.find(({ name }) => name === event)?.examples ?? [];

const delivery = { id: 'd1', event: 'any', at: new Date(0) };

function registry(isNews = true) {
  const installed: { repositories: readonly Installed[]; spacingMs: number }[] = [];
  const removed: [number, readonly string[] | 'all'][] = [];
  const news: [string, SetupNews][] = [];
  const to: SetupRegistry = {
    installed: async (_, repositories, spacingMs) => {
      installed.push({ repositories, spacingMs });
      return repositories.length;
    },
    removed: async (_, installationId, keys) => {
      removed.push([installationId, keys]);
      return 1;
    },
    setupNews: async (key, told) => {
      news.push([key, told]);
      return isNews;
    },
  };
  return { to, installed, removed, news };
}

const installation = (changes: object = {}) => ({
  action: 'created',
  installation: { id: 5, account: { login: 'Acme' } },
  repositories: [
    { id: 1, name: 'Shop', full_name: 'Acme/Shop', private: true },
    { id: 2, name: 'docs', full_name: 'Acme/docs', private: false },
  ],
  ...changes,
});

describe('an installation', () => {
  it('brings all its repositories, one after the other', async () => {
    const { to, installed } = registry();
    expect(await receiveInstallation(delivery, installation(), to)).toEqual({ kind: 'installed', repositories: 2 });
    const [told] = installed;
    expect(told?.repositories).toEqual([
      { owner: 'Acme', name: 'Shop', installationId: 5, private: true },
      { owner: 'Acme', name: 'docs', installationId: 5, private: false },
    ]);
    // 500 issues an hour are too many for GitHub.
    expect(3_600_000 / (told?.spacingMs ?? 0)).toBeLessThan(400);
  });

  it('that is deleted takes them away', async () => {
    const { to, removed } = registry();
    await receiveInstallation(delivery, installation({ action: 'deleted' }), to);
    expect(removed).toEqual([[5, 'all']]);
  });

  it('gets and loses single repositories', async () => {
    const { to, installed, removed } = registry();
    const [one] = installation().repositories;
    const moved = { installation: { id: 5 }, repositories_added: [one], repositories_removed: [] };
    await receiveRepositories(delivery, { ...moved, action: 'added' }, to);
    await receiveRepositories(
      delivery,
      { ...moved, action: 'removed', repositories_added: [], repositories_removed: [one] },
      to,
    );
    expect(installed[0]?.repositories).toEqual([{ owner: 'Acme', name: 'Shop', installationId: 5, private: true }]);
    expect(removed).toEqual([[5, ['acme/shop']]]);
  });

  it.each([
    ['a name that leads elsewhere', { full_name: 'Acme/../x', private: true }],
    ['a name without an owner', { full_name: 'Shop', private: true }],
    ['nothing', null],
  ])('with %s among its repositories brings the others', async (_, odd) => {
    const { to, installed } = registry();
    const repositories = [odd, ...installation().repositories];
    await receiveInstallation(delivery, installation({ repositories }), to);
    expect(installed[0]?.repositories.map(({ name }) => name)).toEqual(['Shop', 'docs']);
  });

  it.each(['installation', 'installation_repositories'])('is understood as GitHub publishes it: %s', async (event) => {
    const receive = event === 'installation' ? receiveInstallation : receiveRepositories;
    const wanted = new Set(['created', 'deleted', 'added', 'removed']);
    const examples = examplesOf(event).filter(({ action }) => wanted.has(String(action)));
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples)
      expect(await receive(delivery, example, registry().to)).toMatchObject({
        kind: /created|added/.test(String(example.action)) ? 'installed' : 'removed',
      });
  });
});

const repository = { full_name: 'Acme/Shop', name: 'Shop', default_branch: 'main' };
const push = (changes: object = {}) => ({
  ref: 'refs/heads/main',
  deleted: false,
  forced: false,
  repository,
  commits: [{ added: [], modified: ['src/a.ts'], removed: [] }],
  head_commit: { added: [], modified: ['src/a.ts'], removed: [] },
  ...changes,
});
const workflow = { added: ['.github/workflows/self-heal.yml'], modified: [], removed: [] };

describe('a push', () => {
  it.each<[string, object]>([
    ['adds the workflow', { commits: [workflow] }],
    ['changes another one', { commits: [{ ...workflow, added: [], modified: ['.github/workflows/ci.yaml'] }] }],
    ['takes one away', { commits: [{ ...workflow, added: [], removed: ['.github/workflows/ci.yml'] }] }],
    ['changes the policy', { commits: [{ ...workflow, added: ['.github/self-heal.yml'] }] }],
    ['names only its last commit', { commits: [], head_commit: workflow }],
    ['takes commits back', { forced: true }],
  ])('that %s is news', async (_, changes) => {
    const { to, news } = registry();
    expect(await receivePush(delivery, push(changes), to)).toEqual({ kind: 'to-look-at' });
    expect(news).toEqual([['acme/shop', { kind: 'workflows-changed' }]]);
  });

  it.each<[string, object]>([
    ['changes sources', {}],
    ['is on another branch', { ref: 'refs/heads/topic', commits: [workflow] }],
    ['is of a tag', { ref: 'refs/tags/main', commits: [workflow] }],
    ['deletes the branch', { deleted: true, commits: [workflow] }],
    [
      'changes a file that only looks like a workflow',
      { commits: [{ ...workflow, added: ['docs/.github/workflows/a.yml'] }] },
    ],
    ['is of nothing we know', { repository: { name: 'Shop' } }],
  ])('that %s is none, and the database is not asked', async (_, changes) => {
    const { to, news } = registry();
    expect(await receivePush(delivery, push(changes), to)).toMatchObject({ kind: 'ignored' });
    expect(news).toEqual([]);
  });

  it('for which no set-up waits is ignored', async () => {
    expect(await receivePush(delivery, push({ commits: [workflow] }), registry(false).to)).toMatchObject({
      kind: 'ignored',
    });
  });

  it('is understood as GitHub publishes it', async () => {
    const examples = examplesOf('push');
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const received = await receivePush(delivery, example, registry().to);
      expect(received).not.toMatchObject({ why: expect.stringContaining('payload') });
    }
  });
});

describe('a run', () => {
  const run = (path: string) => ({ repository, workflow_run: { path, conclusion: 'success' } });
  it.each([
    ['.github/workflows/self-heal.yml', 1],
    ['.github/workflows/self-heal.yml@refs/heads/main', 1],
    ['.github/workflows/ci.yml', 0],
  ])('of %s is news %i times', async (path, times) => {
    const { to, news } = registry();
    await receiveSandboxRun(delivery, run(path), to);
    expect(news).toEqual(Array.from({ length: times }, () => ['acme/shop', { kind: 'validated' }]));
  });
});

describe('an issue that is closed', () => {
  const closed = (changes: object = {}) => ({
    ...{ action: 'closed', repository, issue: { number: 7 }, sender: { login: 'ada', type: 'User' } },
    ...changes,
  });
  it('by a person is news', async () => {
    const { to, news } = registry();
    await receiveIssueMove(delivery, closed(), to);
    expect(news).toEqual([['acme/shop', { kind: 'issue-moved', number: 7 }]]);
  });
  it.each<[string, object]>([
    ['by a bot, which the App is, too', { sender: { login: 'self-heal[bot]', type: 'Bot' } }],
    ['and is a pull request', { issue: { number: 7, pull_request: {} } }],
  ])('%s is none', async (_, changes) => {
    const { to, news } = registry();
    expect(await receiveIssueMove(delivery, closed(changes), to)).toMatchObject({ kind: 'ignored' });
    expect(news).toEqual([]);
  });
});

it('whatever comes is survived', async () => {
  const all = [receiveInstallation, receiveRepositories, receivePush, receiveSandboxRun, receiveIssueMove];
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.jsonValue(), fc.constantFrom(...published.flatMap(({ examples }) => examples))),
      async (payload) => {
        for (const receive of all) await receive(delivery, payload, registry().to);
      },
    ),
    { numRuns: 200 },
  );
});
