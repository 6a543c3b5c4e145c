import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
/** As people mended it: in the same function, in other words. */
const mended = `def calc(price, discount):
    share = price / 100 * discount
    return round(price - share, 2)
`;

let world: Stage;
afterEach(() => world.close());

const Issues = z.array(
  z.object({ number: z.number(), title: z.string(), body: z.string(), state: z.string(), comments: z.number() }),
);
const Comments = z.array(z.object({ body: z.string() }));
const Names = z.array(z.object({ name: z.string() }));
const Checks = z.object({ check_runs: z.array(z.object({ app: z.object({ slug: z.string() }) })) });

const tenDaysMs = 10 * 24 * 3_600_000;

const issues = async () => Issues.parse(await world.person().get(`/repos/${repository}/issues?state=all`));

async function untilIssue(like: (issue: z.infer<typeof Issues>[number]) => boolean) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = (await issues()).find(like);
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`no such issue: ${JSON.stringify(await issues())}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('in shadow nothing is shown, and the scoreboard tells', async () => {
  world = await stage({ [repository]: { ...calculator, '.github/self-heal.yml': 'mode: shadow\n' } });
  const { gemini, github } = world.simulator;
  await world.startApp();
  const ada = world.person('ada', 'admin');

  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  const broken = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed', 120_000);
  expect(incident).toMatchObject({ stopReason: 'shadowed', caseFile: { validation: { verdict: 'proven' } } });
  expect(incident.stopDetail).toContain('It would have opened a pull request that is ready for review');
  await github.idle();

  const written = github
    .requests()
    .filter(({ as, method, path }) => as === 'installation' && method !== 'GET' && path !== '/installation/token')
    .map(({ method, path }) => `${method} ${path.replace(`/repos/${repository}`, '').replace(incident.id, 'ID')}`);
  // The branch in quarantine, the sandbox's start, and the branch's end; files are read by GraphQL.
  expect(written).toEqual([
    'POST /graphql',
    'POST /git/trees',
    'POST /git/commits',
    'POST /git/refs',
    'POST /actions/workflows/self-heal.yml/dispatches',
    'DELETE /git/refs/heads%2Fself-heal%2FID-accept-a-discount-of-zero',
  ]);
  expect(await ada.get(`/repos/${repository}/commits/${broken}/comments`)).toEqual([]);
  const { check_runs: checks } = Checks.parse(await ada.get(`/repos/${repository}/commits/${broken}/check-runs`));
  expect(checks.filter(({ app }) => app.slug !== 'github-actions')).toEqual([]);
  expect(await ada.get(`/repos/${repository}/pulls?state=all`)).toEqual([]);
  expect(await issues()).toEqual([]);
  expect(Names.parse(await ada.get(`/repos/${repository}/branches`)).map(({ name }) => name)).toEqual(['main']);

  // People mend it themselves; a week goes by, in which the App is started anew.
  await github.push(repository, { ...breakingPush, files: { 'calculator/calc.py': mended }, message: 'calc: mend it' });
  await github.idle();
  await world.stopApp();
  world.skip(tenDaysMs);
  await world.startApp();
  const issue = await untilIssue(({ comments }) => comments === 1);
  expect(issue).toMatchObject({ title: 'Self-Heal: what it would have done', state: 'open' });
  expect(issue.body).toContain('| Pull requests it would have opened | 1 |');
  expect(issue.body).toContain('1 of 1 files: `calculator/calc.py`<br>1 of 1 functions: `calc`');
  expect(issue.body).toMatch(/\[Proven\]\(\S+\) after .* \| \[green\]\(\S+\) at /);
  const [week] = Comments.parse(await ada.get(`/repos/${repository}/issues/${issue.number}/comments`));
  expect(week?.body).toContain('### Told on');

  // A week without anything new is no news, and nobody who closed the issue hears of it again.
  await world.stopApp();
  world.skip(tenDaysMs);
  await world.startApp();
  const key = repository.toLowerCase();
  const told = await world.app().store.loadScoreboard(key);
  const deadline = Date.now() + 60_000;
  while ((await world.app().store.loadScoreboard(key))?.revision === told?.revision && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await issues()).toEqual([expect.objectContaining({ comments: 1, body: issue.body })]);
  expect(gemini.leftovers()).toEqual([]);
}, 240_000);
