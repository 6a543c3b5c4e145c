import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pino from 'pino';
import { z } from 'zod';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';
import { client } from '../../../src/adapters/github/client.ts';
import { gitHubOf } from '../../../src/adapters/github/github.ts';
import { appCredentials } from '../../../src/adapters/github/tokens.ts';
import type { GitHub } from '../../../src/ports.ts';

let folder: string;
let simulator: Simulator;
let github: GitHub;
let nobodys: GitHub;

const push = (branch: string, text: string | null) =>
  simulator.github.push('acme/shop', { branch, files: { 'policy.yml': text }, message: `${text}`, author: 'ann' });

async function asAnn(method: string, path: string, body: object): Promise<unknown> {
  const authorization = `token ${simulator.github.userToken('ann', 'write')}`;
  const url = `${simulator.url}/api/v3/repos/acme/shop${path}`;
  const answer = await fetch(url, { method, headers: { authorization }, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
  return answer.json();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
  await writeFile(join(folder, 'a.txt'), 'a\n');
  simulator = await startSimulator({ repositories: [{ directory: folder, fullName: 'acme/shop' }] });
  const { id: appId, privateKey } = simulator.github.app;
  const options = { baseUrl: `${simulator.url}/api/v3`, log: pino({ level: 'silent' }), retryBaseMs: 1 };
  const app = client('app', appCredentials({ appId, privateKey }), options);
  const { data } = await app.request('GET /repos/{owner}/{repo}/installation', { owner: 'acme', repo: 'shop' });
  const installationId = z.looseObject({ id: z.number() }).parse(data).id;
  const repository = { owner: 'acme', name: 'shop', defaultBranch: 'main', installationId, private: false };
  const make = gitHubOf({ ...options, appId, privateKey });
  github = make(repository, { contents: 'read' });
  nobodys = make({ ...repository, name: '.github' }, { contents: 'read' });
}, 60_000);

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

it('of a branch has what was merged in, and not how that came about', async () => {
  const first = await push('main', 'one\n');
  await simulator.github.push('acme/shop', { branch: 'side', files: { b: 'b' }, message: 'b', author: 'ann' });
  await push('side', 'never in force\n');
  await push('side', 'merged\n');
  await simulator.github.push('acme/shop', { branch: 'main', files: { c: 'c' }, message: 'c', author: 'ann' });
  await asAnn('POST', '/pulls', { title: 'side', base: 'main', head: 'side' });
  const { sha } = z.object({ sha: z.string() }).parse(await asAnn('PUT', '/pulls/1/merge', {}));
  expect(await github.versions('policy.yml', 'refs/heads/main', 10)).toEqual([
    { sha, isThere: true, text: 'merged\n' },
    { sha: first, isThere: true, text: 'one\n' },
    { sha: expect.any(String), isThere: false },
  ]);
  expect(await github.versions('policy.yml', first, 1)).toEqual([{ sha: first, isThere: true, text: 'one\n' }]);
}, 60_000);

it('a file is read where it is, and a repository that is not there has none', async () => {
  expect(await github.file('a.txt')).toEqual({ text: 'a\n' });
  expect(await github.file('a.txt', 'main')).toEqual({ text: 'a\n' });
  expect(await github.file('none.txt')).toBeUndefined();
  expect(await nobodys.file('a.txt')).toBeUndefined();
}, 60_000);
