import { beforeEach, describe, expect, it } from '@jest/globals';
import { failure, github, mints, seen, sha, shop } from './scene.ts';

beforeEach(() => {
  mints();
});

const rawRun = (id: number, more: object = {}) => ({
  id,
  run_attempt: 2,
  status: 'completed',
  conclusion: 'failure',
  head_sha: sha('a'),
  head_branch: 'main',
  path: '.github/workflows/ci.yml@refs/heads/main',
  display_title: `run ${id}`,
  created_at: '2026-05-04T10:00:00Z',
  html_url: `https://github.com/acme/shop/actions/runs/${id}`,
  ...{ updated_at: '2026-05-04T10:05:00Z', name: 'CI', event: 'push' },
  ...{ repository: { id: 7 }, head_repository: { id: 7 } },
  ...more,
});
const run = {
  id: 5,
  attempt: 2,
  status: 'completed',
  conclusion: 'failure',
  headSha: sha('a'),
  headBranch: 'main',
  workflowPath: '.github/workflows/ci.yml',
  title: 'run 5',
  createdAt: new Date('2026-05-04T10:00:00Z'),
  url: 'https://github.com/acme/shop/actions/runs/5',
  ...{ updatedAt: new Date('2026-05-04T10:05:00Z'), name: 'CI', event: 'push', isOfFork: false },
};

describe('runs', () => {
  it('are read', async () => {
    shop().get('/actions/runs/5').reply(200, rawRun(5));
    expect(await github().run(5)).toEqual(run);
  });

  it.each([{ head_repository: { id: 8 } }, { head_repository: null }, { repository: undefined }])(
    'count as a fork’s unless both repositories are the same: %j',
    async (more) => {
      shop().get('/actions/runs/5').reply(200, rawRun(5, more));
      expect(await github().run(5)).toMatchObject({ isOfFork: true });
    },
  );

  it('that are gone are undefined', async () => {
    shop().get('/actions/runs/5').reply(404, { message: 'Not Found' });
    expect(await github().run(5)).toBeUndefined();
  });

  it('of a workflow are found by its file’s name and what they ran on', async () => {
    shop()
      .get('/actions/workflows/ci.yml/runs')
      .query({ per_page: 50, branch: 'main', head_sha: sha('a'), created: '>=2026-05-04T00:00:00.000Z' })
      .reply(200, { total_count: 1, workflow_runs: [rawRun(5)] });
    const query = { branch: 'main', headSha: sha('a'), createdAfter: new Date('2026-05-04T00:00:00Z') };
    expect(await github().runsOf('.github/workflows/ci.yml', query)).toEqual([run]);
  });

  it('of a workflow that were green are found', async () => {
    shop()
      .get('/actions/workflows/ci.yml/runs')
      .query({ per_page: 50, branch: 'main', event: 'push', status: 'success' })
      .reply(200, { workflow_runs: [rawRun(5, { conclusion: 'success' })] });
    const query = { branch: 'main', event: 'push', status: 'success' } as const;
    expect(await github().runsOf('.github/workflows/ci.yml', query)).toEqual([{ ...run, conclusion: 'success' }]);
  });

  it('of a workflow that is not there are none', async () => {
    shop().get('/actions/workflows/none.yml/runs?per_page=50').reply(404, { message: 'Not Found' });
    expect(await github().runsOf('none.yml', {})).toEqual([]);
  });

  it.each([
    [201, {}],
    [403, { message: 'This workflow is already running' }],
  ])('are re-run, or are running already (%i)', async (status, body) => {
    shop().post('/actions/runs/5/rerun-failed-jobs').reply(status, body);
    await github().rerunFailedJobs(5);
  });

  it('that are too old are not re-run', async () => {
    const message = 'Unable to retry this workflow run because it was created over a month ago';
    shop().post('/actions/runs/5/rerun-failed-jobs').reply(403, { message });
    const error = await failure(github().rerunFailedJobs(5));
    expect(error.code).toBe('github-forbidden');
    expect(error.message).toContain(message);
  });
});

