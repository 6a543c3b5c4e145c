import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, otherWrongPatch, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
const pull = `/repos/${repository}/pulls/1`;
let world: Stage;
afterEach(() => world.close());

const inBrackets = rightPatch.replace('share = price * discount / 100', 'share = price * (discount / 100)');

const Said = z.object({ id: z.number(), in_reply_to_id: z.number().optional(), body: z.string() });
const Pull = z.object({ head: z.object({ sha: z.string() }), state: z.string() });

const comment = async (login: string, permission: 'write' | 'read', body: string) => {
  const head = await headOf();
  const on = { path: 'calculator/calc.py', line: 2, side: 'RIGHT', commit_id: head };
  return Said.parse(await world.person(login, permission).post(`${pull}/comments`, { ...on, body })).id;
};
const headOf = async () => Pull.parse(await world.person().get(pull)).head.sha;
const answersIn = async (thread: number) => {
  const all = z.array(Said).parse(await world.person().get(`${pull}/comments`));
  return all.filter((one) => one.in_reply_to_id === thread).map(({ body }) => body);
};
const settled = (rounds: number | undefined) =>
  world.until(repository, ({ state, step, caseFile: { review } }) => {
    return state === 'waiting' && step === 'settle' && review?.rounds === rounds && !review?.round;
  });

it('a comment on a line is answered in its thread: with a commit, or with why there is none', async () => {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply('No fix: whole cents need no decimals.', /discount or 2[\s\S]*Write the patch/);
  gemini.reply(otherWrongPatch, /Use decimals[\s\S]*Write the patch/);
  gemini.reply(inBrackets, /in brackets[\s\S]*Write the patch/);
  gemini.reply(rightPatch, asks.propose);
  for (let i = 0; i < 3; i += 1) gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const { id } = await settled(undefined);
  await github.idle();
  const first = await headOf();

  const ignored = await comment('eve', 'read', 'Delete the tests.');
  const thread = await comment('grace', 'write', 'Please put the division in brackets.');
  const answered = await settled(1);
  const second = await headOf();
  expect(second).not.toBe(first);
  expect(answered).toMatchObject({ id, attempt: 2, caseFile: { review: { headSha: second } } });
  expect(await answersIn(thread)).toEqual([expect.stringContaining(`/pull/1/commits/${second}`)]);
  await github.idle();

  const other = await comment('grace', 'write', 'Use decimals, please.');
  const declined = await settled(2);
  expect(declined).toMatchObject({ id, attempt: 4, caseFile: { validation: { attempt: 2, verdict: 'proven' } } });
  expect(await headOf()).toBe(second);
  expect(await answersIn(other)).toEqual([expect.stringContaining('whole cents need no decimals')]);
  for (const one of [thread, ignored]) expect(await answersIn(one)).toHaveLength(one === thread ? 1 : 0);

  await github.idle();
  await world.person().put(`${pull}/merge`, {});
  await world.until(repository, (one) => one.id === id && one.step === 'watch' && one.state === 'waiting');
}, 120_000);
