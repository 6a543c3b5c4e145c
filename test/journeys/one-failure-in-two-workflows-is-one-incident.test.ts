import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type AppProcess, startAppProcess } from './app-process.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';
import { type Wire, wire } from './wire.ts';

const repository = 'acme/calculator';
const twice = {
  ...calculator,
  '.github/workflows/again.yml': (calculator['.github/workflows/ci.yml'] ?? '').replace('name: CI', 'name: Again'),
};

let world: Stage;
let app: AppProcess | undefined;
let toGitHub: Wire | undefined;
afterEach(async () => {
  await app?.kill();
  await toGitHub?.close();
  await world.close();
});

const Checks = z.object({
  check_runs: z.array(z.object({ name: z.string(), output: z.object({ title: z.string().nullable() }) })),
});

it('one failure in two workflows is one incident', async () => {
  world = await stage({ [repository]: twice });
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  toGitHub = await wire(world.simulator.url);
  // The last request of `collect`: then both look for a twin at once, and may both be saved under one name.
  toGitHub.gather(/^POST \/api\/graphql/, 2);
  app = await startAppProcess({ ...world.env, GHE_HOST: new URL(toGitHub.url).host });
  github.setAppUrl(`${app.url}/api/github/webhooks`);
  const sha = await github.push(repository, breakingPush);

  const healed = await app.step((line) => line.step === 'settle' && line.state === 'waiting');
  const other = await app.step((line) => line.state === 'closed');
  expect(other).toMatchObject({ stopReason: 'duplicate' });
  expect(other.incident).not.toBe(healed.incident);
  await github.idle();

  const ada = world.person();
  expect(z.array(z.unknown()).parse(await ada.get(`/repos/${repository}/pulls?state=all`))).toHaveLength(1);
  expect(await ada.get(`/repos/${repository}/commits/${sha}/comments`)).toEqual([]);
  const { check_runs } = Checks.parse(await ada.get(`/repos/${repository}/commits/${sha}/check-runs`));
  expect(check_runs).toContainEqual({ name: 'Self-Heal', output: { title: expect.stringContaining('same failure') } });
  expect(gemini.leftovers()).toEqual([]);
  expect(app.errors()).toEqual([]);
}, 120_000);
