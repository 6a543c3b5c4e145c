import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../src/incident/incident.ts';
import { accepted, asks, breakingPush, broken, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
const hourMs = 3_600_000;
let world: Stage;
afterEach(() => world.close());

async function merged(): Promise<Incident> {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const { id } = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  await github.idle();
  await world.person().put(`/repos/${repository}/pulls/1/merge`, {});
  return world.until(repository, (one) => one.id === id && one.step === 'watch' && one.state === 'waiting');
}

/** Any word on the pull request makes the App look again. */
const poke = () =>
  world.person('grace', 'write').post(`/repos/${repository}/pulls/1/reviews`, { event: 'COMMENT', body: 'Thanks.' });

it('a merged fix that holds closes its incident as healed', async () => {
  const { id } = await merged();
  const tag = await world.person().get(`/repos/${repository}/git/ref/tags/self-heal/before/${id}`);
  expect(tag).toMatchObject({ object: { type: 'commit' } });
  world.skip(25 * hourMs);
  await poke();
  const incident = await world.until(repository, (one) => one.id === id && one.state === 'closed');
  expect(incident.stopReason).toBe('healed');
}, 120_000);

/** The same test fails in the same way again; the App notices it through its twin. */
async function backAgain(id: string, files: Record<string, string>): Promise<Incident> {
  await world.simulator.github.idle();
  await world.simulator.github.push(repository, { branch: 'main', files, message: 'calc: the share first, again' });
  const twin = await world.until(repository, (one) => one.id !== id && one.state === 'closed');
  expect(twin).toMatchObject({ stopReason: 'duplicate', caseFile: { duplicateOf: id } });
  await poke();
  return world.until(repository, (one) => one.id === id && one.state === 'closed');
}

const Pulls = z.array(z.object({ title: z.string(), draft: z.boolean(), head: z.object({ sha: z.string() }) }));

it('a failure that comes back after the merge is reverted, as a draft', async () => {
  const { id } = await merged();
  const wrapper =
    'from calculator import calc as module\n\n\ndef again(price, discount):\n    return price - price / (100 / discount)\n\n\nmodule.calc = again\n';
  const incident = await backAgain(id, { 'calculator/__init__.py': wrapper });
  expect(incident.stopReason).toBe('reverted');
  const pulls = Pulls.parse(await world.person().get(`/repos/${repository}/pulls?state=open`));
  expect(pulls).toMatchObject([{ draft: true, title: expect.stringContaining('revert') }]);
  const commit = z
    .object({ files: z.array(z.object({ filename: z.string(), patch: z.string() })) })
    .parse(await world.person().get(`/repos/${repository}/commits/${pulls[0]?.head.sha}`));
  expect(commit.files.map((file) => file.filename).sort()).toEqual(['calculator/calc.py', 'tests/test_calc.py']);
  expect(commit.files[0]?.patch).toContain('+    share = price / (100 / discount)');
}, 120_000);

it('a revert that would undo what people changed since is left to them', async () => {
  const { id } = await merged();
  const incident = await backAgain(id, { 'calculator/calc.py': broken });
  expect(incident.stopReason).toBe('reverted');
  const comments = z
    .array(z.object({ body: z.string() }))
    .parse(await world.person().get(`/repos/${repository}/issues/1/comments`));
  expect(comments.map((comment) => comment.body).join('\n')).toContain('calculator/calc.py');
  expect(Pulls.parse(await world.person().get(`/repos/${repository}/pulls?state=all`))).toHaveLength(1);
}, 120_000);
