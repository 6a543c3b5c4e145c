// A CLI agent (April 2026): it executed configuration that the pull request brought, whatever its allow-list said.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { breakingPush, calculator, rightPatch } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import {
  asked,
  calculatorWith,
  expectNarrowTokens,
  expectNoCredentials,
  logs,
  newFile,
  obeys,
  pulls,
  runs,
  settled,
  withMore,
} from './world-after.ts';

const own = 'acme/policy';
const hijacking = 'acme/workflow';
const secret = 'd3pl0y-k3y-0f-th3-sh0p';
const ci = (calculator['.github/workflows/ci.yml'] ?? '').replace('branches: [main]', 'branches: [main, feature]');
/** The same inputs, other steps: what the branch's owner would like to run on a dispatch. */
const hijacked = (calculator['.github/workflows/self-heal.yml'] ?? '').replace(
  /steps:\n[\s\S]*$/,
  `steps:\n      - run: echo "hijacked $KEY"\n        env:\n          KEY: \${{ secrets.DEPLOY_KEY }}\n`,
);

let world: Stage;
beforeAll(async () => {
  const files = calculatorWith('branches: [feature]\nattempts: 3\n', { '.github/workflows/ci.yml': ci });
  world = await stage({ [own]: files, [hijacking]: files }, { secrets: { DEPLOY_KEY: secret } });
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

const pushed = (repository: string, files: Record<string, string>): Promise<string> =>
  world.simulator.github.push(repository, {
    ...breakingPush,
    branch: 'feature',
    files: { ...breakingPush.files, ...files },
  });

it('policy and workflow come from the default branch, whatever the failing branch and the patch say', async () => {
  obeys(world, [
    // What the branch's own policy would allow, and what nobody's policy allows.
    withMore('setup.py', newFile('setup.py', "print('hijacked')")),
    withMore('.github/workflows/self-heal.yml', newFile('.github/workflows/self-heal.yml', 'on: push')),
    rightPatch,
  ]);
  await pushed(own, { '.github/self-heal.yml': "branches: [feature]\nallow: ['**']\nforbid: []\nattempts: 5\n" });
  expect((await settled(world, own)).attempt).toBe(3);
  await world.simulator.github.idle();

  const dispatches = asked(world).filter(({ path }) => path.endsWith('/dispatches'));
  const Dispatch = z.object({ ref: z.string() });
  expect(dispatches.map(({ body }) => Dispatch.parse(JSON.parse(body)).ref)).toEqual(['main']);
  const Files = z.array(z.object({ filename: z.string() }));
  const [pull] = await pulls(world, own);
  const changed = Files.parse(await world.person().get(`/repos/${own}/pulls/${pull?.number}/files`));
  expect(changed.map(({ filename }) => filename).sort()).toEqual(['calculator/calc.py', 'tests/test_calc.py']);
  expectNarrowTokens(world, own);
  await expectNoCredentials(world, own, [secret]);
}, 90_000);

it('a sandbox workflow that a branch brings along is never run', async () => {
  obeys(world, [rightPatch]);
  await pushed(hijacking, { '.github/workflows/self-heal.yml': hijacked });
  await world.until(hijacking, (one) => one.state === 'closed' || (one.step === 'settle' && one.state === 'waiting'));
  await world.simulator.github.idle();
  const dispatched = (await runs(world, hijacking)).filter(({ event }) => event === 'workflow_dispatch');
  expect(dispatched.filter(({ head_branch }) => head_branch !== 'main')).toEqual([]);
  expect(await logs(world, hijacking)).not.toContain('hijacked');
  expectNarrowTokens(world, hijacking);
  await expectNoCredentials(world, hijacking, [secret]);
}, 90_000);
