import { afterEach, expect, it } from '@jest/globals';
import { type AppProcess, startAppProcess } from './app-process.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { Comments, expectOneHeal } from './one-heal.ts';
import { type Stage, stage } from './stage.ts';
import { type Wire, wire } from './wire.ts';

const repository = 'acme/calculator';
let world: Stage;
let app: AppProcess | undefined;
let wires: Wire[] = [];
afterEach(async () => {
  await app?.kill();
  await Promise.all(wires.map((one) => one.close()));
  await world.close();
  wires = [];
});

const report = `Since yesterday:

\`\`\`
FAIL: test_free_of_discount
Traceback (most recent call last):
  File "/app/calculator/calc.py", line 2, in calc
    share = price / (100 / discount)
ZeroDivisionError: division by zero
\`\`\`
`;

it('killed in the middle of a step, it finds what it had done already', async () => {
  const files = { ...calculator, 'calculator/calc.py': breakingPush.files['calculator/calc.py'] };
  world = await stage({ [repository]: files });
  const { gemini, github } = world.simulator;
  for (let i = 0; i < 2; i += 1) {
    gemini.reply(diagnosisReply(), asks.diagnose);
    gemini.reply(rightPatch, asks.propose);
    gemini.reply(accepted, asks.critique);
  }
  const toGitHub = await wire(world.simulator.url);
  const toGemini = await wire(gemini.url);
  wires = [toGitHub, toGemini];
  const env = { ...world.env, GHE_HOST: new URL(toGitHub.url).host, GEMINI_BASE_URL: toGemini.url };
  app = await startAppProcess(env);
  github.setAppUrl(`${app.url}/api/github/webhooks`);
  const kill = async (): Promise<void> => app?.kill();

  const ada = world.person();
  await ada.post(`/repos/${repository}/issues`, { title: 'Division by zero', body: report });
  const deaths: [Wire, RegExp][] = [
    [toGitHub, /^POST .*\/issues\/1\/comments/],
    [toGemini, /:generateContent/],
    [toGitHub, /^POST .*\/git\/refs$/],
    [toGitHub, /^POST .*\/dispatches$/],
    [toGitHub, /^GET .*\/artifacts/],
    [toGitHub, /^PATCH .*\/git\/refs\/heads/],
    [toGitHub, /^POST .*\/pulls$/],
    [toGitHub, /^POST .*\/labels$/],
  ];
  for (const [line, like] of deaths) {
    const death = line.cut(like, kill);
    if (line === toGitHub && like.source.includes('issues')) {
      await ada.post(`/repos/${repository}/issues/1/labels`, { labels: ['auto-heal'] });
    }
    await death;
    app = await startAppProcess(env);
  }
  await app.step((line) => line.step === 'settle' && line.state === 'waiting');
  await app.kill();
  await expectOneHeal(world, repository);
  const comments = Comments.parse(await ada.get(`/repos/${repository}/issues/1/comments`));
  expect(comments).toEqual([{ body: expect.stringContaining('#2') }]);

  await ada.put(`/repos/${repository}/pulls/2/merge`, {});
  await github.idle();
  app = await startAppProcess(env);
  await app.step((line) => line.step === 'watch' && line.state === 'waiting');
}, 180_000);
