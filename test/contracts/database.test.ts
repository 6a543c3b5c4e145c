// One contract, held by both databases: what is kept, and what is given back.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Store } from '../../src/adapters/database/store.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Move } from '../../src/incident/lifecycle.ts';
import { wakeKey } from '../../src/incident/wake-keys.ts';
import { closing, delivery, waiting } from '../adapters/database/moves.ts';
import { type Place, places } from '../adapters/database/places.ts';
import { freshId, sampleEvidence, sampleIncident } from '../adapters/database/sample-incident.ts';

describe.each(places)('the database, $kind', ({ kind, newPlace }) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });

  const opened = async (changes: Partial<Incident> = {}) => {
    const incident = sampleIncident(changes);
    expect(await store.receive(delivery(), incident)).toEqual({ kind: 'opened', incidentId: incident.id });
    return incident;
  };
  const saveAll = async (moves: readonly Move[]) => {
    for (const move of moves) expect(await store.save(move)).toBe(true);
    const last = moves.at(-1);
    if (!last) throw new Error('no moves');
    return last.incident;
  };

  it('says what it is, and that it is well', async () => {
    expect(store.kind).toBe(kind);
    expect(await store.health()).toEqual({ ok: true, kind });
  });

  it('opens an incident, and gives it back as it was', async () => {
    const incident = await opened();
    expect(await store.load(incident.id)).toEqual(incident);
    expect(await store.load(freshId())).toBeUndefined();
    expect(await store.load('no\0id')).toBeUndefined();
  });

  it('takes a delivery once', async () => {
    const first = delivery();
    const incident = sampleIncident();
    expect((await store.receive(first, incident)).kind).toBe('opened');
    expect(await store.receive(first, sampleIncident())).toEqual({ kind: 'delivered-before' });
    expect(await store.knownDeliveries([first.id, 'unknown'])).toEqual(new Set([first.id]));
    expect(await store.knownDeliveries([])).toEqual(new Set());
  });

  it('opens one incident for many deliveries of one failure that come at once, and notes the others', async () => {
    const repository = sampleIncident().repository;
    const same = { repository, fingerprint: 'the same failure' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.receive(delivery(), sampleIncident(same))));
    expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    const ids = new Set(answers.map((answer) => ('incidentId' in answer ? answer.incidentId : 'none')));
    expect(ids.size).toBe(1);
    const [open, ...others] = await store.incidents({ repository: `acme/${repository.name}`, open: true, limit: 10 });
    expect(others).toEqual([]);
    expect(open?.timeline.filter((entry) => entry.kind === 'seen')).toHaveLength(7);
  });

  it('keeps a bounded number of sightings, and none of them is lost to a step that runs meanwhile', async () => {
    const incident = await opened();
    for (let seen = 0; seen < 25; seen += 1)
      await store.receive(
        { ...delivery(), id: `${incident.id}-${seen}` },
        sampleIncident({ ...incident, id: freshId() }),
      );
    expect(await store.save(waiting(incident, 60_000))).toBe(true);
    const timeline = (await store.load(incident.id))?.timeline ?? [];
    expect(timeline[0]).toEqual(incident.timeline[0]);
    const seen = timeline.filter((entry) => entry.kind === 'seen');
    expect(seen).toHaveLength(20);
    expect(seen.at(-1)?.text).toContain(`${incident.id}-24`);
    expect(timeline.some((entry) => entry.kind === 'waits')).toBe(true);
  });

  it('opens a new incident once the old one is closed', async () => {
    const incident = await opened();
    await saveAll(closing(incident));
    const again = sampleIncident({ repository: incident.repository, fingerprint: incident.fingerprint });
    expect((await store.receive(delivery(), again)).kind).toBe('opened');
    const { repository } = incident;
    const listed = async (filter: { open?: boolean }) =>
      (await store.incidents({ ...filter, repository: `${repository.owner}/${repository.name}`, limit: 10 })).map(
        ({ id }) => id,
      );
    expect(await listed({ open: true })).toEqual([again.id]);
    expect(await listed({ open: false })).toEqual([incident.id]);
    expect((await listed({})).toSorted()).toEqual([again.id, incident.id].toSorted());
  });

  it('saves one of several moves from the same revision, and nothing of the others', async () => {
    const incident = await opened();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => store.save(waiting(incident, 60_000, { stopDetail: `number ${n}` }))),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    const winner = answers.indexOf(true) + 1;
    expect((await store.load(incident.id))?.stopDetail).toBe(`number ${winner}`);
    expect(await store.save(waiting(sampleIncident()))).toBe(false);
  });

  it('gives a name to one of several incidents that ask for it at once, and lets the others look again', async () => {
    const { repository } = sampleIncident();
    const incidents = [await opened({ repository }), await opened({ repository }), await opened({ repository })];
    const fingerprint = 'the failure that all of them found';
    const answers = await Promise.allSettled(
      incidents.map((incident) => store.save(waiting(incident, 60_000, { fingerprint }))),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'record-moved-on' });
    const named = await Promise.all(incidents.map(({ id }) => store.load(id)));
    expect(named.filter((incident) => incident?.fingerprint === fingerprint)).toHaveLength(1);
  });

  it('saves the record and its job together or not at all', async () => {
    const incident = await opened();
    const move = waiting(incident);
    await expect(
      store.save({ ...move, job: { incidentId: 'no\0id', revision: 1, runAt: new Date() } }),
    ).rejects.toThrow();
    expect(await store.load(incident.id)).toEqual(incident);
    expect(await store.save(move)).toBe(true);
  });

  it('forgets a delivery whose incident it could not keep', async () => {
    const refused = delivery();
    const { repository } = sampleIncident();
    const broken = sampleIncident({ repository: { ...repository, name: 'no\0name' } });
    // Without the statement and its values, which are as long as the record.
    const refusal = { message: expect.not.stringContaining(broken.fingerprint) };
    await expect(store.receive(refused, broken)).rejects.toMatchObject(refusal);
    expect(await store.knownDeliveries([refused.id])).toEqual(new Set());
    expect((await store.receive(refused, sampleIncident())).kind).toBe('opened');
  });

  it('listens for what the case file names by now, and no longer for what it named before', async () => {
    const incident = await opened();
    const validation = { attempt: 1, runUrl: 'https://github.example/run', dispatchedAt: new Date().toISOString() };
    const dispatched = (from: Incident, runId: number) =>
      waiting(from, 3_600_000, { caseFile: { ...incident.caseFile, validation: { ...validation, runId } } });
    const first = dispatched(incident, 41);
    const second = dispatched(first.incident, 42);
    await saveAll([first, second]);
    expect(await store.wake(delivery(), [wakeKey.run(incident.repository, 41)])).toEqual([]);
    expect(await store.wake(delivery(), [wakeKey.run(incident.repository, 42)])).toEqual([incident.id]);
  });

  it('knows a step that was begun before', async () => {
    const incident = await opened();
    expect(await store.begin(incident.id, 0)).toBe(false);
    expect(await store.begin(incident.id, 0)).toBe(true);
    const move = waiting(incident, 60_000);
    await store.save(move);
    expect(await store.begin(incident.id, 1)).toBe(false);
  });

  it('names an unreadable record and goes on with the others', async () => {
    const repository = { ...sampleIncident().repository, name: freshId() };
    const [good, bad] = [await opened({ repository }), await opened({ repository })];
    await store.save(waiting(bad, 60_000, { attempt: 0 }));
    await expect(store.load(bad.id)).rejects.toMatchObject({
      code: 'record-unreadable',
      message: expect.stringMatching(new RegExp(`${bad.id}.*attempt`)),
    });
    const listed = await store.incidents({ repository: `Acme/${repository.name}`, limit: 10 });
    expect(listed.map(({ id }) => id)).toEqual([good.id]);
    const again = sampleIncident({ repository, fingerprint: bad.fingerprint });
    expect(await store.receive(delivery(), again)).toEqual({ kind: 'known', incidentId: bad.id });
  });

  it('keeps any text as it is', async () => {
    const anyText = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.constantFrom('\0', '\uE000', '\uD83D', '\uDE00', '\\u0000', '\uE0000000'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const incident = sampleIncident();
        const trigger = {
          kind: 'issue',
          number: 1,
          title: text,
          body: text,
          author: 'a',
          labelledBy: 'b',
          url: 'u',
        } as const;
        const told: Incident = { ...incident, state: 'closed', caseFile: { ...incident.caseFile, trigger } };
        await store.receive(delivery(), told);
        expect(await store.load(incident.id)).toEqual(told);
      }),
      { numRuns: 60 },
    );
  });

  it('remembers twins, earlier attempts, sightings and lessons', async () => {
    const repository = { ...sampleIncident().repository, name: `Memory-${freshId()}` };
    const failure = `failure-${freshId()}`;
    const shared = ['one more of the run', failure];
    const evidence = sampleEvidence(failure, 'the other test of its run');
    const withEvidence = async (papers: Partial<Incident['caseFile']> = {}) => {
      const incident = await opened({ repository });
      const move = waiting(incident, 60_000, { caseFile: { ...incident.caseFile, evidence, ...papers } });
      await store.save(move);
      return move.incident;
    };
    const since = new Date(Date.now() - 60_000);
    const one = await withEvidence();
    expect(await store.openTwin(one, shared)).toBeUndefined();
    const two = await withEvidence({ duplicateOf: one.id });
    expect((await store.openTwin(two, shared))?.id).toBe(one.id);
    expect(await store.openTwin({ ...two, repository: { ...repository, name: 'other' } }, shared)).toBeUndefined();
    expect(await store.openTwin(two, ['another failure'])).toBeUndefined();

    expect(await store.sightings(one.id, since)).toEqual([]);
    const closed = await saveAll(closing(two));
    expect(await store.sightings(one.id, since)).toEqual([closed.caseFile]);
    expect(await store.sightings(one.id, new Date(Date.now() + 60_000))).toEqual([]);
    expect(await store.openTwin(one, shared)).toBeUndefined();
    expect(await store.earlier(repository, shared, since)).toEqual([
      { id: two.id, stopReason: 'flaky', baseSha: evidence.baseSha, closedAt: new Date(closed.closedAt ?? '') },
    ]);
    expect(await store.earlier(repository, shared, new Date(Date.now() + 60_000))).toEqual([]);

    const lesson = (fingerprint: string, minute: number, name = repository.name) => ({
      incidentId: freshId(),
      repository: `Acme/${name}`,
      fingerprints: [fingerprint, 'its neighbour'],
      outcome: 'healed',
      rootCause: 'a division by \0',
      files: ['src/price.py'],
      closedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
    });
    const [old, same, newest, foreign] = [
      lesson('f', 1),
      lesson(failure, 2),
      lesson('f', 3),
      lesson(failure, 4, 'else'),
    ];
    for (const each of [old, same, newest, foreign]) await store.remember(each);
    expect(await store.lessons(repository, shared, 10)).toEqual([same, newest, old]);
    expect(await store.lessons(repository, shared, 1)).toEqual([same]);
    await store.remember({ ...old, outcome: 'reverted' });
    expect((await store.lessons(repository, shared, 10)).map(({ outcome }) => outcome)).toEqual([
      'healed',
      'healed',
      'reverted',
    ]);
  });
});
