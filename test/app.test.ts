import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Probot } from 'probot';
import { app } from '../src/app.ts';
import { type Stage, stage } from './journeys/stage.ts';
import { issueLabeled, runCompleted } from './stages/intake/deliveries.ts';

let world: Stage;
let endpoint: URL;

beforeAll(async () => {
  world = await stage({});
  await world.startApp();
  endpoint = new URL('/api/github/webhooks', world.app().url);
});
afterAll(() => world.close());

const signature = (body: string | Buffer): string =>
  `sha256=${createHmac('sha256', world.simulator.github.app.webhookSecret).update(body).digest('hex')}`;

function headersOf(event: string, body: string | Buffer): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-delivery': randomUUID(),
    'x-github-event': event,
    'x-hub-signature-256': signature(body),
  };
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
}

const post = (body: string | Buffer, headers: Record<string, string>, url: URL = endpoint): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });

const run = JSON.stringify(runCompleted());
const stored = () => world.app().store.incidents({ limit: 10 });

describe('the webhook endpoint refuses', () => {
  afterEach(async () => {
    expect(await stored()).toEqual([]);
    expect((await fetch(`${world.app().url}/healthz`)).status).toBe(200);
  });

  it.each([
    ['a wrong signature', 400, { ...headersOfLater('x-hub-signature-256', `sha256=${'0'.repeat(64)}`) }],
    ['a signature of another form', 400, { ...headersOfLater('x-hub-signature-256', 'sha1=abc') }],
    ['a content type that is not JSON', 415, { ...headersOfLater('content-type', 'text/plain') }],
    ['a form', 415, { ...headersOfLater('content-type', 'application/x-www-form-urlencoded') }],
  ])('%s with %i', async (_, status, changes) => {
    expect((await post(run, { ...headersOf('workflow_run', run), ...changes })).status).toBe(status);
  });

  it.each(['x-hub-signature-256', 'x-github-event', 'x-github-delivery'])(
    'a delivery without %s with 400',
    async (name) => {
      expect((await post(run, without(headersOf('workflow_run', run), name))).status).toBe(400);
    },
  );

  it('a signature of another body with 400', async () => {
    const headers = headersOf('workflow_run', run);
    expect((await post(run.replace('failure', 'success'), headers)).status).toBe(400);
  });

  it.each([
    ['cut off', '{"action":"completed",'],
    ['empty', ''],
    ['binary', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('a body that is %s with 400, although it is signed', async (_, body) => {
    expect((await post(body, headersOf('workflow_run', body))).status).toBe(400);
  });

  it('a body of 30 MB with 413, and reads none of it', async () => {
    const body = Buffer.alloc(30 * 1024 * 1024, 'x');
    const response = await post(body, headersOf('workflow_run', run));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: 'a body may have 26214400 bytes at most' });
  });

  it('a body that only claims to be large with 413, before it comes', async () => {
    const sending = request(endpoint, {
      method: 'POST',
      headers: { ...headersOf('workflow_run', run), 'content-length': 10 ** 12 },
    });
    sending.flushHeaders();
    expect(await statusOf(sending)).toBe(413);
  });

  it('a body without a length with 411, however long it would go on', async () => {
    const sending = request(endpoint, { method: 'POST', headers: headersOf('workflow_run', run) });
    sending.write(run);
    expect(await statusOf(sending)).toBe(411);
  });

  it.each([
    ['another path', 'POST', '/api/github/webhooks/other'],
    ['the root’s parent', 'POST', '/../../etc/passwd'],
    ['reading', 'GET', '/api/github/webhooks'],
    ['another method', 'DELETE', '/api/github/webhooks'],
  ])('%s with 404', async (_, method, path) => {
    const response = await fetch(new URL(path, endpoint), {
      method,
      headers: headersOf('workflow_run', run),
      ...(method === 'POST' ? { body: run } : {}),
    });
    expect(response.status).toBe(404);
  });
});

describe('the webhook endpoint answers 200, and stores nothing, for', () => {
  afterEach(async () => expect(await stored()).toEqual([]));

  it.each([
    ['an event that nobody hears', 'sponsorship', { action: 'created' }],
    ['an event that does not exist', 'no_such_event', {}],
    ['an action that is not ours', 'workflow_run', { ...runCompleted(), action: 'requested' }],
    ['a run that passed', 'workflow_run', runCompleted({ conclusion: 'success' })],
    ['a payload without an installation', 'workflow_run', { ...runCompleted(), installation: undefined }],
    ['a payload without anything', 'issues', { action: 'labeled' }],
    ['fields of another kind', 'workflow_run', runCompleted({ id: 'seventy-one', head_sha: {}, run_attempt: -1 })],
    ['a label that is not ours', 'issues', issueLabeled({ label: { name: 'bug' } })],
  ])('%s', async (_, event, payload) => {
    const body = JSON.stringify(payload);
    expect((await post(body, headersOf(event, body))).status).toBe(200);
  });
});

describe('a delivery that asks for a heal', () => {
  it('is on disk when it is answered, once, however often it comes', async () => {
    const headers = headersOf('workflow_run', run);
    for (const _ of [1, 2, 3]) expect((await post(run, headers)).status).toBe(200);
    expect(await stored()).toMatchObject([
      { repository: { owner: 'Acme', name: 'Pricing' }, caseFile: { trigger: { runId: 71 } } },
    ]);
    expect(await world.app().store.knownDeliveries([headers['x-github-delivery'] ?? ''])).toHaveProperty('size', 1);
  });

  it('is not taken twice: neither another body under its id, nor its body under another id', async () => {
    const other = JSON.stringify(runCompleted({ id: 72, head_branch: 'release', path: '.github/workflows/x.yml' }));
    const headers = headersOf('workflow_run', other);
    expect((await post(other, headers)).status).toBe(200);
    expect(await stored()).toHaveLength(2);
    const forged = JSON.stringify(runCompleted({ id: 73, head_branch: 'next', path: '.github/workflows/y.yml' }));
    expect((await post(forged, { ...headers, 'x-hub-signature-256': signature(forged) })).status).toBe(200);
    expect((await post(other, headersOf('workflow_run', other))).status).toBe(200);
    const incidents = await stored();
    expect(incidents).toHaveLength(2);
    expect(incidents.flatMap(({ timeline }) => timeline).filter(({ kind }) => kind === 'seen')).toEqual([]);
    expect(incidents.map(({ caseFile }) => caseFile.trigger)).not.toContainEqual(
      expect.objectContaining({ runId: 73 }),
    );
  });

  it('is answered with 500 when it cannot be stored, so that GitHub keeps it; health says why', async () => {
    const { store, url } = world.app();
    await store.close();
    const body = JSON.stringify(runCompleted({ id: 99, head_branch: 'other' }));
    expect((await post(body, headersOf('workflow_run', body))).status).toBe(500);
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toEqual({ ok: false, problem: expect.any(String) });
  });
});

function headersOfLater(name: string, value: string): Record<string, string> {
  return { [name]: value };
}

async function statusOf(sending: ReturnType<typeof request>): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(sending, 'response');
  response?.resume();
  sending.on('error', () => undefined);
  sending.destroy();
  return response?.statusCode;
}

it('does not acknowledge what is not stored in time', async () => {
  const { id: appId, privateKey, webhookSecret: secret } = world.simulator.github.app;
  const probot = new Probot({ appId, privateKey, secret, logLevel: 'fatal' });
  await probot.ready();
  const never = () => new Promise<never>(() => undefined);
  const setups = { installed: never, removed: never, setupNews: never };
  const errands = { dryRunAsked: never, policyProposed: never };
  app(probot, { registry: { receive: never, wake: never }, setups, errands, randomBytes }, () => new Date(), 50);
  const delivery = { id: 'd', name: 'workflow_run', payload: run, signature: signature(run) };
  await expect(probot.webhooks.verifyAndReceive(delivery)).rejects.toThrow('not stored within 50 ms');
});
