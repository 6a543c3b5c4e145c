import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhooks } from '@octokit/webhooks';
import type { DeliveryFaults } from '../../../simulator/github/contract.ts';
import { type Hosted, here, host } from './hosted.ts';

let hosted: Hosted;
beforeEach(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
});
afterEach(() => hosted.close());

const openIssues = async (...titles: string[]) => {
  const mona = hosted.person('mona', 'write');
  for (const title of titles) await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title });
  await hosted.simulator.github.idle();
};
const titles = () => hosted.received.map(({ payload }) => Object(payload.issue).title);
const deliveries = async (more: { status?: 'failure'; per_page?: number; cursor?: string } = {}) =>
  (await hosted.app().request('GET /app/hook/deliveries', more)).data;

describe('a delivery', () => {
  it('is signed and carries GitHub’s headers', async () => {
    await openIssues('One');
    const [delivery] = hosted.received;
    const { webhookSecret } = hosted.simulator.github.app;
    const verify = (secret: string) =>
      new Webhooks({ secret }).verify(delivery?.text ?? '', delivery?.headers['x-hub-signature-256'] ?? '');
    expect(await verify(webhookSecret)).toBe(true);
    expect(await verify('another')).toBe(false);
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-github-event': 'issues',
      'x-github-hook-installation-target-id': String(hosted.simulator.github.app.id),
    });
  });

  it('is logged with its answer, and can be sent again with the same id', async () => {
    hosted.answers.push(500);
    await openIssues('Missed', 'Heard');
    const [failed] = await deliveries({ status: 'failure' });
    expect(failed).toMatchObject({
      event: 'issues',
      action: 'opened',
      status_code: 500,
      status: 'Invalid HTTP Response: 500',
      redelivery: false,
    });
    const full = await hosted
      .app()
      .request('GET /app/hook/deliveries/{delivery_id}', { delivery_id: Number(failed?.id) });
    expect(full.data.request.payload).toMatchObject({ issue: { title: 'Missed' } });
    expect(full.data.response).toMatchObject({ payload: 'heard' });
    await hosted.app().request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(failed?.id) });
    await hosted.simulator.github.idle();
    expect(titles()).toEqual(['Missed', 'Heard', 'Missed']);
    expect(hosted.received[2]?.headers['x-github-delivery']).toBe(hosted.received[0]?.headers['x-github-delivery']);
    expect((await deliveries())[0]).toMatchObject({ guid: failed?.guid, redelivery: true, status_code: 200 });
  });

  it('that nobody answers is logged, and never sent again by itself', async () => {
    hosted.simulator.github.setAppUrl('http://127.0.0.1:1/');
    await openIssues('Lost');
    expect(await deliveries()).toMatchObject([
      { status: 'failed to connect to host', status_code: 502, event: 'issues' },
      ...Array(2).fill({ status_code: 200 }),
    ]);
  });

  it('is listed page by page with a cursor', async () => {
    await openIssues('a', 'b', 'c');
    const first = await hosted.app().request('GET /app/hook/deliveries', { per_page: 2 });
    const cursor = /cursor=([^&>]+)/.exec(first.headers.link ?? '')?.[1] ?? '';
    const second = await deliveries({ per_page: 2, cursor });
    const ids = [...first.data, ...second].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('faults', () => {
  const set = (faults: DeliveryFaults) => hosted.simulator.github.faults(faults);

  it('drop', async () => {
    set({ event: 'issues', drop: 1 });
    await openIssues('One', 'Two');
    expect(titles()).toEqual(['Two']);
  });

  it('duplicate, with one delivery id', async () => {
    set({ duplicate: 1 });
    await openIssues('One');
    expect(titles()).toEqual(['One', 'One']);
    expect(new Set(hosted.received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1);
  });

  it('reorder', async () => {
    set({ reorder: 3 });
    await openIssues('One', 'Two');
    expect(titles()).toEqual([]);
    await openIssues('Three');
    expect(titles()).toEqual(['Three', 'Two', 'One']);
  });

  it('are set over HTTP, and explained when they make no sense', async () => {
    const post = (body: unknown) =>
      fetch(`${hosted.simulator.url}/_simulator/faults`, { method: 'POST', body: JSON.stringify(body) });
    expect((await post({ drop: 1 })).status).toBe(204);
    await openIssues('One');
    expect(titles()).toEqual([]);
    const wrong = await post({ dorp: 1 });
    expect(wrong.status).toBe(422);
    expect(String(Object(await wrong.json()).message)).toContain('dorp');
  });
});

describe('events', () => {
  it('are only those the App’s manifest subscribes to', async () => {
    const manifest = join(hosted.simulator.github.gitDirectory('octo/demo'), 'app.yml');
    await writeFile(
      manifest,
      'name: Narrow\ndefault_events: [issue_comment]\ndefault_permissions: { issues: write }\n',
    );
    const narrow = await host({ 'a.txt': 'one\n' }, { appManifest: manifest });
    try {
      const mona = narrow.person('mona', 'write');
      const { data } = await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title: 'Quiet' });
      await mona.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...here,
        issue_number: data.number,
        body: 'Loud',
      });
      await narrow.simulator.github.idle();
      expect(narrow.names()).toEqual(['issue_comment.created']);
      expect((await narrow.app().request('GET /app')).data).toMatchObject({
        slug: 'narrow',
        permissions: { issues: 'write', metadata: 'read' },
      });
    } finally {
      await narrow.close();
    }
  });

  it('of a new installation come when the App first has an address', async () => {
    const late = await host({ 'a.txt': 'one\n' }, { appUrl: '' });
    try {
      expect(late.received).toEqual([]);
      const url = hosted.simulator.github.deliveries()[0]
        ? (await hosted.app().request('GET /app/hook/config')).data.url
        : '';
      hosted.received.splice(0);
      late.simulator.github.setAppUrl(url ?? '');
      await late.simulator.github.idle();
      expect(hosted.names()).toEqual(['ping', 'installation.created']);
      expect(hosted.received[1]?.payload).toMatchObject({
        installation: { account: { login: 'octo' } },
        repositories: [{ full_name: 'octo/demo' }],
      });
    } finally {
      await late.close();
    }
  });

  it('of an installation that is old do not come, but those of what is hosted later do', async () => {
    const old = await host({ 'a.txt': 'one\n' }, { appUrl: '', installedBefore: true });
    const directory = await mkdtemp(join(tmpdir(), 'later-'));
    try {
      const { url } = (await hosted.app().request('GET /app/hook/config')).data;
      hosted.received.splice(0);
      old.simulator.github.setAppUrl(url ?? '');
      await old.simulator.github.host({ directory, fullName: 'octo/later' });
      await old.simulator.github.idle();
      expect(hosted.names()).toEqual(['ping', 'installation_repositories.added']);
      expect(hosted.received[1]?.payload).toMatchObject({ repositories_added: [{ full_name: 'octo/later' }] });
    } finally {
      await old.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
