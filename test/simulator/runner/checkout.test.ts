import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createRepository,
  type Overrides,
  type Ran,
  runSteps,
  runWorkflow,
  type TestRepository,
} from './run-workflow.ts';

let repository: TestRepository;
let feature: string;

beforeAll(async () => {
  repository = await createRepository({ 'a.txt': 'one\n', 'lib/b.txt': 'two\n' });
  const { git, gitDirectory } = repository;
  await git('tag', 'v1');
  await git('checkout', '--quiet', '-b', 'feature/x');
  await git('commit', '--quiet', '--allow-empty', '--message', 'second');
  feature = await git('rev-parse', 'HEAD');
  await git('push', '--quiet', gitDirectory, 'feature/x', 'v1', 'HEAD:refs/pull/7/merge');
});
afterAll(() => repository.remove());

const job = (steps: string, overrides: Overrides = {}): Promise<Ran> => runSteps(repository, steps, overrides);

/** What the last step printed. */
function printed(ran: Ran): string[] {
  const lines = ran.lines('a');
  const from = lines.lastIndexOf('##[endgroup]');
  const end = lines.indexOf('Post job cleanup.');
  return lines.slice(from + 1, end < 0 ? -1 : end);
}

const where = 'git rev-parse HEAD; git symbolic-ref --short -q HEAD || echo detached; git rev-list --count HEAD';

describe('actions/checkout', () => {
  it('checks out the event’s commit on its branch, one deep', async () => {
    const ran = await job(
      `- id: c\n  uses: actions/checkout@v4\n- run: ${where}; echo %{steps.c.outputs.commit} %{steps.c.outputs.ref}`,
    );
    expect(printed(ran)).toEqual([repository.sha, 'main', '1', `${repository.sha} refs/heads/main`]);
  });

  it.each([
    ['a branch', 'feature/x', () => [feature, 'feature/x', '1']],
    ['a full ref', 'refs/heads/feature/x', () => [feature, 'feature/x', '1']],
    ['a tag', 'v1', () => [repository.sha, 'detached', '1']],
  ])('takes %s as ref', async (_title, ref, expected) => {
    expect(printed(await job(`- uses: actions/checkout@v4\n  with: {ref: ${ref}}\n- run: ${where}`))).toEqual(
      expected(),
    );
  });

  it('takes a commit as ref, and all history', async () => {
    const ran = await job(
      `- uses: actions/checkout@v4\n  with: {ref: ${feature}, fetch-depth: 0}\n- run: ${where}; git tag; git branch -r`,
    );
    expect(printed(ran)).toEqual([feature, 'detached', '2', 'v1', '  origin/feature/x', '  origin/main']);
  });

  it('takes a pull request’s merge commit', async () => {
    const event = {
      name: 'pull_request',
      action: 'opened',
      ref: 'refs/pull/7/merge',
      sha: feature,
      branch: 'main',
      changedPaths: [],
      payload: {},
    };
    expect(printed(await job(`- uses: actions/checkout@v4\n- run: ${where}`, { event }))).toEqual([
      feature,
      'detached',
      '1',
    ]);
  });

  it.each([
    [1, "The process '/usr/bin/git' failed with exit code 1"],
    [0, "A branch or tag with the name 'nowhere' could not be found"],
  ])('says of a ref that is not there what GitHub says, at depth %i', async (depth, message) => {
    const ran = await job(`- uses: actions/checkout@v4\n  with: {ref: nowhere, fetch-depth: ${depth}}`);
    expect(ran.lines('a')).toContain(`##[error]${message}`);
    expect(ran.conclusion).toBe('failure');
  });

  it('leaves the token’s header in .git/config until the job ends, or not at all', async () => {
    const header =
      'git config --local --get http.http://127.0.0.1:9/.extraheader | sed s/AUTHORIZATION:.basic.// | sha256sum';
    const credential = Buffer.from('x-access-token:ghs_jobtoken1234567890').toString('base64');
    const hash = createHash('sha256').update(`${credential}\n`).digest('hex');
    const kept = await job(`- uses: actions/checkout@v4\n- run: ${header}; git remote get-url origin`);
    expect(printed(kept)).toEqual([`${hash}  -`, 'http://127.0.0.1:9/octo/demo']);
    expect(kept.lines('a').join('\n')).toMatch(
      /Post job cleanup\.[\s\S]*--unset-all http\.http:\/\/127\.0\.0\.1:9\/\.extraheader/,
    );
    expect(kept.rawLog('a')).not.toContain(credential);
    const gone = await job('- uses: actions/checkout@v4\n  with: {persist-credentials: false}\n- run: cat .git/config');
    expect(printed(gone).join('\n')).not.toContain('extraheader');
  });

  it('checks out below the workspace, and nothing above it', async () => {
    const ran = await job('- uses: actions/checkout@v4\n  with: {path: sub/dir}\n- run: cat sub/dir/lib/b.txt');
    expect(printed(ran)).toEqual(['two']);
    const outside = await job('- uses: actions/checkout@v4\n  with: {path: ../../elsewhere}');
    expect(outside.jobs.a?.annotations[0]?.message).toMatch(/^Repository path '.*elsewhere' is not under /);
  });

  it('finds neither another repository nor a private one without permission', async () => {
    const other = await job('- uses: actions/checkout@v4\n  with: {repository: octo/other}');
    expect(other.lines('a')).toContain("##[error]fatal: repository 'http://127.0.0.1:9/octo/other/' not found");
    const { gitDirectory } = repository;
    const own = { owner: 'octo', name: 'demo', gitDirectory, defaultBranch: 'main', id: 7, private: true };
    const text =
      'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n';
    const hidden = await runWorkflow(repository, text, { repository: own });
    expect(hidden.conclusion).toBe('failure');
    expect(hidden.minted).toEqual([{ metadata: 'read' }]);
  });
});
