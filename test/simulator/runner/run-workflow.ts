// Runs a workflow's text against a repository made for the test, and gives back everything the runner told of it.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type {
  ArtifactRecord,
  Conclusion,
  JobRecord,
  RunHandle,
  RunRequest,
} from '../../../simulator/runner/contract.ts';
import { startRun } from '../../../simulator/runner/run.ts';
import { parseWorkflow } from '../../../simulator/runner/workflow.ts';

const exec = promisify(execFile);

export interface TestRepository {
  folder: string;
  gitDirectory: string;
  sha: string;
  git(...args: string[]): Promise<string>;
  remove(): void;
}

/** A bare repository with one commit on `main`. */
export async function createRepository(
  files: Record<string, string> = { 'README.md': '# demo\n' },
): Promise<TestRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'runner-test-'));
  const work = join(folder, 'source');
  const gitDirectory = join(folder, 'demo.git');
  const env = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const git = async (...args: string[]): Promise<string> =>
    (await exec('git', [...identity, '-C', work, ...args], { env })).stdout.trim();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  }
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'first');
  await exec('git', ['clone', '--quiet', '--bare', work, gitDirectory], { env });
  const sha = await git('rev-parse', 'HEAD');
  return { folder, gitDirectory, sha, git, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ran {
  conclusion: Conclusion;
  /** The last that was told of each job, by name. */
  jobs: Record<string, JobRecord>;
  told: JobRecord[];
  artifacts: ArtifactRecord[];
  /** A job's log without timestamps and BOM, as lines. */
  lines(job: string): string[];
  rawLog(job: string): string;
  minted: Record<string, string>[];
  workDirectory: string;
}

export type Overrides = Partial<Omit<RunRequest, 'workflow'>>;

let lastId = 100;

export function begin(
  repository: TestRepository,
  text: string,
  overrides: Overrides = {},
): { handle: RunHandle; told: JobRecord[]; finished: Promise<Ran> } {
  const parsed = parseWorkflow({ path: '.github/workflows/ci.yml', text });
  if (!parsed.ok) throw new Error(`the test's workflow is not one: ${parsed.message}`);
  const told: JobRecord[] = [];
  const artifacts: ArtifactRecord[] = [];
  const minted: Record<string, string>[] = [];
  const workDirectory = overrides.workDirectory ?? mkdtempSync(join(repository.folder, 'run-'));
  const handle = startRun({
    workflow: { path: '.github/workflows/ci.yml', text },
    repository: {
      owner: 'octo',
      name: 'demo',
      gitDirectory: repository.gitDirectory,
      defaultBranch: 'main',
      id: 7,
      private: false,
    },
    event: { name: 'push', ref: 'refs/heads/main', sha: repository.sha, branch: 'main', changedPaths: [], payload: {} },
    inputs: {},
    run: { id: 41, number: 3, attempt: 1 },
    actor: 'ada',
    secrets: {},
    variables: {},
    mintToken: async (permissions) => {
      minted.push(permissions);
      return 'ghs_jobtoken1234567890';
    },
    urls: { server: 'http://127.0.0.1:9', api: 'http://127.0.0.1:9/api/v3', graphql: 'http://127.0.0.1:9/api/graphql' },
    localActions: {},
    workDirectory,
    keep: [],
    nextJobId: () => {
      lastId += 1;
      return lastId;
    },
    onJob: (job) => told.push(job),
    onArtifact: (artifact) => artifacts.push(artifact),
    ...overrides,
  });
  const finished = handle.done.then((conclusion): Ran => {
    const jobs = Object.fromEntries(told.map((job) => [job.name, job]));
    const rawLog = (name: string): string => {
      const job = jobs[name];
      if (!job) throw new Error(`no job '${name}' among ${Object.keys(jobs).join(', ')}`);
      return readFileSync(job.logFile, 'utf8');
    };
    const lines = (name: string): string[] =>
      rawLog(name)
        .replace(/^\uFEFF/, '')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.slice(29));
    return { conclusion, jobs, told, artifacts, lines, rawLog, minted, workDirectory };
  });
  return { handle, told, finished };
}

export function runWorkflow(repository: TestRepository, text: string, overrides: Overrides = {}): Promise<Ran> {
  return begin(repository, text, overrides).finished;
}

/** Text in which `%{x}` stands for an expression, so that a test's own template strings stay readable. */
export function withExpressions(text: string): string {
  return text.replaceAll(/%\{(.*?)\}/g, (_match, expression) => `\${{ ${expression} }}`);
}

/** Runs one job `a` with these steps; `top` goes before `jobs:`. */
export function runSteps(repository: TestRepository, steps: string, overrides: Overrides = {}, top = ''): Promise<Ran> {
  const indented = withExpressions(steps.trim().replaceAll('\n', '\n      '));
  const text = `on: [push, pull_request]\n${top}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      ${indented}\n`;
  return runWorkflow(repository, text, overrides);
}

/** What the steps of job `a` printed: no headers, nothing of the set-up and the clean-up. */
export function outputOf(ran: Ran): string[] {
  const lines = ran.lines('a');
  const kept: string[] = [];
  let inHeader = false;
  for (const line of lines.slice(lines.indexOf('Complete job name: a') + 1, -1)) {
    if (line.startsWith('##[group]Run ')) inHeader = true;
    if (!inHeader) kept.push(line);
    if (line === '##[endgroup]') inHeader = false;
  }
  return kept;
}

export function stepConclusions(ran: Ran): (Conclusion | null)[] | undefined {
  return ran.jobs.a?.steps.slice(1, -1).map((step) => step.conclusion);
}
