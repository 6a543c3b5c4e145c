// Every request that the App makes of GitHub's REST API is one that GitHub's description has, to the last property.
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import type { ApiRequest } from '../../simulator/github/contract.ts';
import { type AppAccount, appAccount } from '../../src/adapters/github/app-account.ts';
import { type GitHubExchange, gitHubOf } from '../../src/adapters/github/github.ts';
import type { OwnIssue } from '../../src/ports/setup.ts';
import type { GitHub, PullSummary, RunSummary } from '../../src/ports.ts';
import { markdown, title } from '../../src/text/outbound.ts';
import { asCommitMessage } from '../../src/text/outbound-kinds.ts';
import { files } from './a-repositorys-day.ts';
import { type Conversation, conversation, idIn, repo } from './conversation.ts';
import { known } from './deviations.ts';
import { operationOf, requestProblems } from './openapi.ts';

let talk: Conversation;
let exchange: GitHubExchange;
let github: GitHub;
let account: AppAccount;
let base: string;
let run: RunSummary;
let pull: PullSummary;
let setupIssue: OwnIssue;
let fix: { sha: string; treeSha: string };

const branch = 'self-heal/abc-no-zero';
const ci = '.github/workflows/ci.yml';
const byHand = '.github/workflows/by-hand.yml';
const wanted = { title: title`[self-heal] no zero`, body: markdown`Proof.`, head: branch, base: 'main', draft: true };
const lately = () => new Date(Date.now() - 3_600_000);

/** In the order in which one needs the other; a method that is new to the port is missed here by the compiler. */
const ofThePort: Record<Exclude<keyof GitHub, 'requests'>, () => Promise<unknown>> = {
  branchHead: async () => {
    base = (await github.branchHead('main')) ?? '';
  },
  runsOf: async () => {
    const [found] = await github.runsOf(ci, { headSha: base, branch: 'main', createdAfter: lately() });
    await github.runsOf(ci, { branch: 'main', event: 'push', status: 'success' });
    if (!found) throw new Error('the push started no run');
    run = found;
  },
  run: () => github.run(run.id),
  jobs: () => github.jobs(run.id, 1),
  jobLog: async () => {
    const log = await github.jobLog((await github.jobs(run.id, 1))[0]?.id ?? 0);
    return log && text(log);
  },
  jobAnnotations: async () => github.jobAnnotations((await github.jobs(run.id, 1))[0]?.id ?? 0),
  artifact: () => github.artifact(run.id, 'event', 1_000_000),
  artifacts: () => github.artifacts(run.id),
  artifactFiles: async () =>
    github.artifactFiles((await github.artifacts(run.id))[0]?.id ?? 0, { maxBytes: 1_000_000, wants: () => true }),
  rerunFailedJobs: () => github.rerunFailedJobs(run.id),
  commit: () => github.commit(base),
  compare: async () => github.compare((await github.commit(base))?.parents[0] ?? base, base),
  tree: async () => github.tree((await github.commit(base))?.treeSha ?? ''),
  filesOf: () => github.filesOf(base, ['a.txt'], 1_000),
  file: async () => {
    await github.file('lib/b.txt');
    await github.file('lib', base);
  },
  versions: () => github.versions('a.txt', base, 3),
  files: () => github.files(base, ['a.txt', 'lib/b.txt'], 1_000),
  permission: () => github.permission('mona'),
  createCommit: async () => {
    const baseSha = (await github.commit(base))?.treeSha ?? '';
    const changed = [
      { path: 'a.txt', mode: '100644' as const, text: 'zero\n' },
      { path: 'lib/b.txt', mode: '100644' as const, text: null },
    ];
    const message = asCommitMessage('[self-heal] fix: no zero\n\n\nskip-checks: true');
    fix = await github.createCommit({ message, parentSha: base, tree: { baseSha, files: changed } });
    await github.createCommit({
      message: asCommitMessage('The same tree'),
      parentSha: base,
      tree: { sha: fix.treeSha },
    });
  },
  setBranch: async () => {
    await github.setBranch(branch, base, 'ours');
    await github.setBranch(branch, fix.sha, { expectedSha: base });
  },
  enableAutoMerge: () => github.enableAutoMerge(0, { headSha: base, method: 'squash' }),
  disableAutoMerge: () => github.disableAutoMerge(0),
  setTag: () => github.setTag('self-heal/before/abc', base),
  dispatch: async () => {
    await github.dispatch(byHand, 'main', { seconds: '0' });
    // As a server answers that does not know `return_run_details`: the run is looked for.
    talk.simulator.github.failApi({ method: 'POST', path: /\/dispatches$/, status: 204, times: 1 });
    await github.dispatch(byHand, 'main', { seconds: '0' }).catch(() => 'no run shows the inputs in its name');
  },
  openPull: async () => {
    pull = await github.openPull(wanted);
    await github.openPull(wanted);
  },
  pull: () => github.pull(pull.number),
  pullOfBranch: () => github.pullOfBranch(branch),
  reviews: async () => {
    const review = { event: 'COMMENT', body: 'Hm', comments: [{ path: 'a.txt', line: 1, body: 'Why?' }] };
    await talk.reader(`POST ${repo}/pulls/${pull.number}/reviews`, review);
    await github.reviews(pull.number);
  },
  replyToReview: async () => {
    const [comment] = (await github.reviews(pull.number)).comments;
    const thread = { pullNumber: pull.number, commentId: comment?.id ?? 0 };
    for (let i = 0; i < 2; i += 1) await github.replyToReview(thread, 'answer', markdown`Done.`);
    await github.replyToReview(thread, 'other', markdown`Done.`, 'nowhere');
  },
  updatePull: () =>
    github.updatePull(pull.number, { title: title`No zero`, body: markdown`Withdrawn.`, state: 'closed' }),
  issue: () => github.issue(pull.number),
  standing: () => github.standing('main', pull.number),
  comments: () => github.comments(pull.number, lately()),
  addLabels: () => github.addLabels(pull.number, ['self-heal']),
  comment: async () => {
    for (const body of [markdown`One`, markdown`Two`]) await github.comment(pull.number, 'report', body);
    const url = await github.comment(pull.number, 'other', markdown`Three`, 'nowhere');
    await github.comment(pull.number, 'other', markdown`Four`, { url });
  },
  commitComment: async () => {
    for (const body of [markdown`One`, markdown`Two`]) await github.commitComment(fix.sha, 'report', body);
  },
  checkRun: () =>
    github.checkRun({
      name: title`self-heal proof`,
      headSha: fix.sha,
      conclusion: 'success',
      title: title`Proven`,
      summary: markdown`Red, green.`,
      detailsUrl: run.url,
      externalId: 'abc/1',
    }),
  facts: () => github.facts(),
  failedRuns: () => github.failedRuns('main'),
  openOwnIssue: async () => {
    setupIssue = await github.openOwnIssue('setup', { title: title`Set up`, body: markdown`To do.` });
  },
  ownIssue: async () => {
    await github.ownIssue('setup', setupIssue.number);
    await github.ownIssue('setup');
  },
  editOwnIssue: () => github.editOwnIssue(setupIssue.number, 'setup', { body: markdown`Done.`, state: 'closed' }),
  deleteBranch: () => github.deleteBranch(branch),
  hangUp: async () => {
    github.hangUp();
    await exchange.quiet();
  },
};

