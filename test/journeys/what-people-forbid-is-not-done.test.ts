import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../src/incident/incident.ts';
import { asks, breakingPush, calculator, diagnosisReply } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const policy = (text: string) => ({ ...calculator, '.github/self-heal.yml': text });
const { '.github/workflows/self-heal.yml': _, ...unprovable } = calculator;
const everyBranch = (calculator['.github/workflows/ci.yml'] ?? '').replace('    branches: [main]\n', '');

let world: Stage;
beforeAll(async () => {
  world = await stage({
    'acme/off': policy('mode: off\n'),
    'acme/told': policy('mode: diagnose\n'),
    'acme/mistaken': policy('mode: propse\n'),
    'acme/skipped': calculator,
    'acme/branches': { ...calculator, '.github/workflows/ci.yml': everyBranch },
    'acme/forked': calculator,
    'acme/unprovable': unprovable,
  });
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

const Comments = z.array(z.object({ body: z.string() }));
const Branches = z.array(z.object({ name: z.string() }));

const closed = (repository: string): Promise<Incident> => world.until(repository, (one) => one.state === 'closed');

async function commentsOn(repository: string, sha: string): Promise<string[]> {
  const comments = await world.person().get(`/repos/${repository}/commits/${sha}/comments`);
  return Comments.parse(comments).map((comment) => comment.body);
}

async function expectNothingDone(repository: string, branches = ['main']): Promise<void> {
  await world.simulator.github.idle();
  const ada = world.person();
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  const there = Branches.parse(await ada.get(`/repos/${repository}/branches`)).map((branch) => branch.name);
  expect(there.sort()).toEqual(branches);
}

const incidentsOf = (repository: string): Promise<Incident[]> => world.app().store.incidents({ repository, limit: 10 });

it('where the policy says off, nothing is asked, said or done', async () => {
  const callsBefore = world.simulator.gemini.calls().length;
  const sha = await world.simulator.github.push('acme/off', breakingPush);
  expect((await closed('acme/off')).stopReason).toBe('disabled');
  expect(world.simulator.gemini.calls()).toHaveLength(callsBefore);
  expect(await commentsOn('acme/off', sha)).toEqual([]);
  await expectNothingDone('acme/off');
}, 60_000);

it('where the policy says diagnose, the cause is told and nothing is written', async () => {
  world.simulator.gemini.reply(diagnosisReply(), asks.diagnose);
  const sha = await world.simulator.github.push('acme/told', breakingPush);
  expect((await closed('acme/told')).stopReason).toBe('diagnose-only');
  expect(await commentsOn('acme/told', sha)).toEqual([expect.stringContaining('divides 100 by a discount of 0')]);
  await expectNothingDone('acme/told');
}, 60_000);

it('a policy with a mistake in it is held to be careful, and the mistake is named', async () => {
  world.simulator.gemini.reply(diagnosisReply(), asks.diagnose);
  const sha = await world.simulator.github.push('acme/mistaken', breakingPush);
  expect((await closed('acme/mistaken')).stopReason).toBe('diagnose-only');
  const [told = ''] = await commentsOn('acme/mistaken', sha);
  expect(told).toMatch(
    /self-heal\.yml.* has mistakes, so nothing will be written: line 1: mode: .*Did you mean .*propose/,
  );
  await expectNothingDone('acme/mistaken');
}, 60_000);

it('an issue that is labelled self-heal:skip is left alone', async () => {
  const ada = world.person();
  await ada.post('/repos/acme/skipped/issues', { title: 'Division by zero', body: 'calculator/calc.py divides by 0' });
  await ada.post('/repos/acme/skipped/issues/1/labels', { labels: ['self-heal:skip'] });
  await ada.post('/repos/acme/skipped/issues/1/labels', { labels: ['auto-heal'] });
  await expectNothingDone('acme/skipped');
  expect(await incidentsOf('acme/skipped')).toEqual([]);
  expect(Comments.parse(await ada.get('/repos/acme/skipped/issues/1/comments'))).toEqual([]);
}, 60_000);

it('a branch that the policy does not name is nobody’s business, and its own branches least of all', async () => {
  const callsBefore = world.simulator.gemini.calls().length;
  const { github } = world.simulator;
  await github.push('acme/branches', { ...breakingPush, branch: 'self-heal/0123456789-by-hand' });
  await expectNothingDone('acme/branches', ['main', 'self-heal/0123456789-by-hand']);
  expect(await incidentsOf('acme/branches')).toEqual([]);

  const sha = await github.push('acme/branches', { ...breakingPush, branch: 'feature' });
  expect((await closed('acme/branches')).stopReason).toBe('not-ours');
  expect(await commentsOn('acme/branches', sha)).toEqual([]);
  expect(world.simulator.gemini.calls()).toHaveLength(callsBefore);
}, 60_000);

const FailedRun = z.looseObject({
  action: z.literal('completed'),
  repository: z.looseObject({ full_name: z.literal('acme/forked') }),
  workflow_run: z.looseObject({ head_repository: z.looseObject({ id: z.number() }), path: z.string() }),
});

/** As GitHub would deliver it: signed, under a new delivery id. */
async function deliver(payload: unknown): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', world.simulator.github.app.webhookSecret).update(body).digest('hex');
  const response = await fetch(`${world.app().url}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'workflow_run',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body,
  });
  return response.status;
}

it('the failed run of a fork starts nothing; the same run of the repository itself would', async () => {
  const { github, gemini } = world.simulator;
  gemini.reply(diagnosisReply({ confidence: 0.1 }), asks.diagnose);
  await github.push('acme/forked', breakingPush);
  await closed('acme/forked');
  const before = await incidentsOf('acme/forked');
  const run = github
    .deliveries()
    .flatMap((delivery) => FailedRun.safeParse(delivery.payload).data ?? [])
    .at(0);
  if (!run) throw new Error('no run failed');
  const fork = { ...run.workflow_run, head_repository: { ...run.workflow_run.head_repository, id: 4_711 } };
  expect(await deliver({ ...run, workflow_run: fork })).toBe(200);
  expect(await incidentsOf('acme/forked')).toHaveLength(before.length);
  expect(await deliver(run)).toBe(200);
  expect(await incidentsOf('acme/forked')).toHaveLength(before.length + 1);
}, 60_000);

it('where nothing can be proven nothing is pushed, and the missing workflow is named', async () => {
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  const sha = await github.push('acme/unprovable', breakingPush);
  expect((await closed('acme/unprovable')).stopReason).toBe('no-workflow');
  const [told = ''] = await commentsOn('acme/unprovable', sha);
  expect(told).toContain('.github/workflows/self-heal.yml');
  await expectNothingDone('acme/unprovable');
}, 60_000);
