// A person's token reads, counts its requests, is sent nowhere else, and has no way to write.
import { expect, it } from '@jest/globals';
import pino from 'pino';
import { gitHubWithToken } from '../../../src/adapters/github/github-with-token.ts';
import { api, failure, shop } from './scene.ts';

const token = 'ghp_invented';
const reader = () =>
  gitHubWithToken({ owner: 'acme', name: 'shop' }, token, {
    baseUrl: api,
    log: pino({ level: 'silent' }),
    retryBaseMs: 1,
  });

it('reads with the token, and counts', async () => {
  shop(token).get('').reply(200, { default_branch: 'trunk', private: true, id: 7 });
  const github = reader();
  expect(await github.repository()).toEqual({ defaultBranch: 'trunk', private: true });
  expect(github.requests()).toBe(1);
});

it('tells a repository that the token may not see from one that cannot be had', async () => {
  shop(token).get('').reply(404, { message: 'Not Found' });
  expect(await reader().repository()).toBeUndefined();
});

it('says at once that GitHub does not know the token, without the token', async () => {
  shop(token).get('').reply(401, { message: 'Bad credentials' });
  const error = await failure(reader().repository());
  expect(error).toMatchObject({ code: 'github-unauthorized', message: expect.stringContaining('GITHUB_TOKEN') });
  expect(String(error)).not.toContain(token);
});

it('offers nothing that writes', () => {
  expect(Object.keys(reader()).sort()).toEqual(
    [
      ...['artifactFiles', 'commit', 'compare', 'files', 'filesOf', 'jobAnnotations', 'jobLog', 'jobs'],
      ...['repository', 'requests', 'run', 'runsOf', 'tree'],
    ].sort(),
  );
});
