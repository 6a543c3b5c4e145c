import { describe, expect, it } from '@jest/globals';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { GitHub, RunSummary } from '../../../src/ports.ts';
import { watch } from '../../../src/stages/rollback/watch.ts';
import { evidence, incident, issueTrigger, openReview, runTrigger, sha } from '../../incident/sample.ts';
import { type DeskOptions, deskWith, later, now } from '../desk.ts';

const review = { ...openReview, mergedSha: sha('9'), mergedAt: now.toISOString() };
const watching = incident({ step: 'watch', state: 'waiting', waitsFor: 'time' }, { evidence, review });
const sighting = (runId: number, headBranch = 'main'): CaseFile => ({
  trigger: { ...runTrigger, runId, headBranch, url: `https://github.com/acme/pricing/actions/runs/${runId}` },
  modelCalls: [],
});

const run = (id: number, createdAt: Date): RunSummary => ({
  id,
  attempt: 1,
  status: 'completed',
  conclusion: 'failure',
  headSha: sha('9'),
  headBranch: 'main',
  workflowPath: '.github/workflows/ci.yml',
  title: 'CI',
  createdAt,
  url: `https://github.com/acme/pricing/actions/runs/${id}`,
});

function seen(sightings: CaseFile[], run: GitHub['run'], options: DeskOptions = {}) {
  return deskWith(
    { run },
    { now: later(30), policy: { 'watch-minutes': 60 }, ...options, memory: { sightings: async () => sightings } },
  );
}
const unasked: GitHub['run'] = () => Promise.reject(new Error('nobody asked for a run'));

describe('watch', () => {
  it('waits quietly while nothing comes back', async () => {
    const { desk, argsOf } = seen([], unasked);
    const outcome = await watch(watching, desk);
    expect(outcome).toMatchObject({ kind: 'wait', waitsFor: 'time', deadlineAt: later(60), checkAt: later(35) });
    expect(argsOf('sightings')).toEqual([['0a1b2c3d4e', now]]);
  });

  it('looks more often where the policy watches for a short time', async () => {
    const { desk } = seen([], unasked, { now: later(1), policy: { 'watch-minutes': 10 } });
    expect(await watch(watching, desk)).toMatchObject({ kind: 'wait', checkAt: later(2), deadlineAt: later(10) });
  });

  it('has healed when the time passed without the failure', async () => {
    const { desk } = seen([], unasked, { now: later(60) });
    expect(await watch(watching, desk)).toMatchObject({
      kind: 'done',
      papers: { rollback: { watchedUntil: later(60).toISOString() } },
    });
  });

  it('undoes the fix when a run that was created after the merge failed in the same way', async () => {
    const { desk } = seen([sighting(80)], async (id) => run(id, later(10)));
    expect(await watch(watching, desk)).toMatchObject({
      kind: 'undo',
      papers: { rollback: { regressionRunUrl: 'https://github.com/acme/pricing/actions/runs/80' } },
    });
  });

  it('undoes it also when that is found out at the very end', async () => {
    const { desk } = seen([sighting(80)], async (id) => run(id, later(59)), { now: later(60) });
    expect(await watch(watching, desk)).toMatchObject({ kind: 'undo' });
  });

  it.each([
    ['created before the merge, and failed after it', sighting(79), run(79, later(-1))],
    ['that is gone', sighting(79), undefined],
    ['of another branch, which has not got the fix', sighting(79, 'release'), run(79, later(10))],
  ])('takes no notice of a run %s', async (_, one, found) => {
    const { desk } = seen([one], async () => found);
    expect(await watch(watching, desk)).toMatchObject({ kind: 'wait' });
  });

  it('counts the run of the merge itself, which GitHub dates to the same second', async () => {
    const { desk } = seen([sighting(79)], async () => run(79, now));
    expect(await watch(watching, desk)).toMatchObject({ kind: 'undo' });
  });

  it('finds the regression among runs that say nothing', async () => {
    const runs = new Map([
      [79, run(79, later(-5))],
      [80, run(80, later(10))],
    ]);
    const { desk } = seen([sighting(79), sighting(80)], async (id) => runs.get(id));
    expect(await watch(watching, desk)).toMatchObject({ kind: 'undo', said: expect.stringContaining('/runs/80') });
  });

  it('believes a person who labels an issue with the same failure', async () => {
    const { desk } = seen([{ trigger: issueTrigger, modelCalls: [] }], unasked);
    expect(await watch(watching, desk)).toMatchObject({
      kind: 'undo',
      papers: { rollback: { regressionRunUrl: issueTrigger.url } },
    });
  });
});
