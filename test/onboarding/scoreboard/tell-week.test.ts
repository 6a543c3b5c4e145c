import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/incident/incident.ts';
import { mondayAfter, Scoreboard, scoreboardOf } from '../../../src/incident/scoreboard.ts';
import { tellWeek } from '../../../src/onboarding/scoreboard/tell-week.ts';
import type { OwnIssue } from '../../../src/ports/setup.ts';
import type { GitHub } from '../../../src/ports.ts';
import { evidence, incident } from '../../incident/sample.ts';
import { deskWith } from '../../stages/desk.ts';
import { redRun } from '../dry-run/runs.ts';
import { entry, theirs } from './sample-entry.ts';

const monday = new Date('2026-03-09T06:00:00Z');
const repository = { owner: 'acme', name: 'shop', defaultBranch: 'main', installationId: 5, private: true };
const board = (changes: Partial<Scoreboard> = {}): Scoreboard => ({
  ...scoreboardOf(repository, new Date('2026-03-02T09:00:00Z')),
  ...changes,
});
const closed = incident(
  { id: '0a1b2c3d4e', state: 'closed', stopReason: 'no-patch', openedAt: '2026-03-03T09:00:00.000Z' },
  { evidence, shadow: true },
);
const open: OwnIssue = { number: 12, url: 'u', state: 'open', body: '' };

function scene(answers: Partial<GitHub> = {}, incidents: Incident[] = []) {
  const written: string[] = [];
  const { desk, calls } = deskWith({
    run: async () => redRun(),
    runsOf: async () => [],
    ownIssue: async () => undefined,
    openOwnIssue: async (marker, { title }) => {
      written.push(`open ${marker}: ${title}`);
      return open;
    },
    editOwnIssue: async (number) => {
      written.push(`edit ${number}`);
    },
    comment: async (number, marker) => {
      written.push(`comment ${number} ${marker}`);
      return 'u';
    },
    ...answers,
  });
  const tell = (scoreboard: Scoreboard, now = monday) => tellWeek(scoreboard, { github: desk.github, incidents, now });
  return { tell, written, calls };
}

describe('a Monday', () => {
  it.each([
    ['2026-03-02T05:59:59Z', '2026-03-02T06:00:00.000Z'],
    ['2026-03-02T06:00:00Z', '2026-03-09T06:00:00.000Z'],
    ['2026-03-08T23:00:00Z', '2026-03-09T06:00:00.000Z'],
    ['2026-12-31T12:00:00Z', '2027-01-04T06:00:00.000Z'],
  ])('after %s is %s', (moment, next) => expect(mondayAfter(new Date(moment)).toISOString()).toBe(next));

  it('of the first scoreboard is at least three days after the first failure', () => {
    expect(board().nextAt).toBe('2026-03-09T06:00:00.000Z');
    expect(scoreboardOf(repository, new Date('2026-03-07T09:00:00Z')).nextAt).toBe('2026-03-16T06:00:00.000Z');
  });
});

describe('the first week', () => {
  it('opens the one issue, with the week as its first comment', async () => {
    const { tell, written } = scene({}, [closed]);
    const next = Scoreboard.parse(await tell(board()));
    expect(written).toEqual([
      'open scoreboard: Self-Heal: what it would have done',
      'comment 12 scoreboard-2026-03-09',
    ]);
    expect(next).toMatchObject({ issue: 12, nextAt: '2026-03-16T06:00:00.000Z', entries: [{ incidentId: closed.id }] });
  });

  it('that is told once more, because the App was killed, opens no second one', async () => {
    const { tell, written } = scene({ ownIssue: async () => open }, [closed]);
    await tell(board());
    expect(written).toEqual(['edit 12', 'comment 12 scoreboard-2026-03-09']);
  });
});

describe('a later week', () => {
  const told = board({ issue: 12, entries: [entry({ toldOn: '2026-03-02' })] });

  it('without anything new is not told', async () => {
    const { tell, written } = scene();
    expect(await tell(told)).toMatchObject({ nextAt: '2026-03-16T06:00:00.000Z', entries: told.entries });
    expect(written).toEqual([]);
  });

  it.each(['duplicate', 'already-tried'] as const)('has no line for what ended as %s', async (stopReason) => {
    const { tell, written } = scene({}, [{ ...closed, id: 'zzzzzzzzzz', stopReason }]);
    expect((await tell(told)).entries).toEqual(told.entries);
    expect(written).toEqual([]);
  });

  it('asks GitHub nothing where nothing waits', async () => {
    const { tell, calls } = scene();
    await tell(board({ entries: [entry({ theirs })] }));
    expect(calls).toEqual([]);
  });

  it('tells of a fix that came meanwhile', async () => {
    const { tell, written } = scene({
      ownIssue: async () => open,
      run: async () => redRun({ conclusion: 'success' }),
    });
    const next = await tell(told);
    expect(next.entries).toMatchObject([{ theirs: { kind: 'passed-again' }, toldOn: '2026-03-09' }]);
    expect(written).toEqual(['edit 12', 'comment 12 scoreboard-2026-03-09']);
  });

  it('waits for people no longer than four weeks', async () => {
    const { tell, calls } = scene();
    await tell(told, new Date('2026-03-30T09:00:00Z'));
    expect(calls).toEqual([]);
  });

  it('is the last where somebody closed the issue, or deleted it', async () => {
    for (const ownIssue of [async () => ({ ...open, state: 'closed' as const }), async () => undefined]) {
      const { tell, written } = scene({ ownIssue }, [{ ...closed, id: 'zzzzzzzzzz' }]);
      expect((await tell(told)).nextAt).toBeNull();
      expect(written).toEqual([]);
    }
  });
});
