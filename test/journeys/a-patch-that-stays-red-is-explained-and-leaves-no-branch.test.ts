import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  accepted,
  asks,
  breakingPush,
  calculator,
  diagnosisReply,
  otherWrongPatch,
  rightPatch,
  thirdWrongPatch,
} from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Branches = z.array(z.object({ name: z.string() }));

it('a patch that stays red is explained and leaves no branch', async () => {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  for (const reply of [
    thirdWrongPatch,
    otherWrongPatch.replace('or 2', 'or 3'),
    thirdWrongPatch.replace('discount + 1', 'discount + 2'),
  ]) {
    gemini.reply(accepted, asks.critique);
    gemini.reply(reply, asks.propose);
  }
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed', 80_000);
  expect(incident).toMatchObject({ stopReason: 'no-patch', attempt: 3 });
  expect(incident.caseFile.patch?.attempts.map((attempt) => attempt.feedback)).toEqual([
    expect.stringContaining('the tests still fail'),
    expect.stringContaining('the tests still fail'),
    expect.stringContaining('the tests still fail'),
  ]);

  const ada = world.person();
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  expect(Branches.parse(await ada.get(`/repos/${repository}/branches`)).map((branch) => branch.name)).toEqual(['main']);
  const comments = z
    .array(z.object({ body: z.string() }))
    .parse(await ada.get(`/repos/${repository}/commits/${sha}/comments`));
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('opens no pull request');
  expect(comments[0]?.body).toContain('Attempt 3');
}, 120_000);

it('what a red sandbox said is in the next prompt, and the second attempt may be right', async () => {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, /attempt 1: given up[\s\S]*Write the patch/);
  gemini.reply(thirdWrongPatch, /^(?![\s\S]*attempt 1: given up)[\s\S]*Write the patch/);
  gemini.reply(accepted, asks.critique);
  gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting', 80_000);
  expect(incident.attempt).toBe(2);
  expect(
    gemini
      .calls()
      .filter((call) => call.prompt.includes('Write the patch'))
      .at(-1)?.prompt,
  ).toContain('test_free_of_discount');
  expect(gemini.leftovers()).toEqual([]);
}, 120_000);
