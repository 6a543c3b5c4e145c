import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Comments = z.array(z.object({ body: z.string() }));

it('a spent budget is explained with what was found until then, and nothing more is asked', async () => {
  // Enough for the diagnosis, which is long: what it cost leaves too little for a patch.
  world = await stage({ [repository]: { ...calculator, '.github/self-heal.yml': 'budget:\n  incident-usd: 0.06\n' } });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply().replace('{', `{${'\n'.repeat(20_000)}`), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('budget-spent');
  const comments = Comments.parse(await world.person().get(`/repos/${repository}/commits/${sha}/comments`));
  expect(comments).toHaveLength(1);
  const told = comments[0]?.body ?? '';
  expect(gemini.calls()).toHaveLength(1);
  expect(told).toContain('The budget for the model is spent');
  expect(told).toContain('of the 0.0600 $ for this incident');
  expect(told).toContain('raise budget.incident-usd in .github/self-heal.yml');
  expect(told).toContain('divides 100 by a discount of 0');
  expect(told).toContain('1 call, ');
  expect(await world.app().store.calls({ limit: 10 })).toMatchObject([
    { step: 'propose', outcome: 'budget-spent', costUsd: 0 },
    { step: 'diagnose', outcome: 'answered' },
  ]);
}, 60_000);
