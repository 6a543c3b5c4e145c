import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { Comments } from './one-heal.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const secondPatch = rightPatch.replace('share = price * discount / 100', 'share = price * (discount / 100)');

async function opened(): Promise<string> {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(secondPatch, /put the division in brackets[\s\S]*Write the patch/);
  gemini.reply(rightPatch, /^(?![\s\S]*put the division in brackets)[\s\S]*Write the patch/);
  gemini.reply(accepted, asks.critique);
  gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const { id } = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  await github.idle();
  return id;
}

it('reviewers ask for changes and get another attempt on the same pull request', async () => {
  const id = await opened();
  const grace = world.person('grace', 'write');
  await grace.post(`/repos/${repository}/pulls/1/reviews`, {
    event: 'REQUEST_CHANGES',
    body: 'Please put the division in brackets.',
  });
  const incident = await world.until(
    repository,
    (one) => one.id === id && one.attempt === 2 && one.state === 'waiting' && one.step === 'settle',
  );
  expect(incident.caseFile.validation?.verdict).toBe('proven');
  const pull = z
    .object({ head: z.object({ sha: z.string() }), state: z.string() })
    .parse(await grace.get(`/repos/${repository}/pulls/1`));
  expect(pull).toMatchObject({ state: 'open', head: { sha: incident.caseFile.review?.headSha } });
  const commit = z
    .object({ files: z.array(z.object({ patch: z.string() })) })
    .parse(await grace.get(`/repos/${repository}/commits/${pull.head.sha}`));
  expect(commit.files.map((file) => file.patch).join('\n')).toContain('price * (discount / 100)');
  expect(z.array(z.unknown()).parse(await grace.get(`/repos/${repository}/pulls?state=all`))).toHaveLength(1);
  const answers = Comments.parse(await grace.get(`/repos/${repository}/issues/1/comments`));
  expect(answers).toEqual([{ body: expect.stringContaining(`/pull/1/commits/${pull.head.sha}`) }]);
}, 120_000);

it('a pull request that people close is not proposed again', async () => {
  const id = await opened();
  await world.person().patch(`/repos/${repository}/pulls/1`, { state: 'closed' });
  const incident = await world.until(repository, (one) => one.id === id && one.state === 'closed');
  expect(incident.stopReason).toBe('rejected');
  const branches = z
    .array(z.object({ name: z.string() }))
    .parse(await world.person().get(`/repos/${repository}/branches`));
  expect(branches.map((branch) => branch.name)).toEqual(['main']);

  await world.simulator.github.push(repository, {
    branch: 'main',
    files: { 'README.md': '# still red\n' },
    message: 'docs: more',
  });
  const again = await world.until(repository, (one) => one.id !== id && one.state === 'closed');
  expect(again.stopReason).toBe('already-tried');
  expect(z.array(z.unknown()).parse(await world.person().get(`/repos/${repository}/pulls?state=all`))).toHaveLength(1);
}, 120_000);
