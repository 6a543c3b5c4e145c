import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { z } from 'zod';
import { title } from '../../../src/text/outbound.ts';
import { asCommitMessage } from '../../../src/text/outbound-kinds.ts';
import { api, github, mints, sha } from './scene.ts';

beforeEach(() => {
  mints();
});

const Sent = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });
const sent: z.infer<typeof Sent>[] = [];
beforeEach(() => {
  sent.splice(0);
});
const answered = (answer: object, status = 200) =>
  nock(api)
    .post('/graphql', (body) => {
      sent.push(Sent.parse(body));
      return true;
    })
    .reply(status, answer);
const stands = (changes: object = {}) =>
  answered({
    data: {
      repository: {
        pullRequest: { id: 'PR_8', state: 'OPEN', headRefOid: sha('e'), autoMergeRequest: null, ...changes },
      },
    },
  });
const said = (message: string, type = 'UNPROCESSABLE') =>
  answered({ data: { enablePullRequestAutoMerge: null }, errors: [{ type, message }] });
const wish = { headSha: sha('e'), method: 'squash' } as const;
const enabled = { enabledAt: '2026-03-02T09:00:00Z' };
const done = { data: { enablePullRequestAutoMerge: { clientMutationId: null } } };

describe('enabling auto-merge', () => {
  it('names the pull request, its head, the method and the message', async () => {
    stands();
    answered(done);
    const message = { headline: title`fix: it (#${8})`, body: asCommitMessage('Because.') };
    expect(await github().enableAutoMerge(8, { ...wish, message })).toEqual({ kind: 'enabled' });
    expect(sent[0]?.variables).toEqual({ owner: 'acme', repo: 'shop', number: 8 });
    expect(sent[1]?.variables).toEqual({
      input: {
        ...{ pullRequestId: 'PR_8', expectedHeadOid: sha('e'), mergeMethod: 'SQUASH' },
        ...{ commitHeadline: 'fix: it (#8)', commitBody: 'Because.' },
      },
    });
  });

  it('does nothing where it is enabled already', async () => {
    stands({ autoMergeRequest: enabled });
    expect(await github().enableAutoMerge(8, wish)).toEqual({ kind: 'enabled' });
  });

  it.each([
    ['another head', { headRefOid: sha('f') }],
    ['a closed one', { state: 'CLOSED' }],
  ])('asks nothing of %s', async (_, changes) => {
    stands(changes);
    expect(await github().enableAutoMerge(8, wish)).toMatchObject({ kind: 'refused', why: 'moved' });
  });

  it('asks nothing of one that is gone', async () => {
    const message = 'Could not resolve to a PullRequest with the number of 8.';
    answered({ data: { repository: { pullRequest: null } }, errors: [{ type: 'NOT_FOUND', message }] });
    expect(await github().enableAutoMerge(8, wish)).toMatchObject({
      why: 'moved',
      said: expect.stringContaining('gone'),
    });
  });

  it.each([
    ['Auto merge is not allowed for this repository', 'not-allowed'],
    ['Pull request Auto merge is not allowed for this repository', 'not-allowed'],
    ['Pull request Protected branch rules not configured for this branch', 'no-rules'],
    ['["Pull request Pull request is in clean status"]', 'nothing-required'],
    ['Pull request Pull request is in unstable status', 'nothing-required'],
    ["Head sha didn't match expected head sha", 'moved'],
    ['Merge method squash merging is not allowed on this repository', 'method'],
    ['Merge commits are not allowed on this repository.', 'method'],
    ['Something that nobody has seen before', 'other'],
  ])('is refused by "%s": %s', async (message, why) => {
    stands();
    said(message);
    const answer = await github().enableAutoMerge(8, wish);
    expect(answer).toMatchObject({ kind: 'refused', why });
    expect(JSON.stringify(answer)).not.toMatch(/\[\\"|Pull request Pull request/);
  });

  it('is refused where the token may not', async () => {
    stands();
    said('Resource not accessible by integration', 'FORBIDDEN');
    expect(await github().enableAutoMerge(8, wish)).toMatchObject({ kind: 'refused', why: 'forbidden' });
  });

  it('is tried again later where GitHub does not decide', async () => {
    stands();
    answered({ message: 'Bad gateway' }, 502).persist();
    await expect(github().enableAutoMerge(8, wish)).rejects.toMatchObject({ code: 'github-unavailable' });
    nock.cleanAll();
  });

  it('says so where the answer is another one', async () => {
    answered({ data: { repository: { pullRequest: { id: 'PR_8' } } } });
    await expect(github().enableAutoMerge(8, wish)).rejects.toMatchObject({ code: 'github-answer-unreadable' });
  });
});

describe('disabling auto-merge', () => {
  it('asks only where it is enabled', async () => {
    stands();
    expect(await github().disableAutoMerge(8)).toBe(false);
    mints();
    stands({ autoMergeRequest: enabled });
    answered({ data: { disablePullRequestAutoMerge: { clientMutationId: null } } });
    expect(await github().disableAutoMerge(8)).toBe(true);
    expect(sent.at(-1)?.variables).toEqual({ input: { pullRequestId: 'PR_8' } });
  });

  it('came too late where it is merged', async () => {
    stands({ autoMergeRequest: enabled });
    said("Can't disable auto-merge for this pull request.");
    stands({ autoMergeRequest: enabled, state: 'MERGED' });
    expect(await github().disableAutoMerge(8)).toBe(false);
  });

  it('is an error where it stays enabled: the pull request would be merged', async () => {
    stands({ autoMergeRequest: enabled });
    said("Can't disable auto-merge for this pull request.");
    stands({ autoMergeRequest: enabled });
    await expect(github().disableAutoMerge(8)).rejects.toMatchObject({ code: 'github-unavailable' });
  });
});
