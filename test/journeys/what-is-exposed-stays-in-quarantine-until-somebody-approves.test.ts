import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../src/incident/incident.ts';
import { accepted, asks, breakingPush, broken, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { Comments } from './one-heal.ts';
import { type Stage, stage } from './stage.ts';

const ci = calculator['.github/workflows/ci.yml'] ?? '';
/** Runs what the pull request brings, with a secret at hand. */
const withSecret = `${ci}        env:\n          KEY: \${{ secrets.DEPLOY_KEY }}\n`;
/** As soon as there is a branch, quarantine or not. */
const preview = withSecret.replace(/^on:[\s\S]*?(?=permissions)/m, 'on: create\n');
const policy = (text: string) => ({ ...calculator, '.github/self-heal.yml': text });
const report = `It fails:\n\n\`\`\`\nTraceback (most recent call last):\n  File "/app/calculator/calc.py", line 2, in calc
    share = price / (100 / discount)\nZeroDivisionError: division by zero\n\`\`\`\n`;

let world: Stage;
beforeAll(async () => {
  world = await stage(
    {
      'acme/exposed': { ...calculator, '.github/workflows/ci.yml': withSecret },
      'acme/preview': { ...calculator, '.github/workflows/preview.yml': preview },
      'acme/never': policy('release: never\n'),
      'acme/reported': { ...calculator, 'calculator/calc.py': broken },
    },
    { secrets: { DEPLOY_KEY: 'k3y-0f-th3-pr0duct10n' } },
  );
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

const Pull = z.object({
  number: z.number(),
  draft: z.boolean(),
  body: z.string(),
  head: z.object({ sha: z.string() }),
});
const Commit = z.object({ commit: z.object({ message: z.string(), tree: z.object({ sha: z.string() }) }) });
const Runs = z.object({ workflow_runs: z.array(z.object({ event: z.string(), head_branch: z.string() })) });
const Checks = z.object({ check_runs: z.array(z.object({ name: z.string() })) });

function scripted(patch = rightPatch): void {
  const { gemini } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(patch, asks.propose);
  gemini.reply(accepted, asks.critique);
}

const settled = (repository: string): Promise<Incident> =>
  world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');

async function standing(repository: string, number: number) {
  await world.simulator.github.idle();
  const ada = world.person();
  const pull = Pull.parse(await ada.get(`/repos/${repository}/pulls/${number}`));
  const { commit } = Commit.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}`));
  const { workflow_runs } = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`));
  const checks = Checks.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}/check-runs`)).check_runs;
  const runs = workflow_runs.filter((run) => run.head_branch.startsWith('self-heal/')).map(({ event }) => event);
  return { pull, commit, runs, checks: checks.map(({ name }) => name) };
}

/** What the App says on a pull request, once it does. */
async function answer(repository: string, number: number): Promise<string> {
  const By = z.array(z.object({ body: z.string(), user: z.object({ type: z.string() }) }));
  for (let tries = 0; tries < 100; tries += 1) {
    const comments = By.parse(await world.person().get(`/repos/${repository}/issues/${number}/comments`));
    const ours = comments.find(({ user }) => user.type === 'Bot');
    if (ours) return ours.body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the App said nothing');
}

it('what is exposed stays in quarantine until somebody with write access approves, whoever else does', async () => {
  const repository = 'acme/exposed';
  scripted();
  await world.simulator.github.push(repository, breakingPush);
  await settled(repository);
  const before = await standing(repository, 1);
  expect(before.commit.message).toMatch(/\n\n\nskip-checks: true$/);
  expect(before.runs).toEqual([]);
  expect(before.checks).toEqual(['Self-Heal proof']);
  expect(before.pull.draft).toBe(false);
  expect(before.pull.body).toMatch(/^> \[!IMPORTANT\]\n> \*\*In quarantine[\s\S]*ci\.yml[\s\S]*DEPLOY\\?_KEY/);

  const eve = world.person('eve', 'read');
  await eve.post(`/repos/${repository}/pulls/1/reviews`, { event: 'APPROVE' });
  await eve.post(`/repos/${repository}/issues/1/comments`, { body: '/heal release' });
  expect(await answer(repository, 1)).toContain('write access');
  expect((await standing(repository, 1)).pull.head.sha).toBe(before.pull.head.sha);

  const grace = world.person('grace', 'write');
  await grace.post(`/repos/${repository}/pulls/1/reviews`, { event: 'APPROVE' });
  await world.until(repository, (one) => one.step === 'settle' && one.caseFile.review?.approval?.by === 'grace');
  const after = await standing(repository, 1);
  expect(after.pull.head.sha).not.toBe(before.pull.head.sha);
  expect(after.commit.tree.sha).toBe(before.commit.tree.sha);
  expect(after.commit.message).not.toContain('skip-checks');
  expect(after.runs).toEqual(['pull_request']);
  expect(after.checks).toContain('Self-Heal proof');
  expect(after.pull.body).toContain('Out of quarantine');
}, 90_000);

it('an issue that an outsider wrote becomes a draft, which a word of somebody with write access lets out', async () => {
  const repository = 'acme/reported';
  const outsider = world.person('mallory', 'read');
  await outsider.post(`/repos/${repository}/issues`, { title: 'Division by zero', body: report });
  scripted();
  await world.person().post(`/repos/${repository}/issues/1/labels`, { labels: ['auto-heal'] });
  await settled(repository);
  const before = await standing(repository, 2);
  expect(before).toMatchObject({
    runs: [],
    pull: { draft: true, body: expect.stringContaining('written by mallory') },
  });
  expect(before.commit.message).toContain('skip-checks: true');

  await outsider.post(`/repos/${repository}/issues/2/comments`, { body: '/heal release' });
  expect(await answer(repository, 2)).toContain('write access');
  expect((await standing(repository, 2)).runs).toEqual([]);

  await world.person('grace', 'write').post(`/repos/${repository}/issues/2/comments`, { body: '/heal release\n' });
  await world.until(repository, (one) => one.step === 'settle' && one.caseFile.review?.approval?.by === 'grace');
  const after = await standing(repository, 2);
  expect(after).toMatchObject({ runs: ['pull_request'], pull: { draft: true } });
  expect(after.commit.tree.sha).toBe(before.commit.tree.sha);
}, 90_000);

it('where the policy says never, nobody’s word is enough', async () => {
  const repository = 'acme/never';
  scripted();
  await world.simulator.github.push(repository, breakingPush);
  await settled(repository);
  await world.person('grace', 'write').post(`/repos/${repository}/pulls/1/reviews`, { event: 'APPROVE' });
  await world.person('grace', 'write').post(`/repos/${repository}/issues/1/comments`, { body: '/heal release' });
  // Its end comes behind what was said before.
  await world.person().patch(`/repos/${repository}/pulls/1`, { state: 'closed' });
  const { stopReason } = await world.until(repository, (one) => one.state === 'closed');
  expect(stopReason).toBe('rejected');
  const { commit, runs, pull } = await standing(repository, 1);
  expect(commit.message).toContain('skip-checks: true');
  expect(runs).toEqual([]);
  expect(pull.body).toContain('release: never');
}, 90_000);

it('where quarantine would not hold it, nothing is pushed, and people are told which workflow', async () => {
  const repository = 'acme/preview';
  scripted();
  const sha = await world.simulator.github.push(repository, breakingPush);
  expect((await world.until(repository, (one) => one.state === 'closed')).stopReason).toBe('exposed');
  await world.simulator.github.idle();
  const ada = world.person();
  const { workflow_runs } = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`));
  expect(workflow_runs.map(({ event }) => event)).toEqual(['push']);
  const [told] = Comments.parse(await ada.get(`/repos/${repository}/commits/${sha}/comments`));
  expect(told?.body).toMatch(/preview\.yml would run[\s\S]*DEPLOY_KEY/);
}, 90_000);
