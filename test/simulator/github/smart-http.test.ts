import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gitEnvironment } from '../../../simulator/github/git/git.ts';
import { type Hosted, here, host, writeFiles } from './hosted.ts';

const run = promisify(execFile);
let hosted: Hosted;
let folder: string;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
  folder = await mkdtemp(join(tmpdir(), 'clones-'));
});
afterAll(async () => {
  await hosted.close();
  await rm(folder, { recursive: true, force: true });
});

const git = async (directory: string, ...args: string[]) => {
  const identity = ['-c', 'user.name=Mona', '-c', 'user.email=octocat@users.noreply.github.com'];
  return (await run('git', [...identity, ...args], { cwd: directory, env: gitEnvironment() })).stdout.trim();
};

const address = (token?: string) =>
  `${hosted.simulator.url.replace('//', token ? `//x-access-token:${token}@` : '//')}/octo/demo.git`;

async function cloned(name: string, token?: string): Promise<string> {
  await git(folder, 'clone', '--quiet', address(token), name);
  return join(folder, name);
}

async function commit(clone: string, files: Record<string, string>, message: string): Promise<string> {
  await writeFiles(clone, files);
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '-m', message);
  return await git(clone, 'rev-parse', 'HEAD');
}

describe('git over HTTP', () => {
  it('clones a public repository without a token, also shallow and by SHA', async () => {
    const clone = await cloned('anonymous');
    expect(await readFile(join(clone, 'a.txt'), 'utf8')).toBe('one\n');
    const sha = await git(clone, 'rev-parse', 'HEAD');
    await git(folder, 'init', '--quiet', 'by-sha');
    await git(join(folder, 'by-sha'), 'fetch', '--quiet', '--depth=1', address(), sha);
    expect(await git(join(folder, 'by-sha'), 'rev-parse', 'FETCH_HEAD')).toBe(sha);
  });

  it('takes pushes with a person’s token and tells the App of commits, branches and tags', async () => {
    const clone = await cloned('person', hosted.simulator.github.userToken('octocat', 'write'));
    await git(clone, 'checkout', '--quiet', '-b', 'topic');
    const first = await commit(clone, { 'b.txt': 'two\n' }, 'Second file');
    const second = await commit(clone, { 'a.txt': 'ONE\n' }, 'Shout');
    await git(clone, 'tag', 'v1');
    hosted.received.splice(0);
    await git(clone, 'push', '--quiet', 'origin', 'topic', 'v1');
    await hosted.simulator.github.idle();
    expect(hosted.names().sort()).toEqual(['check_suite.requested', 'create', 'create', 'push', 'push']);
    const push = hosted.received.find(
      ({ payload }) => payload.ref === 'refs/heads/topic' && 'commits' in payload,
    )?.payload;
    expect(push).toMatchObject({
      after: second,
      created: true,
      pusher: { name: 'octocat' },
      sender: { login: 'octocat' },
      head_commit: { id: second, modified: ['a.txt'] },
      commits: [{ id: first, added: ['b.txt'], author: { username: 'octocat' } }, { id: second }],
      installation: { id: expect.any(Number) },
    });
  });

  it.each([
    ['nobody', () => undefined, /could not read Username|Authentication failed/],
    ['a reader', () => hosted.simulator.github.userToken('reader', 'read'), /403/],
    ['a wrong token', () => 'ghp_wrong', /Authentication failed/],
  ])('refuses pushes by %s', async (name, token, message) => {
    const clone = await cloned(name.replace(/ /g, '-'));
    await commit(clone, { 'c.txt': 'x\n' }, 'Not allowed');
    const value = token();
    await expect(git(clone, 'push', '--quiet', address(value), 'HEAD:refs/heads/mine')).rejects.toThrow(message);
  });

  it('refuses workflow files of an App without the permission for them, and takes its other files', async () => {
    const octokit = await hosted.installation();
    const token = await hosted.installationToken();
    const clone = await cloned('app', token);
    const sha = await commit(clone, { 'd.txt': 'x\n' }, 'By the App');
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/by-app');
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'heads/by-app' });
    expect(data.object.sha).toBe(sha);
    await commit(clone, { '.github/workflows/evil.yml': 'on: push\n' }, 'Sneak');
    await expect(git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/sneak')).rejects.toThrow(
      /refusing to allow a GitHub App to create or update workflow `\.github\/workflows\/evil\.yml` without `workflows` permission/,
    );
  });
});
