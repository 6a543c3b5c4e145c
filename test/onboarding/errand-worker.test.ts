import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../src/errors.ts';
import { type Errand, errandKey } from '../../src/incident/errand.ts';
import { type Scoreboard, scoreboardOf } from '../../src/incident/scoreboard.ts';
import { dryRunMay, errandWorker, scoreboardMay } from '../../src/onboarding/errand-worker.ts';
import { retryAt } from '../../src/onboarding/retries.ts';
import type { ErrandShelf } from '../../src/ports/errand.ts';
import type { GitHub, Permissions } from '../../src/ports.ts';
import { deskWith, later, now } from '../stages/desk.ts';
import { redRun } from './dry-run/runs.ts';

const repository = { owner: 'Acme', name: 'Shop', defaultBranch: 'main', installationId: 5, private: true };
const asked = (failures = 0): Errand => ({
  kind: 'dry-run',
  request: { repository, issueNumber: 3, commentId: 9, askedBy: 'ada', run: { kind: 'run', id: 71 } },
  failures,
});
const due: Errand = { kind: 'scoreboard', repository: 'acme/shop', failures: 0 };
const down = new SelfHealError('github-unavailable', '502');

function scene(answers: Partial<GitHub>, stored?: Scoreboard) {
  const { desk, argsOf } = deskWith({ ...answers, hangUp: () => undefined });
  const minted: Permissions[] = [];
  const put: [Errand, Date][] = [];
  const saved: Scoreboard[] = [];
  const unexpected = () => Promise.reject(new Error('nobody expected this'));
  const shelf: ErrandShelf = {
    load: async () => undefined,
    openDryRun: async (incident) => incident,
    again: async (errand, at) => {
      put.push([errand, at]);
    },
    loadScoreboard: stored ? async () => stored : unexpected,
    saveScoreboard: async (scoreboard) => {
      saved.push(scoreboard);
      return true;
    },
    shadowed: async () => [],
  };
  const world = {
    now: () => now,
    github: (_: unknown, may: Permissions) => {
      minted.push(may);
      return desk.github;
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const work = errandWorker({ shelf, world, timeoutMs: 5_000, log });
  return {
    ...{ minted, put, saved },
    said: () => argsOf('comment').map(([, marker, body]) => `${marker}: ${Object(body).text}`),
    hungUp: () => argsOf('hangUp').length,
    work: (errand: Errand) => work(errand, new AbortController().signal),
  };
}

describe('an errand', () => {
  it('is done with a token of its own, which ends with it', async () => {
    const { work, minted, hungUp, put } = scene({
      ...{ permission: async () => 'write', run: async () => redRun(), comment: async () => 'u' },
    });
    await work(asked());
    expect([minted, hungUp(), put]).toEqual([[dryRunMay], 1, []]);
  });

  it('comes back later after an error that time may mend', async () => {
    const { work, put, said } = scene({ permission: () => Promise.reject(down) });
    await work(asked());
    expect(put).toEqual([[asked(1), new Date(now.getTime() + 5_000)]]);
    expect(said()).toEqual([]);
  });

  it('that is given up says so where it was asked for', async () => {
    const { work, put, said } = scene({ permission: () => Promise.reject(down), comment: async () => 'u' });
    await work(asked(6));
    expect(put).toEqual([]);
    expect(said()).toEqual([expect.stringMatching(/^dry-run-9: \*\*No dry run\.\*\*/)]);
  });

  it('waits longer and longer, and as long as GitHub says', () => {
    const at = (failures: number, error = down) => retryAt(failures, error, now)?.getTime();
    expect([0, 1, 2, 5].map((failures) => at(failures))).toEqual(
      [5_000, 20_000, 80_000, 900_000].map((ms) => now.getTime() + ms),
    );
    const limited = new SelfHealError('github-rate-limited', '429', { retryAfterMs: 3_600_000 });
    expect(at(0, limited)).toBe(later(60).getTime());
    expect(at(0, new SelfHealError('github-forbidden', '403'))).toBeUndefined();
  });

  it('has a name by which one of a kind runs at a time', () => {
    expect([errandKey(asked()), errandKey(due)]).toEqual(['dry-run:acme/shop#9', 'scoreboard:acme/shop']);
  });
});

describe('a scoreboard', () => {
  const board = scoreboardOf(repository, later(-20 * 24 * 60));

  it('that is due is looked at, and saved with its next Monday', async () => {
    const { work, minted, saved } = scene({}, board);
    await work(due);
    expect(minted).toEqual([scoreboardMay]);
    expect(saved).toEqual([expect.objectContaining({ revision: 1, nextAt: '2026-03-09T06:00:00.000Z' })]);
  });

  it.each([
    ['is not due yet', later(60).toISOString()],
    ['nobody wants any more', null],
  ])('that %s asks for no token', async (_, nextAt) => {
    const { work, minted, saved } = scene({}, { ...board, nextAt });
    await work(due);
    expect([minted, saved]).toEqual([[], []]);
  });

  it('that cannot be told is put off to the next Monday', async () => {
    const failing = { ...board, entries: [] };
    const { work, saved, put } = scene({}, failing);
    await work({ ...due, failures: 6 });
    expect([saved.length, put]).toEqual([1, []]);
  });
});
