// A few of GitHub's REST answers, in its shapes: one repository with a bit of everything.

export const sha = 'c0ffee0123456789c0ffee0123456789c0ffee01';
const at = '2026-11-20T10:00:00Z';
const octocat = { login: 'octocat', type: 'User' };
const bot = { login: 'self-heal[bot]', type: 'Bot' };
const api = '/repos/octo/pricing';

const reportBody = `## What failed
\`calc\` divides by zero. See #7 and ${sha}, thanks @octocat.

| run | result |
|---|---|
| base | red |

- [x] red before
- [ ] merged

<details><summary>Log</summary>

\`\`\`python
print("<b>")
\`\`\`

</details>

\`\`\`mermaid
flowchart LR
  a[base] -->|test| b(red)
\`\`\`

<script>alert(1)</script><!-- hidden -->`;

export const log = [
  '\uFEFF2026-11-20T10:00:00.1234567Z ##[group]Run python3 -m unittest',
  '2026-11-20T10:00:00.1234567Z \u001b[36;1mpython3 -m unittest\u001b[0m',
  '2026-11-20T10:00:00.1234567Z ##[endgroup]',
  '2026-11-20T10:00:01.1234567Z ZeroDivisionError: <division> by zero',
  '2026-11-20T10:00:02.1234567Z ##[error]Process completed with exit code 1.',
  '',
].join('\n');

const file = (path: string, text: string) => ({
  name: path.split('/').at(-1),
  path,
  type: 'file',
  size: text.length,
  sha,
  encoding: 'base64',
  content: Buffer.from(text).toString('base64'),
});
const commit = {
  sha,
  commit: {
    message: 'Divide by discount\n\nBecause.',
    author: { name: 'Octo', date: at },
    committer: { name: 'Octo', date: at },
  },
  author: octocat,
  parents: [{ sha: sha.replace('c0', 'd0') }],
};
const files = [
  {
    filename: 'pricing.py',
    status: 'modified',
    additions: 1,
    deletions: 1,
    changes: 2,
    patch:
      '@@ -1,2 +1,2 @@\n def calc(price, discount):\n-    return price / discount\n+    return price / (discount or 1)',
  },
];
const run = {
  id: 11,
  name: 'CI',
  display_title: 'Divide by discount',
  event: 'push',
  status: 'completed',
  conclusion: 'failure',
  head_branch: 'main',
  head_sha: sha,
  run_number: 3,
  run_attempt: 2,
  created_at: at,
  updated_at: at,
  path: '.github/workflows/ci.yml',
  actor: octocat,
};
const workflow = { id: 41, name: 'CI', path: '.github/workflows/ci.yml', state: 'active' };
const workflowText = `name: CI
on:
  schedule: [{ cron: '0 3 * * *' }]
  workflow_dispatch:
    inputs:
      who: { description: 'Whom to <greet>', required: true }
      how: { type: choice, options: [soft, hard], default: hard }
      loud: { type: boolean, default: true }
jobs: { test: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }
`;
const job = {
  id: 21,
  run_id: 11,
  run_attempt: 2,
  name: 'test',
  status: 'completed',
  conclusion: 'failure',
  started_at: at,
  completed_at: '2026-11-20T10:01:05Z',
  steps: [
    {
      name: 'Run python3 -m unittest',
      number: 2,
      status: 'completed',
      conclusion: 'failure',
      started_at: at,
      completed_at: at,
    },
  ],
};
const check = {
  id: 31,
  name: 'Self-Heal proof',
  status: 'completed',
  conclusion: 'success',
  started_at: at,
  completed_at: at,
  head_sha: sha,
  html_url: `http://localhost/octo/pricing/runs/31`,
  app: { name: 'Self-Heal', slug: 'self-heal' },
  output: { title: 'Red before, green after', summary: '**Proven**', text: null },
};
const label = { name: 'auto-heal', color: '0e8a16' };
const issue = {
  number: 7,
  title: 'Prices are <wrong>',
  body: 'It fails:\nZeroDivisionError',
  state: 'open',
  user: octocat,
  labels: [label],
  comments: 1,
  created_at: at,
};
const comment = { id: 51, body: 'On it.', user: bot, created_at: at };
const pull = {
  number: 8,
  title: '[self-heal] fix(pricing): no discount',
  body: reportBody,
  state: 'open',
  user: bot,
  labels: [],
  created_at: at,
  draft: false,
  merged: false,
  mergeable: true,
  head: { ref: 'self-heal/8-no-discount', sha, label: 'octo:self-heal/8-no-discount' },
  base: { ref: 'main', sha },
};
const draft = { ...pull, number: 10, title: 'A draft', draft: true };
const merged = { ...pull, number: 11, title: 'Merged', state: 'closed', merged: true, merged_at: at };
const delivery = {
  id: 61,
  guid: '0b989ba4-242f-11e5-81e1-c7b6966d2516',
  delivered_at: at,
  redelivery: false,
  duration: 0.1,
  status: 'OK',
  status_code: 202,
  event: 'issues',
  action: 'labeled',
};

