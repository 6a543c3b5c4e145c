// Bots (February 2026) that opened pull requests where `pull_request_target` checks out the head and runs it, secrets at hand.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { breakingPush, calculator, rightPatch } from '../calculator.ts';
import { type Stage, stage } from '../stage.ts';
import { calculatorWith, expectNarrowTokens, expectNoCredentials, logs, obeys, runs } from './world-after.ts';

const secret = 'pr0duct10n-k3y-9182';
const job = (ref: string) => `jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: \${{ ${ref} }}
      - run: python3 -m unittest && echo "met the change with a key of \${#KEY} characters"
        env:
          KEY: \${{ secrets.DEPLOY_KEY }}
`;
const target = `name: Target\non: pull_request_target\n${job('github.event.pull_request.head.sha')}`;
const ofBranch = `name: Preview\non:\n  create:\n  push:\n    branches: ['self-heal/**']\n${job('github.ref')}`;
const onReview = `name: Reviewed\non: [pull_request_review, issue_comment]\n${job('github.event.pull_request.head.sha || github.ref')}`;
const { '.github/workflows/ci.yml': ci = '' } = calculator;

let world: Stage;
const repositories = {
  'acme/target': { 'target.yml': target },
  'acme/preview': { 'preview.yml': ofBranch },
  'acme/reviewed': { 'reviewed.yml': onReview },
};
beforeAll(async () => {
  const files = Object.entries(repositories).map(([name, workflows]): [string, Record<string, string>] => [
    name,
    calculatorWith(
      '',
      Object.fromEntries(
        Object.entries({ 'ci.yml': ci, ...workflows }).map(([file, text]) => [`.github/workflows/${file}`, text]),
      ),
    ),
  ]);
  world = await stage(Object.fromEntries(files), { secrets: { DEPLOY_KEY: secret } });
  await world.startApp();
}, 60_000);
afterAll(() => world.close());

it.each(Object.keys(repositories))(
  'a change of ours does not meet the secrets of %s by itself',
  async (repository) => {
    obeys(world, [rightPatch]);
    await world.simulator.github.push(repository, breakingPush);
    await world.until(
      repository,
      (one) => one.state === 'closed' || (one.step === 'settle' && one.state === 'waiting'),
    );
    await world.simulator.github.idle();

    const met = (await runs(world, repository)).filter(
      ({ event }) => event !== 'push' && event !== 'workflow_dispatch',
    );
    expect(met.filter(({ path }) => !path.endsWith('/ci.yml'))).toEqual([]);
    expect(await logs(world, repository)).not.toContain('met the change');
    expectNarrowTokens(world, repository);
    await expectNoCredentials(world, repository, [secret]);
  },
  90_000,
);
