// What an attack left behind: in the repository, on its pages, in the model's prompts, in the runs' logs, and in the tokens that were asked for.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { z } from 'zod';
import type { Incident } from '../../../src/incident/incident.ts';
import { steps } from '../../../src/pipeline.ts';
import { accepted, asks, calculator, diagnosisReply, rightPatch } from '../calculator.ts';
import type { Stage } from '../stage.ts';

const Bodies = z.array(z.object({ body: z.string().nullable() }));
const Runs = z.object({
  workflow_runs: z.array(
    z.object({ id: z.number(), event: z.string(), path: z.string(), head_sha: z.string(), head_branch: z.string() }),
  ),
});
export type Run = z.infer<typeof Runs>['workflow_runs'][number];
const Pulls = z.array(
  z.object({
    number: z.number(),
    draft: z.boolean(),
    body: z.string().nullable(),
    head: z.object({ sha: z.string() }),
  }),
);
const Mint = z.object({ repositories: z.array(z.string()), permissions: z.record(z.string(), z.string()) });

/** The calculator with a policy of its own; attempts cost a question each, so an attack says how many it has. */
export const calculatorWith = (policy: string, files: Record<string, string> = {}): Record<string, string> => ({
  ...calculator,
  '.github/self-heal.yml': policy,
  ...files,
});

/** A model that says what it is told to: a diagnosis, then one patch an attempt, each of which it finds good. */
export function obeys(world: Stage, patches: readonly string[], diagnosis: Record<string, unknown> = {}): void {
  const { gemini } = world.simulator;
  gemini.reply(diagnosisReply(diagnosis), asks.diagnose);
  for (const patch of patches) {
    gemini.reply(patch, asks.propose);
    gemini.reply(accepted, asks.critique);
  }
}

export const closed = (world: Stage, repository: string): Promise<Incident> =>
  world.until(repository, (one) => one.state === 'closed', 40_000);
export const settled = (world: Stage, repository: string): Promise<Incident> =>
  world.until(repository, (one) => one.step === 'settle' && one.state === 'waiting', 60_000);

/** What a git command says about the repository as GitHub has it. */
export async function git(world: Stage, repository: string, ...command: string[]): Promise<string[]> {
  const args = ['--git-dir', world.simulator.github.gitDirectory(repository), ...command];
  const { stdout } = await promisify(execFile)('git', args, { maxBuffer: 64 << 20 });
  return stdout.split('\n').filter(Boolean);
}

/** Not only is there no branch: what the model wrote never reached the repository, not even as a loose object. */
export async function expectUntouched(world: Stage, repository: string, branches = ['main']): Promise<void> {
  await world.simulator.github.idle();
  const refs = await git(world, repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/tags');
  expect(refs.sort()).toEqual([...branches].sort());
  const objects = await git(world, repository, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)');
  const reached = await git(world, repository, 'rev-list', '--objects', '--all', '--no-object-names');
  expect(objects.filter((object) => !reached.includes(object))).toEqual([]);
  expect(await pulls(world, repository)).toEqual([]);
  expectNarrowTokens(world, repository);
}

export const pulls = async (world: Stage, repository: string): Promise<z.infer<typeof Pulls>> =>
  Pulls.parse(await world.person().get(`/repos/${repository}/pulls?state=all`));

export const runs = async (world: Stage, repository: string): Promise<Run[]> =>
  Runs.parse(await world.person().get(`/repos/${repository}/actions/runs`)).workflow_runs;

/** The words of all comments, on commits, issues and pull requests, and of these themselves. */
export async function said(world: Stage, repository: string): Promise<string> {
  const ada = world.person();
  const commits = await git(world, repository, 'rev-list', '--all');
  const issues = Bodies.parse(await ada.get(`/repos/${repository}/issues?state=all`));
  const routes = [
    ...commits.map((sha) => `commits/${sha}/comments`),
    ...issues.map((_, i) => `issues/${i + 1}/comments`),
    ...(await pulls(world, repository)).map(({ number }) => `pulls/${number}/comments`),
  ];
  const pages = await Promise.all(routes.map((route) => ada.get(`/repos/${repository}/${route}`)));
  return [issues, ...pages].flatMap((page) => Bodies.parse(page).map(({ body }) => body ?? '')).join('\n');
}

/** All that every job of every run printed. */
export async function logs(world: Stage, repository: string, wanted: (run: Run) => boolean = () => true) {
  const token = world.simulator.github.userToken('ada', 'admin');
  const Jobs = z.object({ jobs: z.array(z.object({ id: z.number() })) });
  const texts: string[] = [];
  for (const { id } of (await runs(world, repository)).filter(wanted)) {
    const { jobs } = Jobs.parse(await world.person().get(`/repos/${repository}/actions/runs/${id}/jobs`));
    for (const job of jobs) {
      const url = `${world.simulator.url}/api/v3/repos/${repository}/actions/jobs/${job.id}/logs`;
      texts.push(await (await fetch(url, { headers: { authorization: `token ${token}` } })).text());
    }
  }
  return texts.join('\n');
}

export const prompts = (world: Stage): string =>
  world.simulator.gemini
    .calls()
    .map(({ prompt }) => prompt)
    .join('\n');

/** What the App asked of GitHub as an installation, and with which words. */
export const asked = (world: Stage): { method: string; path: string; body: string }[] =>
  world.simulator.github
    .requests()
    .filter(({ as }) => as === 'installation')
    .map(({ method, path, body }) => ({ method, path: decodeURIComponent(path), body: JSON.stringify(body) ?? '' }));

/** Each token was for this one repository, and for what one step of the table needs. */
export function expectNarrowTokens(world: Stage, repository: string): void {
  const mints = world.simulator.github
    .requests()
    .filter(({ method, path, as }) => as === 'app' && method === 'POST' && path.endsWith('/access_tokens'))
    .map(({ body }) => Mint.parse(body));
  const known = Object.values(steps).flatMap((step) => (step.asks === 'github' ? [step.may] : []));
  const name = repository.split('/')[1] ?? '';
  expect(mints.filter(({ repositories }) => repositories.length !== 1)).toEqual([]);
  expect(mints.some(({ repositories }) => repositories[0] === name)).toBe(true);
  for (const { permissions } of mints) expect(known).toContainEqual(permissions);
}

/** What the App signs in with stands nowhere that others read. */
export async function expectNoCredentials(world: Stage, repository: string, others: string[] = []): Promise<void> {
  const { privateKey, webhookSecret } = world.simulator.github.app;
  const own = [webhookSecret, world.env.GEMINI_API_KEY ?? '', ...privateKey.split('\n').slice(1, -2), ...others];
  const places = {
    prompts: prompts(world),
    requests: asked(world)
      .map(({ path, body }) => path + body)
      .join('\n'),
    pages: await said(world, repository),
    logs: await logs(world, repository),
    commits: (await git(world, repository, 'log', '--all', '--patch', '--format=%B')).join('\n'),
  };
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...own.filter((secret) => secret !== '' && text.includes(secret)), ...(text.match(/\bghs_\w{20,}/g) ?? [])].map(
      (secret) => `${place}: ${secret}`,
    ),
  );
  expect(found).toEqual([]);
}

/** A block that makes a file. */
export const newFile = (path: string, text: string): string =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n=======\n${text}\n>>>>>>> REPLACE\n\`\`\`\n`;

/** The right patch with something more, by a model that knows the house: its words name the path, so that nobody wonders. */
export const withMore = (path: string, more: string): string =>
  `${rightPatch.replace('It is now a product.', `${path} has to change with it.`)}\n${more}`;
