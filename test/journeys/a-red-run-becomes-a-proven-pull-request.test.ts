import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
afterEach(() => world.close());

const Pull = z.object({
  title: z.string(),
  body: z.string(),
  draft: z.boolean(),
  labels: z.array(z.object({ name: z.string() })),
  head: z.object({ ref: z.string(), sha: z.string() }),
  base: z.object({ ref: z.string() }),
});
const Commit = z.object({
  commit: z.object({ message: z.string(), tree: z.object({ sha: z.string() }) }),
  files: z.array(z.object({ filename: z.string() })),
});
const CheckRuns = z.object({ check_runs: z.array(z.object({ name: z.string(), conclusion: z.string().nullable() })) });
const Runs = z.object({
  workflow_runs: z.array(z.object({ head_sha: z.string(), event: z.string(), path: z.string() })),
});

it('a red run becomes a proven pull request', async () => {
  world = await stage({ [repository]: calculator });
  await world.startApp();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply(), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);

  await github.push(repository, breakingPush);
  const incident = await world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting');
  await github.idle();

  const ada = world.person();
  const pull = Pull.parse(await ada.get(`/repos/${repository}/pulls/1`));
  expect(pull.title).toBe('[self-heal] fix(calculator): accept a discount of zero');
  expect(pull).toMatchObject({ draft: false, base: { ref: 'main' }, labels: [{ name: 'self-heal' }] });
  expect(pull.head.ref).toBe(`self-heal/${incident.id}-accept-a-discount-of-zero`);
  expect(pull.body).toContain('✗\u00a0red');
  expect(pull.body).toContain('✓\u00a0green');

  const commit = Commit.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}`));
  expect(commit.commit.message).not.toContain('skip-checks');
  expect(commit.commit.tree.sha).toBe(incident.caseFile.branch?.treeSha);
  expect(commit.files.map((file) => file.filename).sort()).toEqual(['calculator/calc.py', 'tests/test_calc.py']);

  const checks = CheckRuns.parse(await ada.get(`/repos/${repository}/commits/${pull.head.sha}/check-runs`)).check_runs;
  expect(checks).toContainEqual(expect.objectContaining({ name: 'Self-Heal proof', conclusion: 'success' }));
  expect(checks).toContainEqual(expect.objectContaining({ name: 'test', conclusion: 'success' }));

  // In quarantine no workflow but the sandbox met the candidate.
  const candidate = incident.caseFile.branch?.candidateSha ?? '';
  const runs = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`)).workflow_runs;
  expect(runs.filter((run) => run.head_sha === candidate)).toEqual([]);
  expect(runs.filter((run) => run.event === 'workflow_dispatch').map((run) => run.path)).toEqual([
    '.github/workflows/self-heal.yml',
  ]);
  expect(gemini.leftovers()).toEqual([]);

  const asInstallation = github.requests().filter(({ as }) => as === 'installation');
  const asked = asInstallation.filter(({ path }) => path !== '/installation/token');
  expect(asked.map(({ method, path }) => `${method} ${path}`).slice(16)).toEqual([]);
  expect(incident.caseFile.githubRequests).toMatchObject({ sent: asked.length });
  expect(pull.body).toMatch(/GitHub was asked \d+ times before this pull request/);
}, 90_000);
