import { describe, expect, it, jest } from '@jest/globals';
import { fetchMissed, type Mailroom, schedule } from '../src/schedule.ts';
import { later, now } from './stages/desk.ts';

interface Missed {
  id: number;
  guid: string;
  event: string;
}

function room(missed: Missed[], known: string[] = [], redeliver: Mailroom['redeliver'] = async () => undefined) {
  const asked: number[] = [];
  const since: Date[] = [];
  const logged: string[] = [];
  const note = (_: object, message: string) => logged.push(message);
  const mailroom: Mailroom = {
    missedDeliveries: async (from) => {
      since.push(from);
      return missed;
    },
    knownDeliveries: async (guids) => new Set(guids.filter((guid) => known.includes(guid))),
    redeliver: async (id) => {
      asked.push(id);
      await redeliver(id);
    },
  };
  const due: Date[] = [];
  const scoreboards = {
    dueScoreboards: async (at: Date) => due.push(at),
  };
  return {
    options: { mailroom, scoreboards, now: () => now, log: { info: note, warn: note } },
    ...{ asked, since, logged, due },
  };
}

const delivery = (id: number): Missed => ({ id, guid: `guid-${id}`, event: 'workflow_run' });

describe('missed deliveries', () => {
  it('of the last three days are asked for again, the oldest first', async () => {
    const { options, asked, since } = room([delivery(3), delivery(2), delivery(1)]);
    expect(await fetchMissed(options)).toBe(3);
    expect(asked).toEqual([1, 2, 3]);
    expect(since).toEqual([later(-3 * 24 * 60)]);
  });

  it('that were stored although the answer was lost are not', async () => {
    const { options, asked } = room([delivery(2), delivery(1)], ['guid-2']);
    await fetchMissed(options);
    expect(asked).toEqual([1]);
  });

  it('are fifty at once, at most', async () => {
    const { options, asked } = room(Array.from({ length: 100 }, (_, index) => delivery(100 - index)));
    expect(await fetchMissed(options)).toBe(50);
    expect(asked).toHaveLength(50);
    expect(asked.at(-1)).toBe(100);
  });

  it('are said nothing of when there are none', async () => {
    const { options, logged } = room([]);
    expect(await fetchMissed(options)).toBe(0);
    expect(logged).toEqual([]);
  });

  it('that GitHub does not give again do not hold up the others', async () => {
    const { options, asked, logged } = room([delivery(3), delivery(2), delivery(1)], [], (id) =>
      id === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(),
    );
    expect(await fetchMissed(options)).toBe(2);
    expect(asked).toEqual([1, 2, 3]);
    expect(logged.join()).toContain('could not ask for a missed delivery again');
  });
});

describe('the schedule', () => {
  it('looks at once, then every ten minutes, and stops when told', async () => {
    jest.useFakeTimers();
    try {
      const { options, since, due } = room([]);
      const stop = schedule(options);
      expect(since).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(20 * 60_000);
      expect(since).toHaveLength(3);
      expect(due).toEqual([now, now, now]);
      stop();
      await jest.advanceTimersByTimeAsync(60 * 60_000);
      expect(since).toHaveLength(3);
    } finally {
      jest.useRealTimers();
    }
  });

  it('goes on after a look that failed', async () => {
    jest.useFakeTimers();
    try {
      const { options, logged } = room([]);
      const down = { ...options.mailroom, missedDeliveries: () => Promise.reject(new Error('502')) };
      const scoreboards = { dueScoreboards: () => Promise.reject(new Error('no database')) };
      const stop = schedule({ ...options, mailroom: down, scoreboards });
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      stop();
      const both = ['could not look for scoreboards that are due', 'could not look for missed deliveries'];
      expect(logged.sort()).toEqual([...both, ...both].sort());
    } finally {
      jest.useRealTimers();
    }
  });
});
