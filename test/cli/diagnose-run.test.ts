// `self-heal diagnose OWNER/REPO RUN_ID` with a person's token: what a red run shows, clear errors, and nothing written.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { diagnose } from '../../src/cli/diagnose.ts';
import { DiagnosisReport } from '../../src/cli/diagnosis-report.ts';
import { breakingPush, calculator } from '../journeys/calculator.ts';

const repository = 'acme/calculator';
let folder: string;
let simulator: Simulator;
let env: Record<string, string>;
let runs: { id: number; conclusion: string | null }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-diagnose-run-'));
  const directory = join(folder, 'calculator');
  for (const [name, text] of Object.entries(calculator)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  await mkdir(join(folder, 'replies'));
  simulator = await startSimulator({
    repositories: [{ directory, fullName: repository, private: true }],
    dataDirectory: join(folder, 'github'),
    geminiReplies: join(folder, 'replies'),
  });
  const { github } = simulator;
  const { GHE_HOST = '', GHE_PROTOCOL = '' } = simulator.env();
  env = { GHE_HOST, GHE_PROTOCOL, GITHUB_TOKEN: github.userToken('octocat', 'read') };
  await github.push(repository, { branch: 'main', files: { 'README.md': '# Calculator\n' }, message: 'readme' });
  await github.idle();
  await github.push(repository, breakingPush);
  await github.idle();
  const response = await fetch(`${simulator.url}/api/v3/repos/${repository}/actions/runs`, {
    headers: { authorization: `token ${env.GITHUB_TOKEN}` },
  });
  const Runs = z.object({
    workflow_runs: z.array(z.object({ id: z.number(), conclusion: z.string().nullable() })),
  });
  runs = Runs.parse(await response.json()).workflow_runs;
}, 60_000);
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const idOf = (conclusion: string): string => String(runs.find((run) => run.conclusion === conclusion)?.id);

async function printed(args: string[], given: Record<string, string | undefined> = env): Promise<string> {
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: unknown) => {
    lines.push(String(line));
  });
  expect(await diagnose.run(args, given)).toBe(0);
  return lines.join('\n');
}

describe('a red run', () => {
  it('shows failures, suspects with reasons, what changed since green, and its requests; it writes nothing', async () => {
    const before = simulator.github.requests().length;
    const report = DiagnosisReport.parse(JSON.parse(await printed([repository, idOf('failure'), '--json'])));
    expect(report.failures).toMatchObject([
      { tool: 'unittest', type: 'ZeroDivisionError', line: 2, log: { first: expect.any(Number) } },
    ]);
    expect(report.suspects[0]).toMatchObject({ path: 'calculator/calc.py', lines: expect.arrayContaining([2]) });
    expect(report.suspects[0]?.reasons.join('; ')).toMatch(/changed/);
    expect(report.changes.join('\n')).toMatch(/last green: run \d+[\s\S]*calc: compute the share first/);
    expect(report.excerpt.text).toContain('share = price / (100 / discount)');
    expect(report.exitCode).toBe(1);

    const asked = simulator.github.requests().slice(before);
    expect(report.requests).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(16);
    expect(asked.every(({ as }) => as === 'user:octocat' || as === 'anonymous')).toBe(true);
    const writes = asked.filter(({ method, body }) => method !== 'GET' && !/^\s*query\b/.test(queryOf(body)));
    expect(writes).toEqual([]);
  });

  it('reads well', async () => {
    const text = await printed([repository, idOf('failure')]);
    expect(text).toMatch(/^1 failure in the step ".+", exit code 1\n\n/);
    expect(text).toMatch(/Changed since the last green run\n {2}last green: run \d+ at [0-9a-f]{7}\n/);
    expect(text).toMatch(/\nSuspects\n {2}(?:0\.\d\d|1\.00) {2}calculator\/calc\.py\n/);
    expect(text).toMatch(/\nRequests to GitHub: \d+$/);
  });
});

const queryOf = (body: unknown): string => z.object({ query: z.string() }).safeParse(body).data?.query ?? '';

describe('what cannot be read is told:', () => {
  const refused = (args: string[], given: Record<string, string | undefined> = env) =>
    diagnose.run(args, given).then(
      () => 'nothing',
      (error: unknown) => z.object({ code: z.string(), message: z.string() }).parse(error),
    );

  it('a run that passed', async () => {
    expect(await refused([repository, idOf('success')])).toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/passed/),
    });
  });

  it('a run, or a repository, that is not there', async () => {
    for (const args of [
      [repository, '4711'],
      ['acme/nothing', '1'],
    ])
      expect(await refused(args)).toMatchObject({
        code: 'input-invalid',
        message: `There is no run ${args[1]} in ${args[0]}, or the token may not see it.`,
      });
  });

  it('a token that is missing, or that GitHub does not know', async () => {
    const id = idOf('failure');
    expect(await refused([repository, id], { ...env, GITHUB_TOKEN: undefined })).toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('GITHUB_TOKEN is not set'),
    });
    const bad = await refused([repository, id], { ...env, GITHUB_TOKEN: 'ghp_invented' });
    expect(bad).toMatchObject({ code: 'github-unauthorized', message: expect.stringContaining('GITHUB_TOKEN') });
    expect(JSON.stringify(bad)).not.toContain('ghp_invented');
  });

  it('an empty GITHUB_TOKEN beside a good GH_TOKEN is no obstacle', async () => {
    const { GITHUB_TOKEN: token, ...rest } = env;
    expect(await printed([repository, idOf('failure')], { ...rest, GITHUB_TOKEN: '', GH_TOKEN: token })).toMatch(
      /^1 failure/,
    );
  });
});
