// One contract, held by both databases: jobs run when they are due, one at a time for an incident, and none is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/adapters/database/store.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import { wakeKeys } from '../../../src/incident/wake-keys.ts';
import { eventually } from './eventually.ts';
import { closing, delivery, waiting } from './moves.ts';
import { logged, type Place, places } from './places.ts';
import { sampleIncident } from './sample-incident.ts';

describe.each(places)('jobs, $kind', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  const handlers = new Map<string, () => Promise<void>>();
  const ran: string[] = [];
  const runs = (id: string) => ran.filter((each) => each === id).length;
  const work = (on: Store) =>
    on.work(
      async ({ incidentId }) => {
        ran.push(incidentId);
        await handlers.get(incidentId)?.();
      },
      { concurrency: 3 },
    );

  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
    await work(store);
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });

  const ranOnce = async (changes: Partial<Incident> = {}) => {
    const incident = sampleIncident(changes);
    await store.receive(delivery(), incident);
    await eventually(() => runs(incident.id) === 1);
    return incident;
  };

  it('runs a job when its time has come, not before', async () => {
    const incident = await ranOnce();
    let ranAtMs = 0;
    handlers.set(incident.id, async () => {
      ranAtMs = Date.now();
    });
    const move = waiting(incident, 300);
    const beforeMs = Date.now();
    expect(await store.save(move)).toBe(true);
    const savingTookMs = Date.now() - beforeMs;
    await eventually(() => ranAtMs > 0);
    expect(ranAtMs).toBeGreaterThanOrEqual(Number(move.job?.runAt) - savingTookMs);
  });

  it('drops a job that a later save has overtaken', async () => {
    const incident = await ranOnce();
    const asleep = waiting(incident, 300);
    expect(await store.save(asleep)).toBe(true);
    expect(await store.save(waiting(asleep.incident, 60_000))).toBe(true);
    const later = await ranOnce();
    expect(await store.save(waiting(later, 600))).toBe(true);
    await eventually(() => runs(later.id) === 2);
    expect(runs(incident.id)).toBe(1);
  });

  it('wakes the open incidents that listen to a key, once a delivery', async () => {
    const incident = await ranOnce();
    const keys = wakeKeys(incident);
    const asleep = waiting(incident, 3_600_000);
    expect(await store.save(asleep)).toBe(true);
    const hook = delivery();
    expect(await store.wake(hook, [...keys, 'run:acme/other:1'])).toEqual([incident.id]);
    await eventually(() => runs(incident.id) === 2);
    expect(await store.wake(hook, keys)).toEqual([]);
    expect(await store.wake(delivery(), ['run:acme/other:1'])).toEqual([]);
    for (const move of closing(asleep.incident)) expect(await store.save(move)).toBe(true);
    expect(await store.wake(delivery(), keys)).toEqual([]);
    expect(await store.knownDeliveries([hook.id])).toEqual(new Set([hook.id]));
  });

  it('runs one handler at a time for an incident, and loses no wake that comes while one runs', async () => {
    const incident = sampleIncident();
    let inside = 0;
    let most = 0;
    let began = 0;
    handlers.set(incident.id, async () => {
      began += 1;
      inside += 1;
      most = Math.max(most, inside);
      await sleep(30);
      inside -= 1;
    });
    await store.receive(delivery(), incident);
    for (let wake = 0; wake < 5; wake += 1) {
      await eventually(() => inside === 1);
      const before = began;
      await Promise.all([1, 2, 3].map(() => store.wake(delivery(), wakeKeys(incident))));
      await eventually(() => began > before);
    }
    await eventually(() => inside === 0);
    expect(most).toBe(1);
  });

  it('logs what a handler throws, and runs it again', async () => {
    const incident = sampleIncident();
    handlers.set(incident.id, async () => {
      if (runs(incident.id) === 1) throw new Error('NUL \0 in the text of an error');
    });
    await store.receive(delivery(), incident);
    await eventually(() => runs(incident.id) === 2);
    expect(logged.some((line) => line.includes(incident.id) && line.includes('in the text of an error'))).toBe(true);
  });

  it('lets a running step finish when it closes, and gives an open incident without a job another one when it starts', async () => {
    const lost = await ranOnce();
    const asleep = await ranOnce();
    await store.save(waiting(asleep, 3_600_000));
    const running = sampleIncident();
    let finished = false;
    handlers.set(running.id, async () => {
      await sleep(50);
      finished = (await store.load(running.id)) !== undefined;
    });
    await store.receive(delivery(), running);
    await eventually(() => runs(running.id) === 1);
    await store.close();
    expect(finished).toBe(true);

    store = await place.open();
    await work(store);
    await eventually(() => runs(lost.id) === 2);
    await ranOnce();
    expect(runs(asleep.id)).toBe(1);
    expect(await store.load(lost.id)).toEqual(lost);
  });
});