const ofTheAccount: Record<keyof AppAccount, () => Promise<unknown>> = {
  describe: () => account.describe(),
  webhookUrl: () => account.webhookUrl(),
  missedDeliveries: () => account.missedDeliveries(lately()),
  redeliver: async () => {
    const [delivery] = Object.values(Object(await talk.appItself('GET /app/hook/deliveries?per_page=1')));
    await account.redeliver(idIn(delivery));
  },
};

const sent = new Map<string, ApiRequest[]>();

async function record(calls: Record<string, () => Promise<unknown>>): Promise<void> {
  for (const [method, call] of Object.entries(calls)) {
    const before = talk.simulator.github.requests().length;
    await call();
    const theirs = talk.simulator.github.requests().slice(before);
    sent.set(
      method,
      theirs.filter(({ as }) => as === 'app' || as === 'installation'),
    );
    await talk.idle();
  }
}

beforeAll(async () => {
  talk = await conversation(files);
  const push = { branch: 'main', files: { 'a.txt': '0\n' }, message: 'Zero' };
  await talk.simulator.github.push('octo/demo', push);
  await talk.idle();
  const { id: appId, privateKey } = talk.simulator.github.app;
  const log = pino({ level: 'silent' });
  const options = { appId, privateKey, baseUrl: `${talk.simulator.url}/api/v3`, log, retryBaseMs: 1 };
  const installationId = idIn(await talk.appItself(`GET ${repo}/installation`));
  const repository = { owner: 'octo', name: 'demo', defaultBranch: 'main', installationId, private: false };
  const permissions = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const;
  exchange = gitHubOf(options);
  github = exchange(repository, { ...permissions, pull_requests: 'write', metadata: 'read' });
  account = appAccount(options);
  await record(ofThePort);
  await record(ofTheAccount);
});
afterAll(() => talk?.close());

describe.each(Object.keys({ ...ofThePort, ...ofTheAccount }))('%s', (method) => {
  it('asks as GitHub describes it', () => {
    const requests = sent.get(method) ?? [];
    expect(requests).not.toEqual([]);
    // GraphQL is no part of the description.
    const overRest = requests.filter(({ path }) => path !== '/graphql');
    const wrong = overRest.flatMap((request) =>
      requestProblems(request).filter((problem) => !known(operationOf(request) ?? '', problem)),
    );
    expect(wrong).toEqual([]);
  });
});
