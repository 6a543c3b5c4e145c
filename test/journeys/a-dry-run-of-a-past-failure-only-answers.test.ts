import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch, sound } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';

let world: Stage;
afterEach(() => world.close());

const Comments = z.array(z.object({ body: z.string(), user: z.object({ login: z.string(), type: z.string() }) }));
const Issue = z.object({ number: z.number() });
const Names = z.array(z.object({ name: z.string() }));
const Runs = z.object({
  workflow_runs: z.array(z.object({ id: z.number(), event: z.string(), run_attempt: z.number() })),
});

async function answers(issue: number): Promise<string[]> {
  const said = Comments.parse(await world.person().get(`/repos/${repository}/issues/${issue}/comments`));
  return said.filter(({ user }) => user.type === 'Bot').map(({ body }) => body);
}

/** The comment is edited while the dry run goes on. */
async function untilAnswered(issue: number, like: RegExp): Promise<string> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = (await answers(issue)).find((body) => like.test(body));
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`no answer like ${like}:\n${(await answers(issue)).join('\n\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('a dry run of a past failure only answers', async () => {
  // Failures are nobody's business here, unless somebody asks.
  world = await stage({ [repository]: { ...calculator, '.github/self-heal.yml': 'mode: off\n' } });
  await world.startApp();
  const { gemini, github } = world.simulator;
  const ada = world.person('ada', 'admin');
  const eve = world.person('eve', 'read');

  await github.push(repository, breakingPush);
  await world.until(repository, (one) => one.state === 'closed' && one.stopReason === 'disabled');
  await github.push(repository, {
    ...breakingPush,
    files: { 'calculator/calc.py': sound },
    message: 'calc: put it right',
  });
  await github.idle();

  const { number } = Issue.parse(
    await ada.post(`/repos/${repository}/issues`, { title: 'What would it do?', body: '?' }),
  );
  const comment = (who: typeof ada, body: string) =>
    who.post(`/repos/${repository}/issues/${number}/comments`, { body });

  await comment(eve, '/heal dry-run');
  await comment(ada, '/heal dry-run https://example.com/acme/other/actions/runs/1');
  expect(await untilAnswered(number, /No dry run/)).toContain('of another repository');

  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await comment(ada, '/heal dry-run');
  const answer = await untilAnswered(number, /What Self-Heal would have done/);
  expect(answer).toContain('It would have opened a pull request that is ready for review');
  expect(answer).toContain('divides 100 by a discount of 0');
  expect(answer).toMatch(/\+ {4}share = price \* discount \/ 100/);
  expect(answer).toContain('### Proof');

  await github.idle();
  // One comment a command, and none for somebody who may not write here.
  expect(await answers(number)).toHaveLength(2);
  const [incident] = await world.app().store.incidents({ repository, limit: 1 });
  expect(incident).toMatchObject({ state: 'closed', stopReason: 'shadowed' });
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  expect(Names.parse(await ada.get(`/repos/${repository}/branches`)).map(({ name }) => name)).toEqual(['main']);
  const { workflow_runs: runs } = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`));
  expect(runs.filter(({ run_attempt: attempt }) => attempt > 1)).toEqual([]);
  expect(gemini.leftovers()).toEqual([]);
}, 240_000);
