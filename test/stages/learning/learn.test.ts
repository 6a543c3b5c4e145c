import { describe, expect, it } from '@jest/globals';
import type { StopReason } from '../../../src/incident/outcome.ts';
import type { Memory } from '../../../src/ports.ts';
import { learn } from '../../../src/stages/learning/learn.ts';
import { attempt, diagnosis, evidence, incident } from '../../incident/sample.ts';
import { deskWith, now } from '../desk.ts';

const memory: Partial<Memory> = { remember: async () => undefined };
const ending = (stopReason: StopReason | null, papers = {}) =>
  incident({ step: 'learn', stopReason, stopDetail: 'the detail' }, { evidence, ...papers });

describe('learn', () => {
  it('remembers what a failure was and what mended it', async () => {
    const { desk, argsOf } = deskWith({}, { memory });
    await learn(ending('healed', { diagnosis, patch: { attempts: [attempt] } }), desk);
    expect(argsOf('remember')).toEqual([
      [
        {
          incidentId: '0a1b2c3d4e',
          repository: 'acme/pricing',
          fingerprints: evidence.failureFingerprints,
          outcome: 'healed',
          rootCause: diagnosis.rootCause,
          files: ['pricing/calc.py'],
          closedAt: now,
        },
      ],
    ]);
  });

  it('remembers a flake by its sign, and an undiagnosed end by its reason', async () => {
    const triage = { decision: 'transient' as const, reason: 'a network error: ETIMEDOUT', reruns: [] };
    const { desk, argsOf } = deskWith({}, { memory });
    await learn(ending('recovered', { triage }), desk);
    await learn(ending('no-evidence'), desk);
    expect(argsOf('remember')).toMatchObject([
      [{ outcome: 'recovered', rootCause: triage.reason, files: [] }],
      [{ outcome: 'no-evidence', rootCause: 'the detail' }],
    ]);
  });

  it.each(['not-ours', 'duplicate', 'disabled', 'already-tried', 'breaker-open'] as const)(
    'remembers nothing of %s',
    async (reason) => {
      const { desk, calls } = deskWith();
      expect(await learn(ending(reason), desk)).toMatchObject({ kind: 'done', said: 'Nothing new to remember.' });
      expect(calls).toEqual([]);
    },
  );

  it('remembers nothing of what never had evidence', async () => {
    const { desk, calls } = deskWith();
    await learn(incident({ step: 'learn', stopReason: 'defect' }), desk);
    expect(calls).toEqual([]);
  });
});