it('jobs of one attempt are read page by page', async () => {
  const job = (id: number) => ({
    id,
    name: `test (${id})`,
    conclusion: 'failure',
    html_url: `https://github.com/j/${id}`,
    started_at: '2026-05-04T10:00:00Z',
    completed_at: null,
    steps: [
      {
        ...{ number: 1, name: 'Run tests', conclusion: 'failure', status: 'completed' },
        ...{ started_at: '2026-05-04T10:00:01.000Z', completed_at: '2026-05-04T12:00:02.000+02:00' },
      },
    ],
  });
  const page = (from: number, count: number) => ({
    jobs: Array.from({ length: count }, (_, index) => job(from + index)),
  });
  const path = '/actions/runs/5/attempts/2/jobs';
  shop().get(path).query({ page: 1, per_page: 100 }).reply(200, page(1, 100));
  shop().get(path).query({ page: 2, per_page: 100 }).reply(200, page(101, 1));
  const jobs = await github().jobs(5, 2);
  expect(jobs).toHaveLength(101);
  expect(jobs[100]).toEqual({
    id: 101,
    name: 'test (101)',
    conclusion: 'failure',
    url: 'https://github.com/j/101',
    startedAt: new Date('2026-05-04T10:00:00Z'),
    steps: [
      {
        ...{ number: 1, name: 'Run tests', conclusion: 'failure' },
        ...{ startedAt: new Date('2026-05-04T10:00:01Z'), completedAt: new Date('2026-05-04T10:00:02Z') },
      },
    ],
  });
});

describe('a job’s annotations', () => {
  const path = '/check-runs/9/annotations?per_page=100';

  it('are what it marked', async () => {
    const raw = {
      path: 'src/a.ts',
      start_line: 3,
      end_line: 4,
      annotation_level: 'failure',
      title: null,
      message: 'TS2345',
    };
    shop()
      .get(path)
      .reply(200, [raw, { ...raw, annotation_level: null, message: null }]);
    const one = { path: 'src/a.ts', startLine: 3, endLine: 4, level: 'failure', title: '', message: 'TS2345' };
    expect(await github().jobAnnotations(9)).toEqual([one, { ...one, level: 'notice', message: '' }]);
  });

  it('are none of a job that is gone', async () => {
    shop().get(path).reply(404, { message: 'Not Found' });
    expect(await github().jobAnnotations(9)).toEqual([]);
  });
});

describe('a dispatch', () => {
  const inputs = { incident: 'abc123', attempt: '2', base: sha('a') };
  const posted = () =>
    shop().post('/actions/workflows/self-heal.yml/dispatches', { ref: 'main', inputs, return_run_details: true });
  const listed = (...runs: object[]) =>
    shop()
      .get('/actions/workflows/self-heal.yml/runs')
      .query(
        (query) =>
          query.event === 'workflow_dispatch' && query.branch === 'main' && /^>=\d{4}-/.test(String(query.created)),
      )
      .reply(200, { workflow_runs: runs });
  const dispatch = () => github({ actions: 'write' }).dispatch('.github/workflows/self-heal.yml', 'main', inputs);

  it('is answered with its run', async () => {
    posted().reply(200, {
      workflow_run_id: 77,
      run_url: 'https://api.github.com/x',
      html_url: 'https://github.com/r/77',
    });
    expect(await dispatch()).toEqual({ runId: 77, url: 'https://github.com/r/77' });
    expect(seen).toHaveLength(2);
  });

  it('on a server that does not name the run is found by the inputs in its title', async () => {
    posted().reply(204);
    listed();
    listed(rawRun(80, { display_title: 'self-heal abc123 #1' }), rawRun(81, { display_title: 'self-heal abc123 #2' }));
    expect(await dispatch()).toEqual({ runId: 81, url: run.url.replace('5', '81') });
  });

  it('whose run cannot be told apart is an error that says what to change', async () => {
    posted().reply(204);
    for (let time = 1; time <= 5; time += 1) {
      listed(rawRun(80, { display_title: 'Self-Heal' }), rawRun(81, { display_title: 'Self-Heal' }));
    }
    const error = await failure(dispatch());
    expect(error.code).toBe('github-refused');
    expect(error.message).toContain('run-name');
  });

  it('of a workflow without that trigger is refused in GitHub’s words, once', async () => {
    posted().reply(422, { message: "Workflow does not have 'workflow_dispatch' trigger" });
    const error = await failure(dispatch());
    expect(error.code).toBe('github-refused');
    expect(error.message).toContain("does not have 'workflow_dispatch' trigger");
  });

  it('that got no answer is not repeated', async () => {
    posted().reply(502);
    expect(await failure(dispatch())).toMatchObject({ code: 'github-unavailable' });
  });
});
