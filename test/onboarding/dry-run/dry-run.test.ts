import { describe, expect, it } from '@jest/globals';
import { dryRunOf } from '../../../src/incident/case-file.ts';
import type { AskedRun, DryRunRequest } from '../../../src/incident/dry-run.ts';
import { Incident } from '../../../src/incident/incident.ts';
import { wakeKeys } from '../../../src/incident/wake-keys.ts';
import { dryRun } from '../../../src/onboarding/dry-run/dry-run.ts';
import type { GitHub } from '../../../src/ports.ts';
import { deskWith, now } from '../../stages/desk.ts';
import { redRun } from './runs.ts';

const request = (run: AskedRun = { kind: 'run', id: 71 }, commentId = 9): DryRunRequest => ({
  repository: { owner: 'acme', name: 'shop', defaultBranch: 'main', installationId: 5, private: true },
  ...{ issueNumber: 3, commentId, askedBy: 'ada', run },
});

/** A GitHub with one run, and a shelf that keeps what is opened. */
function scene(answers: Partial<GitHub> = {}) {
  const open = new Map<string, Incident>();
  const { desk, argsOf, calls } = deskWith({
    permission: async () => 'write',
    run: async () => redRun(),
    comment: async (number, marker) => `https://github.com/acme/shop/issues/${number}#${marker}`,
    ...answers,
  });
  const shelf = {
    load: async (id: string) => open.get(id),
    openDryRun: async (incident: Incident) => {
      const known = [...open.values()].find(
        (one) => one.fingerprint === incident.fingerprint && one.state !== 'closed',
      );
      if (!known) open.set(incident.id, Incident.parse(incident));
      return known ?? incident;
    },
  };
  return {
    open,
    calls,
    ask: (what: DryRunRequest = request()) => dryRun(what, { github: desk.github, shelf, now }),
    said: () => argsOf('comment').map(([number, marker, body]) => `${number} ${marker}: ${Object(body).text}`),
  };
}

describe('a dry run', () => {
  it('says at once that it is looked into, and opens an incident that shows nothing else', async () => {
    const { ask, open, said } = scene();
    await ask();
    const [incident] = [...open.values()];
    expect(said()).toEqual([
      expect.stringMatching(/^3 dry-run-9: Self-Heal does a dry run of \[CI\]\(.*asked for by ada/),
    ]);
    expect(incident && dryRunOf(incident.caseFile)).toEqual({
      ...{ askedBy: 'ada', issueNumber: 3, commentId: 9 },
      commentUrl: 'https://github.com/acme/shop/issues/3#dry-run-9',
    });
    // What happens to the run itself stays the business of real incidents.
    expect(incident && wakeKeys(incident)).toEqual([]);
    expect(incident?.fingerprint).toMatch(/^dry-run:[0-9a-f]{16}$/);
  });

  it('is begun once, however often its job runs', async () => {
    const { ask, open, said } = scene();
    await ask();
    expect(await ask()).toMatch(/opened before/);
    expect([open.size, said().length]).toEqual([1, 1]);
  });

  it('that is asked for again while it goes on answers with the one that runs', async () => {
    const { ask, open, said } = scene();
    await ask();
    await ask(request({ kind: 'run', id: 71 }, 10));
    expect(open.size).toBe(1);
    expect(said().at(-1)).toMatch(/^3 dry-run-10: A dry run of .* is under way already .*issues\/3#dry-run-9/);
  });

  it.each(['read', 'none'] as const)('is not even answered to somebody with the permission %s', async (permission) => {
    const { ask, calls } = scene({ permission: async () => permission });
    expect(await ask()).toMatch(/no write access/);
    expect(calls.map(({ name }) => name)).toEqual(['permission']);
  });

  it.each<[string, AskedRun, Partial<GitHub>, RegExp]>([
    ['a run that is not there', { kind: 'run', id: 8 }, { run: async () => undefined }, /has no run 8/],
    ['a run of a fork', { kind: 'run', id: 8 }, { run: async () => redRun({ isOfFork: true }) }, /of a fork/],
    ['a run of another repository', { kind: 'elsewhere' }, {}, /of another repository\. Write `\/heal dry-run`/],
    ['what is no run', { kind: 'unclear' }, {}, /That is no run/],
    ['the last that failed, where none did', { kind: 'last' }, { failedRuns: async () => [] }, /on main failed/],
  ])('of %s is answered with what is wrong', async (_, run, answers, wrong) => {
    const { ask, open, said } = scene(answers);
    await ask(request(run));
    expect(said()).toEqual([expect.stringMatching(wrong)]);
    expect(open.size).toBe(0);
  });

  it('of the last that failed passes over our own', async () => {
    const runs = [redRun({ id: 1, workflowPath: '.github/workflows/self-heal.yml' }), redRun({ id: 2 })];
    const { ask, open } = scene({ failedRuns: async () => runs });
    await ask(request({ kind: 'last' }));
    expect([...open.values()].map(({ caseFile }) => caseFile.trigger)).toEqual([expect.objectContaining({ runId: 2 })]);
  });
});
