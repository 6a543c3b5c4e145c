// PostgreSQL at the edges: several processes on one database, a server that goes away and comes back, or never was there.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { openStore, type Store } from '../../../src/adapters/database/store.ts';
import { wakeKeys } from '../../../src/incident/wake-keys.ts';
import { eventually } from './eventually.ts';
import { delivery, waiting } from './moves.ts';
import { sampleIncident } from './sample-incident.ts';
import { dropSchema, freshSchema, onServer, serverAnswers, serverUrl } from './test-server.ts';

const log = pino({ level: 'silent' });
const ifServer = serverAnswers ? describe : describe.skip;

describe('a server that is not there', () => {
  it('is told from an address that is none', async () => {
    const opening = openStore({ url: 'postgres://somebody:hu#sh@127.0.0.1/test', log });
    await expect(opening).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.not.stringContaining('hu#sh'),
    });
  });

  it('is named without the password', async () => {
    const opening = openStore({ url: 'postgres://somebody:hush@127.0.0.1:1/test', log });
    await expect(opening).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.not.stringContaining('hush'),
    });
  });
});

ifServer('several processes on one PostgreSQL', () => {
  const schema = freshSchema();
  const stores: Store[] = [];
  const open = async (url = serverUrl) => {
    const store = await openStore({ url, schema, log });
    stores.push(store);
    return store;
  };
  beforeAll(async () => {
    await Promise.all([open(), open(), open()]);
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  afterAll(() => dropSchema(schema));

  it('make the tables at once, and run one step at a time of one incident', async () => {
    const [first] = stores;
    if (!first) throw new Error('no store');
    const incident = sampleIncident();
    let inside = 0;
    let most = 0;
    let began = 0;
    for (const store of stores)
      await store.work(
        async ({ incidentId }) => {
          if (incidentId !== incident.id) return;
          began += 1;
          inside += 1;
          most = Math.max(most, inside);
          await sleep(20);
          inside -= 1;
        },
        { concurrency: 2 },
      );
    await first.receive(delivery(), incident);
    for (let wake = 0; wake < 10; wake += 1) {
      const before = began;
      await Promise.all(stores.map((store) => store.wake(delivery(), wakeKeys(incident))));
      await eventually(() => began > before);
    }
    expect(stores).toHaveLength(3);
    expect(most).toBe(1);
  });

  it('answer a redelivery that several get at once as one', async () => {
    const both = [await open(), await open()];
    const [again, incident] = [delivery(), sampleIncident()];
    const answers = await Promise.all(both.map((store) => store.receive(again, incident)));
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['delivered-before', 'opened']);
  });

  it('keep what an error says out of the database', async () => {
    const store = await open();
    const incident = sampleIncident();
    let thrown = 0;
    await store.work(
      async ({ incidentId }) => {
        if (incidentId !== incident.id) return;
        thrown += 1;
        throw new Error('token ghs_verysecret');
      },
      { concurrency: 1 },
    );
    await store.receive(delivery(), incident);
    const [job] = await eventually(async () => {
      const found = await onServer(`select state, output::text from ${schema}.job where singleton_key = $1`, [
        incident.id,
      ]);
      return thrown > 0 && found[0]?.state === 'retry' && found;
    });
    expect(job?.output).toContain('defect');
    expect(job?.output).not.toContain('verysecret');
  });

  it('keep one job for an incident, however often its wait is renewed', async () => {
    const store = await open();
    let incident = sampleIncident();
    await store.receive(delivery(), incident);
    for (let renewed = 0; renewed < 5; renewed += 1) {
      const move = waiting(incident, 3_600_000);
      expect(await store.save(move)).toBe(true);
      incident = move.incident;
    }
    const jobs = await onServer(`select data from ${schema}.job where singleton_key = $1`, [incident.id]);
    expect(jobs).toEqual([{ data: { incidentId: incident.id, revision: 5 } }]);
  });

  it('refuse a database of a newer Self-Heal', async () => {
    const store = await open();
    await store.close();
    await onServer(`insert into ${schema}.migration (version, name) values (999, 'from the future')`);
    await expect(openStore({ url: serverUrl, schema, log })).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringContaining('999'),
    });
    await onServer(`delete from ${schema}.migration where version = 999`);
  });
});

ifServer('a PostgreSQL that goes away and comes back', () => {
  const schema = freshSchema();
  const sockets = new Set<Socket>();
  const target = new URL(serverUrl);
  const proxy = createServer((client) => {
    const server = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.pipe(server).pipe(client);
  });
  let store: Store | undefined;
  afterAll(async () => {
    await store?.close();
    proxy.close();
    for (const socket of sockets) socket.destroy();
    await dropSchema(schema);
  });

  it('is reported while it is away, and the work goes on when it is back', async () => {
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { port } = address;
    const url = new URL(serverUrl);
    url.host = `127.0.0.1:${port}`;
    const ran: string[] = [];
    const opened = await openStore({ url: url.href, schema, log });
    store = opened;
    await opened.work(async ({ incidentId }) => void ran.push(incidentId), { concurrency: 1 });

    const gone = once(proxy, 'close');
    proxy.close();
    for (const socket of sockets) socket.destroy();
    await gone;
    const incident = sampleIncident();
    await expect(opened.receive(delivery(), incident)).rejects.toMatchObject({ code: 'database-unavailable' });
    expect(await opened.health()).toMatchObject({ ok: false, problem: expect.stringContaining('not available') });

    await once(proxy.listen(port, '127.0.0.1'), 'listening');
    expect((await opened.receive(delivery(), incident)).kind).toBe('opened');
    await eventually(() => ran.includes(incident.id));
  });
});
