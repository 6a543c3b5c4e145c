// Made-up webhook payloads, as far as intake reads them.
import { sha } from '../../incident/sample.ts';

const base = {
  repository: {
    id: 11,
    name: 'Pricing',
    default_branch: 'main',
    private: true,
    owner: { login: 'Acme', type: 'Organization' },
  },
  installation: { id: 5 },
  sender: { login: 'ada', type: 'User' },
};

const workflowRun = {
  id: 71,
  name: 'CI',
  path: '.github/workflows/ci.yml',
  run_attempt: 1,
  head_sha: sha('a'),
  head_branch: 'main',
  event: 'push',
  conclusion: 'failure',
  html_url: 'https://github.com/Acme/Pricing/actions/runs/71',
  head_repository: { id: 11 },
  actor: { login: 'ada', type: 'User' },
};

export const runCompleted = (changes: Record<string, unknown> = {}) => ({
  ...base,
  action: 'completed',
  workflow_run: { ...workflowRun, ...changes },
});

const issue = {
  number: 4,
  title: 'It crashes',
  body: 'TypeError: boom',
  state: 'open',
  html_url: 'https://github.com/Acme/Pricing/issues/4',
  user: { login: 'grace' },
  labels: [{ name: 'auto-heal' }],
};

export const issueLabeled = (changes: Record<string, unknown> = {}, of: Record<string, unknown> = {}) => ({
  ...base,
  action: 'labeled',
  label: { name: 'auto-heal' },
  issue: { ...issue, ...of },
  ...changes,
});

export const reviewCommented = (sender: Record<string, unknown> = base.sender) => ({
  ...base,
  sender,
  action: 'created',
  pull_request: { number: 8 },
  comment: { id: 41, body: 'Why?' },
});

export const pullClosed = { ...base, action: 'closed', pull_request: { number: 8 } };

export const commented = (body: string, changes: Record<string, unknown> = {}) => ({
  ...base,
  action: 'created',
  issue: { number: 8, pull_request: { url: 'https://api.github.com/repos/Acme/Pricing/pulls/8' } },
  comment: { id: 51, body },
  ...changes,
});
