import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCommit, resolveRevision } from '../../../simulator/github/git/commits.ts';
import { diffFiles } from '../../../simulator/github/git/diffs.ts';
import { git } from '../../../simulator/github/git/git.ts';
import { host } from '../../../simulator/github/git/host.ts';
import { ObjectReader } from '../../../simulator/github/git/object-reader.ts';
import { listRefs } from '../../../simulator/github/git/refs.ts';
import { listTree } from '../../../simulator/github/git/trees.ts';
import { writeFiles } from './hosted.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hosting-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const author = { name: 'octo', email: 'octo@users.noreply.github.com', date: '2026-01-02T03:04:05Z' };
const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };

async function repository(name: string, branch: string): Promise<string> {
  const directory = join(folder, name);
  await writeFiles(directory, { 'a.txt': 'one\ntwo\nthree\nfour\n' });
  await git(directory, ['init', '--quiet', `--initial-branch=${branch}`]);
  await commit(directory, 'First');
  return directory;
}

async function commit(directory: string, message: string): Promise<string> {
  await git(directory, ['add', '--all']);
  await git(directory, ['commit', '--quiet', '-m', message], { env: identity });
  return await git(directory, ['rev-parse', 'HEAD']);
}

describe('hosting', () => {
  it('a plain folder makes it the first commit, executable bits and all, even inside another repository', async () => {
    const outer = await repository('outer', 'main');
    const inner = join(outer, 'inner');
    await writeFiles(inner, { 'run.sh': '#!/bin/sh\n', '.gitignore': 'junk\n', junk: 'x' });
    await chmod(join(inner, 'run.sh'), 0o755);
    const bare = join(folder, 'inner.git');
    expect(await host(inner, bare, author)).toBe('main');
    const tree = await listTree(bare, 'main', true);
    expect(tree?.map(({ mode, path }) => `${mode} ${path}`)).toEqual(['100644 .gitignore', '100755 run.sh']);
    expect(await git(bare, ['log', '-1', '--format=%an %aI %s', 'main'])).toBe(
      'octo 2026-01-02T03:04:05+00:00 First commit',
    );
  });

  it('a repository copies its branches and tags and keeps its own default branch', async () => {
    const source = await repository('source', 'trunk');
    await git(source, ['branch', 'topic']);
    await git(source, ['tag', 'v1']);
    const bare = join(folder, 'source.git');
    expect(await host(source, bare, author)).toBe('trunk');
    expect((await listRefs(bare)).map(({ name }) => name)).toEqual([
      'refs/heads/topic',
      'refs/heads/trunk',
      'refs/tags/v1',
    ]);
    expect(await git(bare, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/trunk');
  });

  it('a detached checkout gets a main branch', async () => {
    const source = await repository('detached', 'main');
    const sha = await commit(source, 'x').catch(() => git(source, ['rev-parse', 'HEAD']));
    await git(source, ['checkout', '--quiet', '--detach']);
    await git(source, ['branch', '-D', 'main']);
    const bare = join(folder, 'detached.git');
    expect(await host(source, bare, author)).toBe('main');
    expect(await git(bare, ['rev-parse', 'main'])).toBe(sha);
  });

  it('says what is wrong with a folder that cannot be hosted', async () => {
    await expect(host(join(folder, 'nowhere'), join(folder, 'x.git'), author)).rejects.toThrow(/is no folder/);
    await writeFiles(join(folder, 'empty'), { 'a.txt': 'x' });
    await git(join(folder, 'empty'), ['init', '--quiet']);
    await expect(host(join(folder, 'empty'), join(folder, 'y.git'), author)).rejects.toThrow(/has no commit yet/);
  });
});

describe('what two commits differ in', () => {
  it('is told as GitHub tells it: renames, modes, binary files, names with spaces and umlauts', async () => {
    const source = await repository('diffs', 'main');
    await writeFiles(source, { 'gone.txt': 'x\n', 'größe 1.txt': 'a\n', 'bin.dat': 'a\0b', 'mode.sh': 'x\n' });
    const before = await commit(source, 'Before');
    await rename(join(source, 'a.txt'), join(source, 'moved.txt'));
    await writeFiles(source, {
      'größe 1.txt': 'b\n',
      'bin.dat': 'c\0d',
      'moved.txt': 'one\ntwo\nthree\n4\n',
      'no-end.txt': 'x',
    });
    await rm(join(source, 'gone.txt'));
    await chmod(join(source, 'mode.sh'), 0o755);
    const after = await commit(source, 'After');
    const files = await diffFiles(source, before, after);
    const brief = files.map(({ path, status, additions, deletions, previousPath, patch }) => ({
      path,
      status,
      additions,
      deletions,
      previousPath,
      patch,
    }));
    const plain = { previousPath: null, patch: null, additions: 0, deletions: 0 };
    expect(brief).toEqual([
      { ...plain, path: 'bin.dat', status: 'modified' },
      { ...plain, path: 'gone.txt', status: 'removed', deletions: 1, patch: '@@ -1 +0,0 @@\n-x' },
      { ...plain, path: 'größe 1.txt', status: 'modified', additions: 1, deletions: 1, patch: '@@ -1 +1 @@\n-a\n+b' },
      { ...plain, path: 'mode.sh', status: 'modified' },
      {
        path: 'moved.txt',
        status: 'renamed',
        additions: 1,
        deletions: 1,
        previousPath: 'a.txt',
        patch: '@@ -1,4 +1,4 @@\n one\n two\n three\n-four\n+4',
      },
      {
        ...plain,
        path: 'no-end.txt',
        status: 'added',
        additions: 1,
        patch: '@@ -0,0 +1 @@\n+x\n\\ No newline at end of file',
      },
    ]);
  });
});

describe('reading objects', () => {
  it('answers many questions at once, each with its own object', async () => {
    const source = await repository('objects', 'main');
    const big = 'x'.repeat(300_000);
    await writeFiles(source, { 'big.txt': big, 'b.txt': 'bee\n' });
    const sha = await commit(source, 'Objects');
    const objects = new ObjectReader(source);
    try {
      const [large, missing, small, found] = await Promise.all([
        objects.read('HEAD:big.txt'),
        objects.read('HEAD:gone.txt'),
        objects.read('HEAD:b.txt'),
        readCommit(objects, sha),
      ]);
      expect(large?.content.toString()).toBe(big);
      expect(missing).toBeNull();
      expect(small?.content.toString()).toBe('bee\n');
      expect(found).toMatchObject({ sha, message: 'Objects', parents: [expect.any(String)] });
    } finally {
      objects.close();
    }
  });

  it('resolves branches, tags and SHAs, and none of git’s operators', async () => {
    const source = await repository('revisions', 'main');
    const sha = await git(source, ['rev-parse', 'HEAD']);
    await git(source, ['tag', '-m', 'annotated', 'v1'], { env: identity });
    const objects = new ObjectReader(source);
    try {
      for (const name of ['main', 'v1', 'refs/heads/main', 'heads/main', sha, sha.slice(0, 8), 'HEAD'])
        expect(await resolveRevision(objects, name)).toBe(sha);
      for (const name of ['main~0', 'main^0', '@{0}', 'main:a.txt', 'a..b', '', 'none', '-x', ':/First'])
        expect(await resolveRevision(objects, name)).toBeNull();
    } finally {
      objects.close();
    }
  });
});
