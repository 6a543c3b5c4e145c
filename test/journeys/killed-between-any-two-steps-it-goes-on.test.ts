import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type AppProcess, type StepLine, startAppProcess } from './app-process.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { expectOneHeal } from './one-heal.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
let app: AppProcess | undefined;
afterEach(async () => {
  await app?.kill();
  await world.close();
});

it('killed after every step, it goes on with the next', async () => {
  world = await stage({ [repository]: calculator });
  const { gemini, github } = world.simulator;
  // A kill may come while the model answers: then it is asked again.
  for (let i = 0; i < 3; i += 1) {
    gemini.reply(diagnosisReply(), asks.diagnose);
    gemini.reply(rightPatch, asks.propose);
    gemini.reply(accepted, asks.critique);
  }
  app = await startAppProcess(world.env);
  github.setAppUrl(`${app.url}/api/github/webhooks`);
  await github.push(repository, breakingPush);
  const killedAfter: string[] = [];
  const isNew = ({ step, state }: StepLine): boolean => !killedAfter.includes(`${step} ${state}`);
  for (;;) {
    const line = await app.step(isNew);
    await app.kill();
    killedAfter.push(`${line.step} ${line.state}`);
    // The sandbox ends while nobody is there to hear of it.
    if (line.state === 'waiting') await github.idle();
    if (line.next === 'settle') break;
    app = await startAppProcess(world.env);
  }
  // Killed steps may run on a little before the blow falls, so which ones are seen differs; the route does not.
  expect(killedAfter.length).toBeGreaterThan(5);
  app = await startAppProcess(world.env);
  // The killed process may have come to wait for people just before the blow fell: then only they wake it.
  const [pull] = z
    .array(z.object({ number: z.number() }))
    .parse(await world.person().get(`/repos/${repository}/pulls`));
  await world
    .person()
    .post(`/repos/${repository}/pulls/${pull?.number}/reviews`, { event: 'COMMENT', body: 'I look.' });
  const last = await app.step((line) => line.step === 'settle' && line.state === 'waiting');
  expect(last.stopReason).toBeNull();
  await expectOneHeal(world, repository);
}, 180_000);
