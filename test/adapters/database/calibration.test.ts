import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/adapters/database/store.ts';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import type { StopReason } from '../../../src/incident/outcome.ts';
import { diagnosis, openReview } from '../../incident/sample.ts';
import { delivery } from './moves.ts';
import { type Place, places } from './places.ts';
import { freshId, sampleIncident } from './sample-incident.ts';

const day = (number: number) => new Date(Date.UTC(2026, 1, number));

describe.each(places)('what became of proposals, $kind', ({ newPlace }) => {
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

  const repository = { ...sampleIncident().repository, name: `outcomes-${freshId()}` };

  async function closed(stopReason: StopReason, closedAt: Date, papers: Partial<CaseFile> = {}, at = repository) {
    const opened = sampleIncident({ repository: at });
    await store.receive(delivery(), opened);
    const caseFile = { ...opened.caseFile, diagnosis, review: openReview, ...papers };
    const changes = {
      revision: 1,
      state: 'closed',
      step: 'learn',
      stopReason,
      closedAt: closedAt.toISOString(),
    } as const;
    const incident: Incident = { ...opened, ...changes, caseFile };
    expect(await store.save({ incident, job: null })).toBe(true);
  }

  it('is told of those that had a pull request and a cause, the newest first', async () => {
    await closed('healed', day(1));
    await closed('reverted', day(4), { diagnosis: { ...diagnosis, kind: 'test', confidence: 0.55 } });
    await closed('rejected', day(3));
    await closed('no-answer', day(2));
    const { review: _, ...unproposed } = { review: openReview };
    await closed('rejected', day(5), { ...unproposed, review: undefined });
    await closed('healed', day(6), { diagnosis: undefined });
    await closed('disabled', day(7));
    await closed('healed', day(8), {}, { ...repository, name: `other-${freshId()}` });
    await store.receive(delivery(), sampleIncident({ repository }));
    const known = { autoMerged: false, kind: 'code', confidence: 0.9 };
    expect(await store.outcomes({ ...repository, owner: 'ACME' }, 10)).toEqual([
      { ...known, outcome: 'reverted', kind: 'test', confidence: 0.55, closedAt: day(4) },
      { ...known, outcome: 'rejected', closedAt: day(3) },
      { ...known, outcome: 'ignored', closedAt: day(2) },
      { ...known, outcome: 'held', closedAt: day(1) },
    ]);
    expect(await store.outcomes(repository, 1)).toHaveLength(1);
    expect(await store.outcomes(repository, -1)).toEqual([]);
  });
});
