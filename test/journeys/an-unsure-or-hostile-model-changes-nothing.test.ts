import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Comments = z.array(z.object({ body: z.string() }));

async function calculatorStage(): Promise<void> {
  world = await stage({ [repository]: calculator });
  await world.startApp();
}

async function explanationOn(sha: string): Promise<string> {
  const comments = Comments.parse(await world.person().get(`/repos/${repository}/commits/${sha}/comments`));
  expect(comments).toHaveLength(1);
  return comments[0]?.body ?? '';
}

const git = async (...args: string[]): Promise<string[]> => {
  const command = ['--git-dir', world.simulator.github.gitDirectory(repository), ...args];
  const { stdout } = await promisify(execFile)('git', command);
  return stdout.split('\n').filter(Boolean);
};

/** Not only is there no branch: what the model wrote never reached the repository, not even as a loose object. */
async function expectNothingWritten(): Promise<void> {
  expect(await git('for-each-ref', '--format=%(refname)')).toEqual(['refs/heads/main']);
  const objects = await git('cat-file', '--batch-all-objects', '--batch-check=%(objecttype)');
  expect(objects.filter((type) => type === 'commit')).toHaveLength(2);
  expect(await git('rev-list', '--objects', '--all')).toHaveLength(objects.length);
  const pulls = await world.person().get(`/repos/${repository}/pulls?state=all`);
  expect(pulls).toEqual([]);
}

it('what the model is not sure of is told, and nothing is patched', async () => {
  await calculatorStage();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply({ confidence: 0.3 }), asks.diagnose);
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('low-confidence');
  const told = await explanationOn(sha);
  expect(told).toContain('divides 100 by a discount of 0');
  for (const words of ['`calculator/calc.py:2`', 'Multiply instead of dividing twice', 'The rounding', 'share = price'])
    expect(told).toContain(words);
  await expectNothingWritten();
}, 60_000);

const newFile = (path: string, text: string): string =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n=======\n${text}\n>>>>>>> REPLACE\n\`\`\`\n`;

const withoutTheTest = `${rightPatch.split('tests/test_calc.py')[0]}tests/test_calc.py
\`\`\`
<<<<<<< SEARCH
    def test_free_of_discount(self):
        self.assertEqual(calc(80, 0), 80)
=======
    def test_half_price(self):
        self.assertEqual(calc(80, 50), 40)
>>>>>>> REPLACE
\`\`\`
`;

it('a patch that reaches out of its bounds is refused before anything is pushed', async () => {
  await calculatorStage();
  const { gemini, github } = world.simulator;
  const workflow = newFile('.github/workflows/release.yml', 'on: push\njobs: {}');
  const outside = newFile('../../.bashrc', 'true');
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(`${rightPatch}\n${workflow}`, asks.propose);
  gemini.reply(withoutTheTest, asks.propose);
  gemini.reply(`${rightPatch}\n${outside}`, asks.propose);
  gemini.reply(accepted, asks.critique);
  gemini.reply(accepted, asks.critique);
  gemini.reply(accepted, asks.critique);
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident).toMatchObject({ stopReason: 'no-patch', attempt: 3 });
  expect(incident.caseFile.patch?.attempts.map((attempt) => attempt.feedback)).toEqual([
    expect.stringContaining('.github/workflows/release.yml'),
    expect.stringContaining('test_free_of_discount'),
    expect.stringContaining('../../.bashrc'),
  ]);
  expect(await explanationOn(sha)).toContain('opens no pull request');
  await expectNothingWritten();
}, 60_000);

it('answers that cannot be read twice end the incident, and that is said', async () => {
  await calculatorStage();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.fault({ kind: 'malformed-json', times: 2 });
  const sha = await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.state === 'closed');
  expect(incident.stopReason).toBe('model-failed');
  expect(gemini.calls()).toHaveLength(2);
  expect(await explanationOn(sha)).toContain('The model gave no usable answer');
  await expectNothingWritten();
}, 60_000);

it('a model that is down for a while is asked again until it answers', async () => {
  await calculatorStage();
  const { gemini, github } = world.simulator;
  gemini.fault({ kind: 'unavailable', times: 3 });
  gemini.fault({ kind: 'rate-limit', times: 1, delayMs: 200 });
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  expect(incident.timeline.map((entry) => entry.text)).toContainEqual(expect.stringMatching(/^model-unavailable: /));
  expect(gemini.calls().map((call) => call.status)).toEqual([503, 503, 503, 429, 200, 200, 200]);
}, 90_000);
