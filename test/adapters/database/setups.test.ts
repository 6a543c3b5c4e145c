import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/adapters/database/store.ts';
import { type Setup, setupKey } from '../../../src/incident/setup.ts';
import { eventually } from './eventually.ts';
import { delivery } from './moves.ts';
import { type Place, places } from './places.ts';
import { freshId } from './sample-incident.ts';

const hour = 3_600_000;

describe.each(places)('set-ups in the database, $kind', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  const looked: string[] = [];
  const handlers = new Map<string, () => Promise<void>>();
  const timesLookedAt = (key: string) => looked.filter((one) => one === key).length;

  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
    await store.workOnSetups(async ({ repository }) => {
      looked.push(repository);
      await handlers.get(repository)?.();
    });
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });

  const fresh = (changes: object = {}) => ({
    ...{ owner: 'Acme', name: `Shop-${freshId()}`, installationId: 7, private: true },
    ...changes,
  });
  const known = async (key: string): Promise<Setup> => {
    const setup = await store.loadSetup(key);
    if (!setup) throw new Error(`no set-up of ${key}`);
    return setup;
  };
  const installed = async (changes: object = {}) => {
    const repository = fresh(changes);
    await store.installed(delivery('installation'), [repository], 0);
    const key = setupKey(repository);
    await eventually(() => timesLookedAt(key) === 1);
    return { repository, key };
  };
  const saved = async (key: string, changes: Partial<Setup>, lookAgainAt: Date | null = null) => {
    const before = await known(key);
    expect(await store.saveSetup({ ...before, revision: before.revision + 1, ...changes }, lookAgainAt)).toBe(true);
  };

  it('are begun once a delivery, and looked at', async () => {
    const repository = fresh();
    const told = delivery('installation');
    expect(await store.installed(told, [repository, { ...repository, owner: 'ACME' }], 0)).toBe(1);
    const key = setupKey(repository);
    await eventually(() => timesLookedAt(key) === 1);
    expect(await known(key)).toMatchObject({ state: 'due', revision: 0, repository: { name: repository.name } });
    expect(await store.installed(told, [repository], 0)).toBe(0);
    expect(await store.knownDeliveries([told.id])).toEqual(new Set([told.id]));
    expect(await store.loadSetup('acme/nowhere')).toBeUndefined();
  });

  it('of a large organisation are spread over time', async () => {
    const repositories = Array.from({ length: 40 }, () => fresh());
    expect(await store.installed(delivery('installation'), repositories, hour)).toBe(40);
    const [first, second, ...others] = repositories.map(setupKey);
    await eventually(() => timesLookedAt(first ?? '') === 1);
    expect([second, ...others].filter((key) => timesLookedAt(key ?? '') > 0)).toEqual([]);
    await saved(second ?? '', { state: 'open' });
    // What happens there meanwhile brings it forward.
    expect(await store.setupNews(second ?? '', { kind: 'workflows-changed' })).toBe(true);
    await eventually(() => timesLookedAt(second ?? '') === 1);
  });

  it('keep what a look found out, unless something came in between', async () => {
    const { key } = await installed();
    const issue = { number: 3, url: 'https://github.example/3' };
    const before = await known(key);
    const found = { ...before, revision: 1, state: 'open' as const, issue };
    expect(await store.saveSetup(found, null)).toBe(true);
    expect(await store.saveSetup({ ...before, revision: 1, state: 'skipped' }, null)).toBe(false);
    expect(await known(key)).toEqual(found);
  });

  it('are looked at again when their time comes, or when there is news of them', async () => {
    const { key } = await installed();
    await saved(key, { state: 'open', issue: { number: 3, url: 'u' } }, new Date());
    await eventually(() => timesLookedAt(key) === 2);
    expect(await store.setupNews(key, { kind: 'issue-moved', number: 4 })).toBe(false);
    expect(await store.setupNews('acme/elsewhere', { kind: 'validated' })).toBe(false);
    expect(await store.setupNews(key, { kind: 'validated' })).toBe(true);
    await eventually(() => timesLookedAt(key) === 3);
    await saved(key, { state: 'declined' });
    expect(await store.setupNews(key, { kind: 'workflows-changed' })).toBe(false);
  });

  it('end with the installation, and only with their own', async () => {
    const mine = await installed({ installationId: 71 });
    const other = await installed({ installationId: 72 });
    await saved(other.key, { state: 'open', issue: { number: 3, url: 'u' } });
    expect(await store.removed(delivery('installation'), 71, 'all')).toBe(1);
    expect(await known(mine.key)).toMatchObject({ state: 'removed' });
    expect(await store.removed(delivery('installation_repositories'), 72, [mine.key])).toBe(0);
    expect(await store.removed(delivery('installation_repositories'), 72, [])).toBe(0);
    expect(await store.removed(delivery('installation_repositories'), 72, [other.key])).toBe(1);

    await store.installed(delivery('installation'), [{ ...other.repository, installationId: 73 }], 0);
    expect(await known(other.key)).toMatchObject({
      ...{ state: 'due', issue: { number: 3 }, repository: { installationId: 73 } },
    });
  });

  it('that are over stay over when the App is installed again', async () => {
    const { key, repository } = await installed();
    await saved(key, { state: 'declined' });
    expect(await store.installed(delivery('installation'), [{ ...repository, installationId: 8 }], 0)).toBe(0);
    expect(await known(key)).toMatchObject({ state: 'declined', repository: { installationId: 8 } });
  });

  it('come back when the look throws', async () => {
    const repository = fresh();
    const key = setupKey(repository);
    handlers.set(key, async () => {
      if (timesLookedAt(key) === 1) throw new Error('the database was away');
    });
    await store.installed(delivery('installation'), [repository], 0);
    await eventually(() => timesLookedAt(key) === 2);
  });

  it('let one incident say that the workflow is missing, and the others only where the issue is', async () => {
    const repository = { ...fresh(), defaultBranch: 'main' };
    const key = setupKey(repository);
    const [first, second] = [freshId(), freshId()];
    const asked = (id: string) => store.withoutWorkflow({ id, repository });
    expect(await asked(first)).toEqual({ kind: 'unsaid' });
    expect(await asked(first)).toEqual({ kind: 'unsaid' });
    expect(await asked(second)).toEqual({ kind: 'said' });
    // An App that was installed before there were set-ups begins this one now.
    await eventually(() => timesLookedAt(key) === 1);
    await saved(key, { state: 'open', issue: { number: 12, url: 'u' } });
    expect(await asked(second)).toEqual({ kind: 'issue', number: 12 });
    await saved(key, { state: 'declined' });
    expect(await asked(second)).toEqual({ kind: 'said' });
  });

  it('take a thousand repositories at once', async () => {
    const repositories = Array.from({ length: 1_000 }, () => fresh());
    expect(await store.installed(delivery('installation'), repositories, hour)).toBe(1_000);
    expect(await known(setupKey(repositories.at(-1) ?? fresh()))).toMatchObject({ state: 'due' });
  });
});
