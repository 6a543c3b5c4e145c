import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, broken, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
/** The bug is there, and no test knows it: the tests are green. */
const test = calculator['tests/test_calc.py']?.split('\n\n    def test_free_of_discount')[0] ?? '';
const files = { ...calculator, 'calculator/calc.py': broken, 'tests/test_calc.py': `${test}\n` };
const report = `It fails in production since yesterday:

\`\`\`
Traceback (most recent call last):
  File "/app/calculator/calc.py", line 2, in calc
    share = price / (100 / discount)
ZeroDivisionError: division by zero
\`\`\`
`;
const patch = rightPatch
  .replace(
    '    def test_free_of_discount(self):\n=======',
    '        self.assertEqual(calc(80, 10), 72)\n=======\n        self.assertEqual(calc(80, 10), 72)\n',
  )
  .replace('\n\n    def test_free_of_discount(self):\n>>>>>>> REPLACE', '\n>>>>>>> REPLACE');

let world: Stage;
afterEach(() => world.close());

const Comments = z.array(z.object({ body: z.string(), user: z.object({ login: z.string() }) }));

async function labelled(login: string, permission: 'admin' | 'triage'): Promise<void> {
  const person = world.person(login, permission);
  await world.person().post(`/repos/${repository}/issues`, { title: 'Division by zero', body: report });
  await person.post(`/repos/${repository}/issues/1/labels`, { labels: ['auto-heal'] });
}

it('a labelled issue becomes a pull request that fixes it', async () => {
  world = await stage({ [repository]: files });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(patch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await labelled('ada', 'admin');

  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  const colours = incident.caseFile.validation?.runs?.map((run) => `${run.name} ${run.was}`);
  expect(colours).toEqual(['base green', 'test-only red', 'candidate green']);

  const ada = world.person();
  const pull = z.object({ body: z.string() }).parse(await ada.get(`/repos/${repository}/pulls/2`));
  expect(pull.body).toMatch(/^Fixes #1$/m);
  const comments = Comments.parse(await ada.get(`/repos/${repository}/issues/1/comments`));
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('#2');

  const asInstallation = github.requests().filter(({ as }) => as === 'installation');
  const asked = asInstallation.filter(({ path }) => path !== '/installation/token');
  expect(asked.map(({ method, path }) => `${method} ${path}`).slice(16)).toEqual([]);
  expect(incident.caseFile.githubRequests).toMatchObject({ sent: asked.length });

  await ada.put(`/repos/${repository}/pulls/2/merge`, {});
  const issue = z.object({ state: z.string() }).parse(await ada.get(`/repos/${repository}/issues/1`));
  expect(issue.state).toBe('closed');
}, 90_000);

it('a label set by somebody without write access starts nothing', async () => {
  world = await stage({ [repository]: files });
  await world.startApp();
  await labelled('mallory', 'triage');
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('not-ours');
  expect(world.simulator.gemini.calls()).toEqual([]);
  expect(Comments.parse(await world.person().get(`/repos/${repository}/issues/1/comments`))).toEqual([]);
}, 60_000);
