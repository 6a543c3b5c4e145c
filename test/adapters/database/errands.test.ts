import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/adapters/database/store.ts';
import type { Trigger } from '../../../src/incident/case-file.ts';
import type { Errand } from '../../../src/incident/errand.ts';
import { newIncident } from '../../../src/incident/new-incident.ts';
import { eventually } from './eventually.ts';
import { delivery } from './moves.ts';
import { type Place, places } from './places.ts';
import { freshId, sampleEvidence } from './sample-incident.ts';

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

const at = new Date('2026-03-02T09:00:00.000Z');

describe.each(places)('errands in the database, $kind', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  const done: Errand[] = [];
  let fails = 0;

  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
    await store.workOnErrands(async (errand) => {
      done.push(errand);
      if (fails-- > 0) throw new Error('the handler is broken');
    });
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });

  const repositoryNamed = (name: string) => ({
    ...{ owner: 'Acme', name, defaultBranch: 'main', installationId: 7, private: true },
  });
  const request = (name: string, commentId = 9) => ({
    ...{ repository: repositoryNamed(name), issueNumber: 3, commentId, askedBy: 'ada' },
    run: { kind: 'last' as const },
  });
  const doneFor = (name: string) =>
    done.filter((errand) => errand.kind === 'dry-run' && errand.request.repository.name === name);

  const trigger: RunTrigger = {
    kind: 'workflow-run',
    ...{ runId: 71, runAttempt: 1, workflowName: 'CI', workflowPath: '.github/workflows/ci.yml' },
    ...{ headSha: 'a'.repeat(40), headBranch: 'main', event: 'push', url: 'https://github.example/71' },
  };
  const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'https://github.example/#1' };
  const incidentOf = (name: string, fingerprint = `dry-run:${name}`) =>
    newIncident(
      {
        ...{ id: freshId(), fingerprint, said: 'Asked.' },
        repository: repositoryNamed(name),
        trigger: { ...trigger, dryRun },
      },
      at,
    );

  it('that a comment asks for are noted once a delivery, and done', async () => {
    const told = delivery('issue_comment');
    const name = `shop-${freshId()}`;
    expect(await store.dryRunAsked(told, request(name))).toBe(true);
    expect(await store.dryRunAsked(told, request(name))).toBe(false);
    await eventually(() => doneFor(name).length === 1);
    expect(doneFor(name)).toEqual([{ kind: 'dry-run', request: request(name), failures: 0 }]);
    expect(await store.knownDeliveries([told.id])).toEqual(new Set([told.id]));
  });

  it('come back when their handler threw', async () => {
    const name = `shop-${freshId()}`;
    fails = 1;
    await store.dryRunAsked(delivery('issue_comment'), request(name));
    await eventually(() => doneFor(name).length === 2);
  });

  it('come back when they are asked to', async () => {
    const name = `shop-${freshId()}`;
    await store.again({ kind: 'dry-run', request: request(name), failures: 3 }, at);
    await eventually(() => doneFor(name).length === 1);
    expect(doneFor(name)).toMatchObject([{ failures: 3 }]);
  });

  it('open one dry run of a run at a time, and its answer is known', async () => {
    const name = `shop-${freshId()}`;
    const [one, two] = [incidentOf(name), incidentOf(name)];
    expect((await store.openDryRun(one)).id).toBe(one.id);
    expect((await store.openDryRun(two)).id).toBe(one.id);
    expect(await store.load(two.id)).toBeUndefined();
  });

  it('of dry runs stand in no real incident’s way', async () => {
    const name = `shop-${freshId()}`;
    const dry = incidentOf(name);
    await store.openDryRun(dry);
    const failureFingerprints = [freshId()];
    const evidence = sampleEvidence(...failureFingerprints);
    const closed = {
      ...dry,
      revision: 1,
      state: 'closed' as const,
      stopReason: 'shadowed' as const,
      closedAt: at.toISOString(),
    };
    await store.save({ incident: { ...closed, caseFile: { ...dry.caseFile, evidence } }, job: null });
    const real = newIncident(
      { ...{ id: freshId(), fingerprint: 'run:x', said: 'It failed.' }, repository: repositoryNamed(name), trigger },
      at,
    );
    expect(await store.openTwin(real, failureFingerprints)).toBeUndefined();
    expect(await store.earlier(real.repository, failureFingerprints, new Date(0))).toEqual([]);
    // The run's own webhook opens a real one, and wakes no dry run.
    expect(await store.wake(delivery('workflow_run'), [`run:acme/${name}:71`])).toEqual([]);
  });

  it('tell of shadow mode: begun by its first incident, due on a Monday, saved by revision', async () => {
    const name = `shop-${freshId()}`;
    const key = `acme/${name}`;
    const first = newIncident(
      { ...{ id: freshId(), fingerprint: 'run:x', said: 'It failed.' }, repository: repositoryNamed(name), trigger },
      at,
    );
    await store.receive(delivery('workflow_run'), first);
    const caseFile = { ...first.caseFile, shadow: true as const };
    const end = { revision: 1, state: 'closed' as const, stopReason: 'shadowed' as const, closedAt: at.toISOString() };
    await store.save({ incident: { ...first, ...end, caseFile }, job: null });
    expect(await store.loadScoreboard(key)).toBeUndefined();

    await store.dueScoreboards(at);
    const board = await store.loadScoreboard(key);
    if (!board) throw new Error('no scoreboard was begun');
    expect(board).toMatchObject({ revision: 0, since: at.toISOString(), nextAt: '2026-03-09T06:00:00.000Z' });
    expect((await store.shadowed(key, new Date(0))).map(({ id }) => id)).toEqual([first.id]);
    expect(done.filter((errand) => errand.kind === 'scoreboard' && errand.repository === key)).toEqual([]);

    await store.dueScoreboards(new Date('2026-03-09T06:00:00Z'));
    await eventually(() => done.some((errand) => errand.kind === 'scoreboard' && errand.repository === key));
    expect(await store.saveScoreboard({ ...board, revision: 1, nextAt: null, issue: 4 })).toBe(true);
    expect(await store.saveScoreboard({ ...board, revision: 1 })).toBe(false);
    expect(await store.loadScoreboard(key)).toMatchObject({ revision: 1, nextAt: null, issue: 4 });
  });
});
