import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { z } from 'zod';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';
import { client } from '../../../src/adapters/github/client.ts';
import { gitHubOf } from '../../../src/adapters/github/github.ts';
import { appCredentials } from '../../../src/adapters/github/tokens.ts';
import type { Repository } from '../../../src/incident/incident.ts';
import type { GitHub, Permissions } from '../../../src/ports.ts';
import { markdown, title } from '../../../src/text/outbound.ts';
import { asCommitMessage } from '../../../src/text/outbound-kinds.ts';

const sources = {
  'price.py': 'def calc(price):\n    return price / 0\n',
  'logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
  '.github/workflows/ci.yml': `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo "größer than before"; exit 3
`,
  '.github/workflows/self-heal.yml': `on:
  workflow_dispatch:
    inputs:
      incident: { required: true, type: string }
run-name: self-heal \${{ inputs.incident }}
jobs:
  proof:
    runs-on: ubuntu-latest
    steps:
      - env: { INCIDENT: '\${{ inputs.incident }}' }
        run: printf '{"incident":"%s"}' "$INCIDENT" > report.json
      - uses: actions/upload-artifact@v4
        with: { name: self-heal-report, path: report.json }
`,
};

let folder: string;
let simulator: Simulator;
let repository: Repository;
let make: (at: Repository, permissions: Permissions) => GitHub;
const as = (permissions: Permissions) => make(repository, permissions);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adapter-'));
  for (const [path, content] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  simulator = await startSimulator({ repositories: [{ directory: folder, fullName: 'acme/shop' }] });
  const { id: appId, privateKey } = simulator.github.app;
  const options = { baseUrl: `${simulator.url}/api/v3`, log: pino({ level: 'silent' }), retryBaseMs: 1 };
  make = gitHubOf({ ...options, appId, privateKey });
  const app = client('app', appCredentials({ appId, privateKey }), options);
  const { data } = await app.request('GET /repos/{owner}/{repo}/installation', { owner: 'acme', repo: 'shop' });
  const installationId = z.looseObject({ id: z.number() }).parse(data).id;
  repository = { owner: 'acme', name: 'shop', defaultBranch: 'main', installationId, private: false };
  await simulator.github.push('acme/shop', {
    branch: 'main',
    files: { 'price.txt': '1\n' },
    message: 'Break it',
    author: 'ann',
  });
  await simulator.github.idle();
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

async function head(): Promise<string> {
  const sha = await as({ contents: 'read' }).branchHead('main');
  if (sha === undefined) throw new Error('main has no head');
  return sha;
}

describe('against a GitHub that runs', () => {
  it('a failed run is found with its job and log', async () => {
    const github = as({ actions: 'read' });
    const [run] = await github.runsOf('.github/workflows/ci.yml', { headSha: await head() });
    expect(run).toMatchObject({
      attempt: 1,
      conclusion: 'failure',
      workflowPath: '.github/workflows/ci.yml',
      headBranch: 'main',
    });
    const [job] = await github.jobs(run?.id ?? 0, 1);
    expect(job).toMatchObject({ name: 'test', conclusion: 'failure' });
    expect(job?.startedAt).toBeInstanceOf(Date);
    expect(job?.steps.every(({ startedAt, completedAt }) => startedAt !== undefined && completedAt !== undefined)).toBe(
      true,
    );
    const log = await github.jobLog(job?.id ?? 0);
    expect(log && (await text(log))).toContain('größer than before');
    expect(await github.jobLog(999_999)).toBeUndefined();
    expect(await as({ checks: 'read' }).jobAnnotations(job?.id ?? 0)).toContainEqual(
      expect.objectContaining({ level: 'failure', message: 'Process completed with exit code 3.' }),
    );
    await as({ actions: 'write' }).rerunFailedJobs(run?.id ?? 0);
    await simulator.github.idle();
    expect(await github.run(run?.id ?? 0)).toMatchObject({ attempt: 2, conclusion: 'failure' });
  });

  it('a dispatched run is known, and its artifact is read', async () => {
    const run = await as({ actions: 'write' }).dispatch('.github/workflows/self-heal.yml', 'main', {
      incident: 'abc123',
    });
    await simulator.github.idle();
    const github = as({ actions: 'read' });
    expect(await github.run(run.runId)).toMatchObject({ conclusion: 'success', title: 'self-heal abc123' });
    expect(await github.artifact(run.runId, 'self-heal-report', 10_000)).toEqual(
      new Map([['report.json', '{"incident":"abc123"}']]),
    );
    expect(await github.artifact(run.runId, 'another', 10_000)).toBeUndefined();
    const [listed] = await github.artifacts(run.runId);
    expect(listed).toMatchObject({ name: 'self-heal-report', expired: false });
    const wanted = { maxBytes: 10_000, wants: (path: string) => path.endsWith('.json') };
    expect([...((await github.artifactFiles(listed?.id ?? 0, wanted)) ?? [])]).toHaveLength(1);
  });

  it('the tree, the commit and the files are read', async () => {
    const github = as({ contents: 'read' });
    const commit = await github.commit(await head());
    expect(commit).toMatchObject({ message: 'Break it', files: [{ path: 'price.txt', status: 'added' }] });
    const before = commit?.parents[0] ?? '';
    expect(await github.compare(before, await head())).toMatchObject({
      status: 'ahead',
      head: { sha: commit?.sha, treeSha: commit?.treeSha },
      commits: [{ message: 'Break it', author: 'ann' }],
      files: [{ path: 'price.txt', status: 'added' }],
      truncated: false,
    });
    expect(await github.compare(before, before)).toMatchObject({
      status: 'identical',
      head: { sha: before },
      commits: [],
    });
    const tree = await github.tree(commit?.treeSha ?? '');
    expect(tree.truncated).toBe(false);
    expect(tree.entries).toContainEqual({ path: 'price.py', mode: '100644', sizeBytes: sources['price.py'].length });
    const ofBranch = await github.tree('main');
    expect(ofBranch).toEqual({ ...tree, sha: await head() });
    expect(await github.filesOf(ofBranch.sha ?? '', ['price.txt'], 10_000)).toEqual({
      texts: new Map([['price.txt', '1\n']]),
      commit: { sha: commit?.sha, treeSha: commit?.treeSha },
    });
    expect((await github.filesOf(commit?.treeSha ?? '', ['price.txt'], 10_000)).commit).toBeUndefined();
    expect(await github.files(await head(), ['price.py', 'logo.png', 'none', '.github'], 10_000)).toEqual(
      new Map([['price.py', sources['price.py']]]),
    );
  });

  it('a fix becomes a branch and a pull request, once', async () => {
    const github = as({ contents: 'write', pull_requests: 'write', issues: 'write', checks: 'write' });
    const base = await head();
    const treeSha = (await github.commit(base))?.treeSha ?? '';
    const files = [{ path: 'price.py', mode: '100644' as const, text: 'def calc(price):\n    return price\n' }];
    const message = asCommitMessage('[self-heal] fix: no zero\n\n\nskip-checks: true');
    const commit = await github.createCommit({ message, parentSha: base, tree: { baseSha: treeSha, files } });
    const branch = 'self-heal/abc123-no-zero';
    for (let time = 1; time <= 2; time += 1) await github.setBranch(branch, commit.sha, { expectedSha: base });
    expect(await github.branchHead(branch)).toBe(commit.sha);
    const again = await github.createCommit({
      message: asCommitMessage('Same tree'),
      parentSha: base,
      tree: { sha: commit.treeSha },
    });
    expect(again.treeSha).toBe(commit.treeSha);
    await expect(github.setBranch(branch, again.sha, { expectedSha: base })).rejects.toMatchObject({
      code: 'github-refused',
    });
    await github.setBranch(branch, again.sha, 'ours');
    for (let time = 1; time <= 2; time += 1) await github.setTag('self-heal/before/abc123', base);

    const wanted = {
      title: title`[self-heal] no zero`,
      body: markdown`Proof.`,
      head: branch,
      base: 'main',
      draft: false,
    };
    const pull = await github.openPull(wanted);
    expect(await github.openPull(wanted)).toMatchObject({ number: pull.number, headSha: again.sha });
    await github.addLabels(pull.number, ['self-heal']);
    expect(await github.issue(pull.number)).toEqual({ state: 'open', labels: ['self-heal'] });
    const written = await github.comment(pull.number, 'report', markdown`One`);
    expect(await github.comment(pull.number, 'report', markdown`Two`)).toBe(written);
    const onCommit = await github.commitComment(again.sha, 'report', markdown`One`);
    expect(await github.commitComment(again.sha, 'report', markdown`Two`)).toBe(onCommit);
    const proof = {
      name: title`proof`,
      headSha: again.sha,
      title: title`Proven`,
      summary: markdown`Red, green.`,
      externalId: 'abc123/1',
    };
    await github.checkRun({ ...proof, conclusion: 'success' });
    expect(await github.reviews(pull.number)).toEqual({ reviews: [], comments: [] });

    const route = `${simulator.url}/api/v3/repos/acme/shop/pulls/${pull.number}/comments`;
    const authorization = `token ${simulator.github.userToken('grace', 'write')}`;
    const body = JSON.stringify({ path: 'price.py', line: 1, side: 'RIGHT', body: 'Why?', commit_id: again.sha });
    const { status } = await fetch(route, { method: 'POST', headers: { authorization }, body });
    expect(status).toBe(201);
    const { reviews, comments } = await github.reviews(pull.number);
    expect(reviews).toMatchObject([{ author: 'grace', state: 'COMMENTED', body: '' }]);
    const [first] = comments;
    expect(first).toMatchObject({ reviewId: reviews[0]?.id, threadId: first?.id, author: 'grace', line: 1 });
    const thread = { pullNumber: pull.number, commentId: first?.id ?? 0 };
    const reply = await github.replyToReview(thread, 'answer', markdown`Done.`, 'nowhere');
    expect(await github.replyToReview(thread, 'answer', markdown`Done.`)).toBe(reply);
    expect((await github.reviews(pull.number)).comments).toMatchObject([
      { id: first?.id },
      { threadId: first?.id, authorIsBot: true },
    ]);

    await github.updatePull(pull.number, { state: 'closed', body: markdown`Withdrawn.` });
    expect(await github.pullOfBranch(branch)).toMatchObject({
      state: 'closed',
      merged: false,
      closedBy: simulator.github.app.botLogin,
    });
    for (let time = 1; time <= 2; time += 1) await github.deleteBranch(branch);
    expect(await github.branchHead(branch)).toBeUndefined();
  });

  it('moves a branch and opens a pull request with its check in one request each, once it knows the repository’s id', async () => {
    const github = as({ contents: 'write', pull_requests: 'write', checks: 'write' });
    const base = await head();
    await github.files(base, ['price.py'], 10_000);
    const [one, two] = await Promise.all(
      ['One', 'Two'].map(async (text) => {
        const files = [{ path: 'price.py', mode: '100644' as const, text: `${text}\n` }];
        return github.createCommit({
          message: asCommitMessage(text),
          parentSha: base,
          tree: { baseSha: (await github.commit(base))?.treeSha ?? '', files },
        });
      }),
    );
    if (!one || !two) throw new Error('no commits');
    await github.setBranch('self-heal/fix', one.sha, 'ours');
    const before = github.requests();
    await github.setBranch('self-heal/fix', two.sha, { expectedSha: one.sha });
    const check = {
      ...{ name: title`proof`, headSha: two.sha, title: title`Proven`, summary: markdown`Red, green.` },
      externalId: 'abc/2',
    };
    const wanted = { title: title`Two`, body: markdown`Proof.`, head: 'self-heal/fix', base: 'main', draft: true };
    const pull = await github.openPull(wanted, { ...check, conclusion: 'success', detailsUrl: 'https://ci.test/1' });
    expect(github.requests().sent - before.sent).toBe(2);
    expect(pull).toEqual(await github.pull(pull.number));
    expect(pull).toMatchObject({ headSha: two.sha, draft: true, state: 'open', baseBranch: 'main' });
    expect(simulator.github.requests().at(-2)?.body).toMatchObject({ variables: { check: { conclusion: 'SUCCESS' } } });

    // Twice is once: what is there already is found the long way.
    await github.setBranch('self-heal/fix', two.sha, { expectedSha: one.sha });
    await expect(github.setBranch('self-heal/fix', one.sha, { expectedSha: base })).rejects.toMatchObject({
      code: 'github-refused',
    });
    expect(await github.openPull(wanted, { ...check, conclusion: 'success' })).toMatchObject({ number: pull.number });
    await github.updatePull(pull.number, { state: 'closed' });
    await github.deleteBranch('self-heal/fix');
  });

  it('what has not changed is asked for again for nothing', async () => {
    const github = as({ contents: 'read', metadata: 'read' });
    const commit = await github.commit(await head());
    const first = await github.tree(commit?.treeSha ?? '');
    const before = github.requests();
    expect(await as({ contents: 'read', metadata: 'read' }).tree(commit?.treeSha ?? '')).toEqual(first);
    expect(await github.tree(commit?.treeSha ?? '')).toEqual(first);
    expect(github.requests()).toEqual({ ...before, unchanged: before.unchanged + 1 });
  });

  it('who may do what is asked of GitHub', async () => {
    simulator.github.userToken('mia', 'write');
    const github = as({ metadata: 'read' });
    expect(await github.permission('mia')).toBe('write');
    expect(await github.permission('nobody-at-all')).toBe('none');
  });

  it('a token does what it was minted for and nothing else', async () => {
    const sha = await head();
    await expect(as({ contents: 'read' }).setBranch('self-heal/mine', sha, 'ours')).rejects.toMatchObject({
      code: 'github-forbidden',
    });
  });
});
