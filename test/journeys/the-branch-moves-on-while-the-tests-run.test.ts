import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../src/incident/incident.ts';
import { accepted, asks, breakingPush, broken, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Commit = z.object({ parents: z.array(z.object({ sha: z.string() })), commit: z.object({ message: z.string() }) });
const Pull = z.object({ head: z.object({ sha: z.string() }), draft: z.boolean(), body: z.string() });
const Runs = z.object({ workflow_runs: z.array(z.object({ event: z.string() })) });
const Text = z.object({ content: z.string() });

const more = '\n\ndef total(prices):\n    return sum(prices)\n';

/** What somebody pushes once the failure was read, and before anything is proven. */
async function pushedMeanwhile(files: Record<string, string>): Promise<string> {
  world = await stage({ [repository]: calculator });
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await world.startApp();
  await github.push(repository, breakingPush);
  await world.until(repository, (one) => one.caseFile.evidence !== undefined);
  return github.push(repository, { branch: 'main', files, message: 'more', author: 'grace' });
}

const settled = (one: Incident): boolean => one.step === 'settle' && one.state === 'waiting';

async function dispatched(): Promise<number> {
  const { workflow_runs: runs } = Runs.parse(await world.person().get(`/repos/${repository}/actions/runs`));
  return runs.filter(({ event }) => event === 'workflow_dispatch').length;
}

it('a fix of a file that was changed meanwhile is laid on top of that and proven again', async () => {
  const head = await pushedMeanwhile({ 'calculator/calc.py': broken + more });
  const { caseFile } = await world.until(repository, settled);
  const ada = world.person();
  const pull = Pull.parse(await ada.get(`/repos/${repository}/pulls/${caseFile.review?.pullNumber}`));
  expect(pull.draft).toBe(false);
  const commit = Commit.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}`));
  expect(commit.parents).toEqual([{ sha: head }]);
  const { content } = Text.parse(
    await ada.get(`/repos/${repository}/contents/calculator/calc.py?ref=${pull.head.sha}`),
  );
  const text = Buffer.from(content, 'base64').toString();
  expect(text).toContain('share = price * discount / 100');
  expect(text).toContain('def total(prices)');
  expect(await dispatched()).toBe(2);
  // Nobody asked the model again.
  expect(caseFile.modelCalls).toHaveLength(3);
}, 120_000);

it('a commit that touches nothing of it changes nothing', async () => {
  await pushedMeanwhile({ 'NOTES.md': 'later\n' });
  const { caseFile } = await world.until(repository, settled);
  expect(caseFile.evidence?.rebasedFrom).toBeUndefined();
  expect(await dispatched()).toBe(1);
}, 120_000);

it('a failure that somebody else mended meanwhile is left to them', async () => {
  const mended = broken.replace('price / (100 / discount)', 'price * (discount / 100)');
  const head = await pushedMeanwhile({ 'calculator/calc.py': mended });
  const incident = await world.until(repository, (one) => one.state === 'closed' && one.stopReason !== 'duplicate');
  expect(incident).toMatchObject({ stopReason: 'base-moved' });
  expect(incident.stopDetail).toContain(`main is at ${head.slice(0, 7)} by now`);
  const ada = world.person();
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  expect(z.array(z.object({ name: z.string() })).parse(await ada.get(`/repos/${repository}/branches`))).toHaveLength(1);
}, 120_000);
