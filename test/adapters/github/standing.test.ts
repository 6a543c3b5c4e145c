import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { z } from 'zod';
import { api, github, mints, sha } from './scene.ts';

beforeEach(() => {
  mints();
});

const Sent = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });
const answered = (answer: object, sent: z.infer<typeof Sent>[] = []) =>
  nock(api)
    .post('/graphql', (body) => {
      sent.push(Sent.parse(body));
      return true;
    })
    .reply(200, answer);
const ref = { target: { oid: sha('b') } };

describe('how a branch and an issue stand', () => {
  it('is one request for both', async () => {
    const sent: z.infer<typeof Sent>[] = [];
    const labels = { nodes: [{ name: 'bug' }, null, { name: 'auto-heal' }] };
    answered({ data: { repository: { ref, issue: { state: 'OPEN', labels } } } }, sent);
    const there = await github().standing('release/1', 4);
    expect(there).toEqual({ head: sha('b'), issue: { state: 'open', labels: ['bug', 'auto-heal'] } });
    expect(sent[0]?.variables).toEqual({ owner: 'acme', repo: 'shop', ref: 'refs/heads/release/1', issue: 4 });
  });

  it('asks for no issue where none is meant', async () => {
    const sent: z.infer<typeof Sent>[] = [];
    answered({ data: { repository: { ref } } }, sent);
    expect(await github().standing('main')).toEqual({ head: sha('b') });
    expect(sent[0]?.query).not.toContain('issue');
  });

  it('leaves out a branch that is gone', async () => {
    answered({ data: { repository: { ref: null, issue: { state: 'CLOSED', labels: null } } } });
    expect(await github().standing('main', 4)).toEqual({ issue: { state: 'closed', labels: [] } });
  });

  it('asks for the branch by itself where the issue is gone', async () => {
    const message = 'Could not resolve to an Issue with the number of 4.';
    answered({ data: { repository: { ref, issue: null } }, errors: [{ type: 'NOT_FOUND', message }] });
    answered({ data: { repository: { ref } } });
    expect(await github().standing('main', 4)).toEqual({ head: sha('b') });
  });

  it('says so where the answer is another one', async () => {
    answered({ data: { repository: { ref: { target: { oid: 'main' } } } } });
    await expect(github().standing('main')).rejects.toMatchObject({ code: 'github-answer-unreadable' });
  });
});