export const answers: Record<string, unknown> = {
  '/user/repos': [
    { full_name: 'octo/pricing', description: 'Prices', private: false, default_branch: 'main', pushed_at: at },
  ],
  '/app': { id: 1, slug: 'self-heal', name: 'Self-Heal', permissions: { contents: 'write' }, events: ['issues'] },
  '/app/hook/deliveries': [delivery],
  [api]: { full_name: 'octo/pricing', description: 'Prices', default_branch: 'main' },
  [`${api}/branches`]: [
    { name: 'main', commit: { sha } },
    { name: 'self-heal/8-no-discount', commit: { sha } },
  ],
  [`${api}/commits`]: [commit],
  [`${api}/commits/${sha}`]: { ...commit, files },
  [`${api}/commits/${sha}/comments`]: [comment],
  [`${api}/commits/${sha}/check-runs`]: {
    check_runs: [
      check,
      {
        ...check,
        id: 32,
        name: 'test',
        html_url: 'http://localhost/octo/pricing/actions/runs/11/job/21',
        conclusion: 'failure',
      },
    ],
  },
  [`${api}/commits/${sha}/status`]: { statuses: [] },
  [`${api}/contents`]: [
    { name: 'src', path: 'src', type: 'dir', size: 0 },
    { name: 'README.md', path: 'README.md', type: 'file', size: 9 },
  ],
  [`${api}/contents/README.md`]: file('README.md', '# Pricing'),
  [`${api}/contents/src/pricing.py`]: file('src/pricing.py', 'def calc():\n    return "<b>"\n'),
  [`${api}/actions/workflows`]: { workflows: [workflow] },
  [`${api}/actions/workflows/ci.yml`]: workflow,
  [`${api}/actions/workflows/41/runs`]: { workflow_runs: [run] },
  [`${api}/contents/.github/workflows/ci.yml`]: file('.github/workflows/ci.yml', workflowText),
  [`${api}/actions/runs`]: { workflow_runs: [run] },
  [`${api}/actions/runs/11`]: run,
  [`${api}/actions/runs/11/attempts/1`]: { ...run, run_attempt: 1 },
  [`${api}/actions/runs/11/jobs`]: { jobs: [job] },
  [`${api}/actions/runs/11/attempts/1/jobs`]: { jobs: [job] },
  [`${api}/actions/runs/11/artifacts`]: {
    artifacts: [{ id: 1, name: 'self-heal-report', size_in_bytes: 2048, expired: false }],
  },
  [`${api}/actions/runs/12`]: { ...run, id: 12, status: 'in_progress', conclusion: null, run_attempt: 1 },
  [`${api}/actions/runs/12/jobs`]: {
    jobs: [{ ...job, id: 22, run_id: 12, status: 'in_progress', conclusion: null, completed_at: null }],
  },
  [`${api}/actions/runs/12/artifacts`]: { artifacts: [] },
  [`${api}/actions/jobs/21`]: job,
  [`${api}/actions/jobs/21/logs`]: log,
  [`${api}/check-runs/31`]: check,
  [`${api}/check-runs/31/annotations`]: [
    {
      path: 'pricing.py',
      start_line: 2,
      annotation_level: 'failure',
      title: 'ZeroDivisionError',
      message: 'division by zero',
    },
  ],
  [`${api}/issues`]: [issue, { ...issue, number: 8, title: 'a pull request', pull_request: {} }],
  [`${api}/issues/7`]: issue,
  [`${api}/issues/8`]: { ...issue, number: 8, pull_request: {} },
  [`${api}/issues/7/comments`]: [comment],
  [`${api}/issues/8/comments`]: [comment],
  [`${api}/labels`]: [label],
  [`${api}/pulls`]: [pull],
  [`${api}/pulls/8`]: pull,
  [`${api}/pulls/10`]: { ...draft, node_id: 'PR_10' },
  [`${api}/pulls/11`]: merged,
  ...Object.fromEntries(
    [10, 11].flatMap((number) =>
      [`issues/${number}/comments`, ...['reviews', 'comments', 'commits'].map((part) => `pulls/${number}/${part}`)].map(
        (part) => [`${api}/${part}`, []],
      ),
    ),
  ),
  [`${api}/git/ref/heads/self-heal/8-no-discount`]: { ref: 'refs/heads/self-heal/8-no-discount' },
  [`${api}/pulls/8/reviews`]: [{ id: 71, state: 'APPROVED', body: 'Good.', user: octocat, submitted_at: at }],
  [`${api}/pulls/8/comments`]: [{ ...comment, id: 52, path: 'pricing.py', line: 2 }],
  [`${api}/pulls/8/commits`]: [commit],
  [`${api}/pulls/8/files`]: files,
};
