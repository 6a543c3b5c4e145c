import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/adapters/database/store.ts';
import type { Errand } from '../../../src/incident/errand.ts';
import type { ProposedPolicy } from '../../../src/incident/proposed-policy.ts';
import { sha } from '../../incident/sample.ts';
import { eventually } from './eventually.ts';
import { delivery } from './moves.ts';
import { type Place, places } from './places.ts';

const soon = (): Date => new Date(Date.now() - 1);

describe.each(places)('proposed policies in the database, $kind', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  const seen: string[] = [];
  const handlers = new Map<number | undefined, (errand: Errand) => Promise<void>>();

  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
    await store.workOnErrands(async (errand) => {
      if (errand.kind !== 'policy-check') {
        seen.push(errand.kind);
        return;
      }
      const { sha: at, pull } = errand.request;
      seen.push(`${pull?.number ?? 'main'} ${at.slice(0, 1)}`);
      await handlers.get(pull?.number)?.(errand);
    });
  });
  afterAll(async () => {
    await store?.close();
    await place?.remove();
  });

  const repository = { owner: 'Acme', name: 'Shop', defaultBranch: 'main', installationId: 7, private: true };
  const onMain = (at: string): ProposedPolicy => ({ repository, sha: sha(at) });
  const inPull = (number: number, at: string): ProposedPolicy => ({
    ...onMain(at),
    pull: { number, baseSha: sha('b'), mayBeAnswered: false },
  });
  const proposed = (request: ProposedPolicy) => store.policyProposed(delivery('pull_request'), request);

  it('are looked at once a delivery, and known by it', async () => {
    const told = delivery('push');
    expect(await store.policyProposed(told, onMain('a'))).toBe(true);
    expect(await store.policyProposed(told, onMain('c'))).toBe(false);
    expect(await store.knownDeliveries([told.id])).toEqual(new Set([told.id]));
    await eventually(() => seen.includes('main a'));
  });

  it('are looked at one after the other, and a newer one takes the place of one that waits', async () => {
    const gate = Promise.withResolvers<void>();
    handlers.set(1, () => gate.promise);
    await proposed(inPull(1, 'a'));
    await eventually(() => seen.includes('1 a'));
    for (const request of [inPull(2, 'c'), inPull(3, 'd'), inPull(2, 'e'), inPull(2, 'f')]) await proposed(request);
    expect(seen.filter((one) => !one.startsWith('main') && one !== '1 a')).toEqual([]);
    gate.resolve();
    await eventually(() => seen.includes('2 f') && seen.includes('3 d'));
    expect(seen.filter((one) => one.startsWith('2'))).toEqual(['2 f']);
  });

  it('let the command of somebody who waits for an answer pass', async () => {
    const gate = Promise.withResolvers<void>();
    handlers.set(6, () => gate.promise);
    await proposed(inPull(6, 'a'));
    await eventually(() => seen.includes('6 a'));
    await proposed(inPull(7, 'a'));
    const asked = { askedBy: 'ada', issueNumber: 3, commentId: 9, run: { kind: 'last' as const } };
    await store.dryRunAsked(delivery('issue_comment'), { ...asked, repository });
    gate.resolve();
    await eventually(() => seen.includes('7 a'));
    expect(seen.slice(seen.indexOf('6 a'))).toEqual(['6 a', 'dry-run', '7 a']);
  });

  it('come again after an error, unless a newer one came meanwhile', async () => {
    const gate = Promise.withResolvers<void>();
    handlers.set(4, async (errand) => {
      handlers.delete(4);
      await gate.promise;
      await store.again({ ...errand, failures: 1 }, soon());
    });
    await proposed(inPull(4, 'a'));
    await eventually(() => seen.includes('4 a'));
    await proposed(inPull(4, 'c'));
    gate.resolve();
    await eventually(() => seen.includes('4 c'));
    handlers.set(5, async (errand) => {
      if (errand.failures === 0) await store.again({ ...errand, failures: 1 }, soon());
    });
    await proposed(inPull(5, 'a'));
    await eventually(() => seen.filter((one) => one === '5 a').length === 2);
    expect(seen.filter((one) => one.startsWith('4'))).toEqual(['4 a', '4 c']);
  });
});
