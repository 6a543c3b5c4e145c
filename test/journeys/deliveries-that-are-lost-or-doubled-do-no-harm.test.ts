import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../src/incident/incident.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { freePort } from './free-port.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Runs = z.object({ workflow_runs: z.array(z.object({ event: z.string() })) });
const isOpened = (one: Incident): boolean => one.step === 'settle' && one.state === 'waiting';

async function calculatorStage(): Promise<void> {
  world = await stage({ [repository]: calculator });
  const { gemini } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await world.startApp();
}

async function expectOneHeal(): Promise<void> {
  await world.simulator.github.idle();
  expect(await world.app().store.incidents({ limit: 10 })).toHaveLength(1);
  const ada = world.person();
  expect(z.array(z.unknown()).parse(await ada.get(`/repos/${repository}/pulls?state=all`))).toHaveLength(1);
  const runs = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`)).workflow_runs;
  expect(runs.filter((run) => run.event === 'workflow_dispatch')).toHaveLength(1);
  expect(world.simulator.gemini.leftovers()).toEqual([]);
}

const completedRuns = () =>
  world.simulator.github
    .deliveries()
    .filter((delivery) => delivery.event === 'workflow_run' && delivery.action === 'completed');

it('what could not be delivered is asked for again at the next start', async () => {
  await calculatorStage();
  const { github } = world.simulator;
  await world.stopApp();
  await github.push(repository, breakingPush);
  await github.idle();
  expect(completedRuns().map((delivery) => delivery.statusCode)).toEqual([502]);

  await world.startApp();
  await world.until(repository, (one) => one.step === 'conclude' && one.state === 'waiting');
  // The App runs, but nothing comes through to it any more.
  github.setAppUrl(`http://127.0.0.1:${await freePort()}/api/github/webhooks`);
  await github.idle();
  await world.stopApp();
  await world.startApp();
  await world.until(repository, isOpened);
  await expectOneHeal();
  expect(completedRuns().filter((delivery) => delivery.redelivery)).toEqual([
    expect.objectContaining({ statusCode: 200 }),
    expect.objectContaining({ statusCode: 200 }),
  ]);
}, 120_000);

it('what is delivered twice, or in the wrong order, is one incident and one pull request', async () => {
  await calculatorStage();
  const { github } = world.simulator;
  // A run's three events: requested, in progress, completed. After them everything comes twice.
  github.faults({ event: 'workflow_run', reorder: 3, duplicate: 100 });
  await github.push(repository, breakingPush);
  await world.until(repository, isOpened);
  await expectOneHeal();
  const first = github
    .deliveries()
    .filter((delivery) => delivery.event === 'workflow_run')
    .slice(-3);
  expect(first.map((delivery) => delivery.action)).toEqual(['requested', 'in_progress', 'completed']);
  const guids = completedRuns().map((delivery) => delivery.guid);
  expect(new Set(guids).size).toBeLessThan(guids.length);
}, 120_000);
