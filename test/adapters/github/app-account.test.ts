import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import pino from 'pino';
import { type AppAccount, appAccount } from '../../../src/adapters/github/app-account.ts';
import { api, failure, keys } from './scene.ts';

const account = (): AppAccount =>
  appAccount({ appId: 7, privateKey: keys.privateKey, baseUrl: api, log: pino({ level: 'silent' }), retryBaseMs: 1 });
const asApp = () => nock(api, { reqheaders: { authorization: /^bearer eyJ/ } });

const delivery = (id: number, guid: string, statusCode: number, deliveredAt = '2026-03-02T08:00:00Z') => ({
  id,
  guid,
  delivered_at: deliveredAt,
  redelivery: false,
  duration: 0.3,
  status: 'whatever',
  status_code: statusCode,
  event: 'workflow_run',
  action: 'completed',
  installation_id: 1,
  repository_id: 1,
});
const gives = (...deliveries: unknown[]) => asApp().get('/app/hook/deliveries?per_page=100').reply(200, deliveries);
const since = new Date('2026-03-01T00:00:00Z');

describe('the App’s account', () => {
  it('says what the App is and may', async () => {
    asApp()
      .get('/app')
      .reply(200, { id: 7, slug: 'self-heal', permissions: { actions: 'write' }, events: ['issues'], owner: {} });
    expect(await account().describe()).toMatchObject({
      slug: 'self-heal',
      permissions: { actions: 'write' },
      events: ['issues'],
    });
  });

  it('is told when the key is another App’s', async () => {
    asApp().get('/app').times(4).reply(401, { message: 'A JSON web token could not be decoded' });
    expect((await failure(account().describe())).code).toBe('github-unauthorized');
  });

  it('is told when the answer is not GitHub’s', async () => {
    asApp().get('/app').reply(200, { slug: 'self-heal' });
    expect((await failure(account().describe())).code).toBe('github-answer-unreadable');
  });

  it.each([
    ['its address', 200, { url: 'https://heal.example/hooks', content_type: 'json' }, 'https://heal.example/hooks'],
    ['that it has none', 200, { content_type: 'json' }, undefined],
    ['that there is no webhook at all', 404, { message: 'Not Found' }, undefined],
  ])('says of the webhook %s', async (_, status, body, url) => {
    asApp().get('/app/hook/config').reply(status, body);
    expect(await account().webhookUrl()).toBe(url);
  });

  it('asks for one delivery again', async () => {
    const asked = asApp().post('/app/hook/deliveries/31/attempts').reply(202, {});
    await account().redeliver(31);
    expect(asked.isDone()).toBe(true);
  });
});

describe('a missed delivery', () => {
  it('is one of which no try was answered with success; its newest try is the one to ask for', async () => {
    gives(
      delivery(9, 'lost', 502),
      delivery(8, 'answered', 200),
      delivery(7, 'unreachable', 0),
      delivery(6, 'answered', 500),
      delivery(5, 'lost', 504),
      delivery(4, 'fine', 202),
    );
    const missed = await account().missedDeliveries(since);
    expect(missed.map(({ id, guid }) => [id, guid])).toEqual([
      [9, 'lost'],
      [7, 'unreachable'],
    ]);
    expect(missed[0]).toMatchObject({ event: 'workflow_run', deliveredAt: new Date('2026-03-02T08:00:00Z') });
  });

  it('is not one that is older than asked for', async () => {
    gives(delivery(2, 'new', 500, '2026-03-01T02:00:00+01:00'), delivery(1, 'old', 500, '2026-02-28T23:59:59Z'));
    expect((await account().missedDeliveries(since)).map(({ guid }) => guid)).toEqual(['new']);
  });

  it('is none where nothing was sent', async () => {
    gives();
    expect(await account().missedDeliveries(since)).toEqual([]);
  });
});
