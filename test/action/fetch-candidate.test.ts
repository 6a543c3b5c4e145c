// Candidates on a real git server: fetched as data with a token, and refused when they are not what they have to be.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchCandidate } from '../../action/src/fetch-candidate.ts';
import {
  type CandidateRepository,
  FIX,
  makeCandidateRepository,
  NEW_TEST,
  writeFiles,
} from './candidate-repository.ts';
import { type GitServer, startGitServer } from './git-server.ts';

describe('a candidate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'self-heal-fetch-'));
  let repository: CandidateRepository;
  let server: GitServer;
  let count = 0;

  beforeAll(async () => {
    repository = makeCandidateRepository(folder);
    server = await startGitServer(repository.served, 'the-token');
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetch = async (candidate: string, token = 'the-token') => (await whole(candidate, { token })).files;
  const whole = (candidate: string, more: { token?: string; told?: string[]; tests?: string[] } = {}) => {
    count += 1;
    const gitFolder = join(folder, `fetched-${count}.git`);
    return fetchCandidate({
      base: repository.base,
      candidate,
      repositoryUrl: `${server.url}/owner/name`,
      token: 'the-token',
      told: [],
      tests: [],
      gitFolder,
      ...more,
    });
  };

  it('comes as the bytes of its files', async () => {
    const files = await fetch(repository.candidate((at) => writeFiles(at, { ...FIX, ...NEW_TEST })));
    expect(files.map(({ path, executable }) => [path, executable])).toEqual([
      ['ratio.js', false],
      ['test/zero.test.js', false],
    ]);
    expect(files[0]?.content?.toString()).toBe(FIX['ratio.js']);
  });

  it('keeps bytes that are no text, and says what is taken away', async () => {
    const files = await fetch(
      repository.candidate((at) => {
        writeFiles(at, { 'data.bin': '\r\n\0\r\n' });
        rmSync(join(at, 'run.sh'));
      }),
    );
    expect(files).toEqual([
      { path: 'data.bin', content: Buffer.from('\r\n\0\r\n'), executable: false },
      { path: 'run.sh', content: null, executable: false },
    ]);
  });

  it('has the ids that git gives to the trees that run', async () => {
    const candidate = repository.candidate((at) => {
      writeFiles(at, { ...FIX, ...NEW_TEST });
      rmSync(join(at, 'test/ratio.test.js'));
    });
    const onlyTests = repository.candidate((at) => {
      writeFiles(at, NEW_TEST);
      rmSync(join(at, 'test/ratio.test.js'));
    });
    const { trees } = await whole(candidate, { tests: ['test/zero.test.js', 'test/ratio.test.js'] });
    const treeOf = (commit: string) =>
      execFileSync('git', ['rev-parse', `${commit}^{tree}`], {
        cwd: join(repository.served, 'owner/name.git'),
        encoding: 'utf8',
      }).trim();
    expect(trees).toEqual({
      base: treeOf(repository.base),
      testOnly: treeOf(onlyTests),
      candidate: treeOf(candidate),
    });
    expect((await whole(candidate)).trees.testOnly).toBe(trees.base);
  });

  it('that changes other files than the incident names is refused', async () => {
    const candidate = repository.candidate((at) => writeFiles(at, { ...FIX, ...NEW_TEST }));
    await expect(whole(candidate, { told: ['ratio.js'] })).rejects.toThrow(/does not name: "test\/zero\.test\.js"/);
    const more = ['ratio.js', 'test/zero.test.js', 'run.sh'];
    await expect(whole(candidate, { told: more })).rejects.toThrow(/does not change files .*"run\.sh"/);
    expect((await whole(candidate, { told: more.slice(0, 2) })).files).toHaveLength(2);
  });

  it.each<[string, (at: string) => void, RegExp]>([
    ['a symbolic link', (at) => symlinkSync('/etc/passwd', join(at, 'link')), /"link" is a symbolic link/],
    ['a changed mode', (at) => chmodSync(join(at, 'ratio.js'), 0o755), /"ratio.js" changes its mode/],
    ['a workflow', (at) => writeFiles(at, { '.github/workflows/x.yml': 'on: push' }), /GitHub's own files/],
    ['attributes', (at) => writeFiles(at, { '.gitattributes': '* filter=x' }), /git's or GitHub's own files/],
    ['nothing', () => undefined, /changes no file/],
    [
      'a file above the limit',
      (at) => writeFiles(at, { big: 'x'.repeat(6 * 1024 * 1024) }),
      /"big" could not be read \(limit 5 MB\)/,
    ],
  ])('with %s is refused', async (_what, change, message) => {
    await expect(fetch(repository.candidate(change))).rejects.toThrow(message);
  });

  it('with two parents, or not right on top of base, is refused', async () => {
    const change = (at: string) => writeFiles(at, FIX);
    await expect(fetch(repository.candidate(change, { merge: true }))).rejects.toThrow(
      /must be one commit on top of base/,
    );
    await expect(fetch(repository.candidate(change, { twice: true }))).rejects.toThrow(
      /must be one commit on top of base/,
    );
    await expect(fetch(repository.base)).rejects.toThrow(/it has no parent/);
  });

  it('is not fetched without the right token, and the token is in no file and no message', async () => {
    const candidate = repository.candidate((at) => writeFiles(at, FIX));
    const failure = await fetch(candidate, 'wrong-token').catch(String);
    expect(failure).toMatch(/could not be fetched .*contents: read/s);
    expect(failure).not.toContain('wrong-token');
    await fetch(candidate);
    const secret = Buffer.from('x-access-token:the-token').toString('base64');
    const found = execFileSync('sh', ['-c', `grep -rlE 'the-token|${secret}' . || true`], {
      cwd: join(folder, `fetched-${count}.git`),
    });
    expect(found.toString()).toBe('');
  });

  it('that is not on the server is an error that says so', async () => {
    await expect(fetch('d'.repeat(40))).rejects.toThrow(/dddd could not be fetched/);
  });

  it('starts no hook of the machine', async () => {
    const hooks = join(folder, 'template/hooks');
    writeFiles(hooks, { 'reference-transaction': `#!/bin/sh\ntouch ${folder}/hook-ran\n` });
    chmodSync(join(hooks, 'reference-transaction'), 0o755);
    process.env.GIT_TEMPLATE_DIR = join(folder, 'template');
    try {
      await fetch(repository.candidate((at) => writeFiles(at, FIX)));
    } finally {
      delete process.env.GIT_TEMPLATE_DIR;
    }
    expect(existsSync(join(folder, 'hook-ran'))).toBe(false);
  });
});
