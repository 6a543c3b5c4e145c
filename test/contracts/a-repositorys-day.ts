// A conversation → one day of a repository: git, issues, pull requests, reviews, checks, Actions, the App; every endpoint once.
import { type Conversation, firstIn, idIn, numberIn, repo, shaIn } from './conversation.ts';

export const files = {
  'a.txt': 'one\n',
  'lib/b.txt': 'two\n',
  '.github/workflows/ci.yml': `on: { push: { branches: [main] }, pull_request: }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cp "$GITHUB_EVENT_PATH" event.json
      - uses: actions/upload-artifact@v4
        with: { name: event, path: event.json }
      - run: exit 3
`,
  '.github/workflows/by-hand.yml': `on:
  workflow_dispatch: { inputs: { seconds: { type: string, default: '0' } } }
  repository_dispatch:
jobs:
  wait:
    runs-on: ubuntu-latest
    steps: [{ run: 'sleep "\${{ inputs.seconds }}"' }]
`,
};

export async function live(talk: Conversation): Promise<void> {
  await accounts(talk);
  await commits(talk);
  await issues(talk);
  await pullRequests(talk);
  await checks(talk);
  await actions(talk);
  await theApp(talk);
}

async function accounts({ anybody, owner, reader }: Conversation): Promise<void> {
  for (const path of ['/', '/meta', '/rate_limit', '/users/octo', repo]) await anybody(`GET ${path}`);
  for (const path of ['/user', '/user/repos?per_page=5', `${repo}/collaborators/mona/permission`])
    await owner(`GET ${path}`);
  await anybody('GET /repos/octo/nothing');
  await reader(`PUT ${repo}/contents/no.txt`, { message: 'No', content: 'bm8=' });
}

async function commits({ owner, anybody, idle }: Conversation): Promise<void> {
  const file = firstIn(await owner(`GET ${repo}/contents/lib`));
  await owner(`GET ${repo}/contents/a.txt`);
  const head = shaIn(await owner(`GET ${repo}/commits/main`));
  await owner(`PUT ${repo}/contents/new.txt`, { message: 'Add', content: 'bmV3', branch: 'main' });
  const there = await owner(`GET ${repo}/contents/new.txt`);
  await owner(`DELETE ${repo}/contents/new.txt`, { message: 'Delete', sha: shaIn(there), branch: 'main' });
  await idle();
  for (const path of ['languages', 'branches', 'branches/main', 'commits?sha=main', `compare/${head}...main`])
    await anybody(`GET ${repo}/${path}`);

  await owner(`GET ${repo}/git/blobs/${shaIn(file)}`);
  const blob = shaIn(await owner(`POST ${repo}/git/blobs`, { content: 'three\n', encoding: 'utf-8' }));
  const entry = { path: 'c.txt', mode: '100644', type: 'blob', sha: blob };
  const tree = shaIn(await owner(`POST ${repo}/git/trees`, { base_tree: head, tree: [entry] }));
  await owner(`GET ${repo}/git/trees/${tree}?recursive=1`);
  const commit = shaIn(await owner(`POST ${repo}/git/commits`, { message: 'Three', tree, parents: [head] }));
  await owner(`GET ${repo}/git/commits/${commit}`);
  await owner(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: head });
  await owner(`PATCH ${repo}/git/refs/heads/topic`, { sha: commit });
  await owner(`GET ${repo}/git/ref/heads/topic`);
  await owner(`GET ${repo}/git/matching-refs/heads/to`);
  const tag = { tag: 'v1', message: 'First', object: commit, type: 'commit' };
  const tagged = shaIn(await owner(`POST ${repo}/git/tags`, tag));
  await owner(`GET ${repo}/git/tags/${tagged}`);
  await owner(`POST ${repo}/git/refs`, { ref: 'refs/tags/v1', sha: tagged });
  await owner(`GET ${repo}/tags`);

  const comment = idIn(
    await owner(`POST ${repo}/commits/${head}/comments`, { body: 'Why?', path: 'a.txt', position: 1 }),
  );
  await owner(`GET ${repo}/commits/${head}/comments`);
  await owner(`GET ${repo}/comments/${comment}`);
  await owner(`PATCH ${repo}/comments/${comment}`, { body: 'Because.' });
  await owner(`DELETE ${repo}/comments/${comment}`);
  const status = { state: 'success', context: 'other-ci', description: 'fine', target_url: 'https://ci.example/1' };
  await owner(`POST ${repo}/statuses/${commit}`, status);
  await owner(`GET ${repo}/commits/${commit}/status`);
  await owner(`GET ${repo}/commits/${commit}/statuses`);
}

async function issues({ owner, reader, app }: Conversation): Promise<void> {
  await owner(`POST ${repo}/labels`, { name: 'broken', color: 'ff0000', description: 'does not work' });
  await owner(`PATCH ${repo}/labels/broken`, { new_name: 'defect' });
  await owner(`GET ${repo}/labels/defect`);
  await owner(`GET ${repo}/labels`);
  const number = numberIn(await reader(`POST ${repo}/issues`, { title: 'It fails', body: 'A trace' }));
  const issue = `${repo}/issues/${number}`;
  await owner(`POST ${issue}/labels`, { labels: ['defect', 'bug'] });
  await owner(`GET ${issue}/labels`);
  await owner(`DELETE ${issue}/labels/bug`);
  await owner(`PUT ${issue}/labels`, { labels: ['defect'] });
  await owner(`POST ${issue}/assignees`, { assignees: ['octo'] });
  await owner(`PATCH ${issue}`, { title: 'It fails at zero', body: 'Another trace' });

  const comment = idIn(await app(`POST ${issue}/comments`, { body: 'Looking' }));
  await app(`PATCH ${repo}/issues/comments/${comment}`, { body: 'Found' });
  await owner(`GET ${repo}/issues/comments/${comment}`);
  await owner(`GET ${repo}/issues/comments`);
  await owner(`GET ${issue}/comments`);
  const reactions = `${repo}/issues/comments/${comment}/reactions`;
  const reaction = idIn(await owner(`POST ${reactions}`, { content: '+1' }));
  await owner(`GET ${reactions}`);
  await owner(`DELETE ${reactions}/${reaction}`);
  await owner(`POST ${issue}/reactions`, { content: 'eyes' });
  await owner(`GET ${issue}/reactions`);
  await owner(`PUT ${issue}/lock`, { lock_reason: 'resolved' });
  await owner(`DELETE ${issue}/lock`);
  await owner(`PATCH ${issue}`, { state: 'closed', state_reason: 'not_planned' });
  await owner(`GET ${issue}`);
  await owner(`GET ${issue}/events`);
  await owner(`GET ${issue}/timeline`);
  await owner(`PATCH ${issue}`, { state: 'open' });
  await owner(`DELETE ${repo}/issues/comments/${comment}`);
  await owner(`GET ${repo}/issues?state=all&labels=defect`);
  await owner(`GET ${repo}/issues/999`);
  await owner(`DELETE ${repo}/labels/defect`);
  await owner(`POST ${repo}/issues`, { title: ' ' });
}

async function pullRequests(talk: Conversation): Promise<void> {
  const { owner, reader, app, anybody, idle, markReady } = talk;
  const wanted = { title: 'Three', head: 'topic', base: 'main', body: 'Adds c.txt', draft: true };
  const number = numberIn(await app(`POST ${repo}/pulls`, wanted));
  await idle();
  const pull = `${repo}/pulls/${number}`;
  const conversation = `${repo}/issues/${number}`;
  await app(`POST ${repo}/pulls`, wanted);
  await owner(`PATCH ${pull}`, { title: 'Three files' });
  for (const path of ['', '/files', '/commits']) await anybody(`GET ${pull}${path}`);
  await owner(`POST ${pull}/requested_reviewers`, { reviewers: ['mona'] });
  await owner(`GET ${pull}/requested_reviewers`);
  await owner(`DELETE ${pull}/requested_reviewers`, { reviewers: ['mona'] });

  const remark = { path: 'c.txt', line: 1, side: 'RIGHT', body: 'Why three?' };
  const asks = { event: 'REQUEST_CHANGES', body: 'Not yet', comments: [remark] };
  const review = idIn(await reader(`POST ${pull}/reviews`, asks));
  await owner(`GET ${pull}/reviews`);
  await owner(`GET ${pull}/reviews/${review}`);
  await owner(`GET ${pull}/reviews/${review}/comments`);
  await owner(`PUT ${pull}/reviews/${review}/dismissals`, { message: 'Settled', event: 'DISMISS' });
  const head = shaIn(await owner(`GET ${repo}/commits/topic`));
  const comment = idIn(await owner(`POST ${pull}/comments`, { ...remark, commit_id: head }));
  await owner(`POST ${pull}/comments/${comment}/replies`, { body: 'Because' });
  await owner(`GET ${pull}/comments`);
  await owner(`GET ${repo}/commits/${head}/pulls`);
  await owner(`POST ${conversation}/labels`, { labels: ['bug'] });
  await owner(`DELETE ${conversation}/labels/bug`);
  await owner(`POST ${conversation}/assignees`, { assignees: ['octo'] });
  await owner(`PUT ${conversation}/lock`, { lock_reason: 'spam' });
  await owner(`DELETE ${conversation}/lock`);
  await owner(`POST ${conversation}/comments`, { body: 'Settled' });
  await owner(`GET ${conversation}`);
  await owner(`GET ${conversation}/timeline`);

  await owner(`PUT ${pull}/update-branch`);
  await idle();
  await owner(`GET ${pull}/merge`);
  await app(`PATCH ${pull}`, { state: 'closed' });
  await app(`PATCH ${pull}`, { state: 'open' });
  await owner(`PUT ${pull}/merge`);
  await markReady(await owner(`GET ${pull}`));
  await autoMerge(talk, pull);
  await owner(`PUT ${pull}/merge`, { sha: head });
  await owner(`PUT ${pull}/merge`, { merge_method: 'squash', commit_title: 'Three' });
  await owner(`PUT ${pull}/merge`);
  await owner(`GET ${pull}/merge`);
  await owner(`GET ${pull}`);
  await owner(`GET ${repo}/pulls?state=all&head=octo:topic`);
  await owner(`DELETE ${repo}/git/refs/heads/topic`);
  await idle();
}

async function autoMerge({ owner, app, setAutoMerge }: Conversation, pull: string): Promise<void> {
  await owner(`PATCH ${repo}`, { allow_auto_merge: true });
  const rules = `${repo}/branches/main/protection`;
  const wanted = {
    required_status_checks: { strict: false, contexts: ['never'] },
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  };
  await owner(`PUT ${rules}`, wanted);
  await app(`PUT ${rules}`, wanted);
  await owner(`GET ${rules}`);
  await owner(`GET ${repo}/branches/main`);
  const asItIs = await owner(`GET ${pull}`);
  await setAutoMerge(asItIs, true);
  await owner(`GET ${pull}`);
  await owner(`PUT ${pull}/merge`);
  await setAutoMerge(asItIs, false);
  await owner(`DELETE ${rules}`);
}

async function checks({ app, owner }: Conversation): Promise<void> {
  const head = shaIn(await owner(`GET ${repo}/commits/main`));
  const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'warning', message: 'Look' };
  const output = { title: 'Proof', summary: 'Red, green.', annotations: [annotation] };
  const run = idIn(await app(`POST ${repo}/check-runs`, { name: 'proof', head_sha: head, status: 'in_progress' }));
  await app(`PATCH ${repo}/check-runs/${run}`, { status: 'completed', conclusion: 'success', output });
  await owner(`GET ${repo}/check-runs/${run}`);
  await owner(`GET ${repo}/check-runs/${run}/annotations`);
  await owner(`GET ${repo}/commits/${head}/check-runs`);
  const suite = idIn(firstIn(await owner(`GET ${repo}/commits/${head}/check-suites`), 'check_suites'));
  await owner(`GET ${repo}/check-suites/${suite}`);
  await owner(`GET ${repo}/check-suites/${suite}/check-runs`);
  await owner(`POST ${repo}/check-runs`, { name: 'proof', head_sha: head });
}

async function actions({ owner, app, idle }: Conversation): Promise<void> {
  const at = `${repo}/actions`;
  await owner(`GET ${at}/workflows`);
  await owner(`GET ${at}/workflows/ci.yml`);
  const run = idIn(
    firstIn(await owner(`GET ${at}/workflows/ci.yml/runs?per_page=1&created=%3E%3D2020-01-01`), 'workflow_runs'),
  );
  await owner(`GET ${at}/runs?event=push`);
  for (const path of ['', '/attempts/1', '/logs', '/attempts/1/logs', '/attempts/1/jobs'])
    await owner(`GET ${at}/runs/${run}${path}`);
  const job = idIn(firstIn(await owner(`GET ${at}/runs/${run}/jobs`), 'jobs'));
  await owner(`GET ${at}/jobs/${job}`);
  await owner(`GET ${at}/jobs/${job}/logs`);
  const artifact = idIn(firstIn(await owner(`GET ${at}/runs/${run}/artifacts`), 'artifacts'));
  await owner(`GET ${at}/artifacts`);
  await owner(`GET ${at}/artifacts/${artifact}`);
  await owner(`GET ${at}/artifacts/${artifact}/zip`);
  await owner(`DELETE ${at}/artifacts/${artifact}`);
  for (const again of [`runs/${run}/rerun-failed-jobs`, `jobs/${job}/rerun`, `runs/${run}/rerun`]) {
    await app(`POST ${at}/${again}`);
    await idle();
  }
  await owner(`POST ${at}/runs/${run}/cancel`);
  await owner(`GET ${at}/variables`);
  await owner(`GET ${at}/variables/PLACE`);

  await owner(`POST ${repo}/dispatches`, { event_type: 'sample.collected', client_payload: { grams: 3 } });
  await owner(`POST ${at}/workflows/by-hand.yml/dispatches`, { ref: 'main' });
  await idle();
  const dispatch = { ref: 'main', inputs: { seconds: '60' }, return_run_details: true };
  const started = await app(`POST ${at}/workflows/by-hand.yml/dispatches`, dispatch);
  await owner(`POST ${at}/runs/${Object(started).workflow_run_id}/cancel`);
  await owner(`POST ${at}/workflows/by-hand.yml/dispatches`, { ref: 'nowhere' });
  await idle();
}

async function theApp({ appItself, app, anybody, simulator, directory, idle }: Conversation): Promise<void> {
  await simulator.github.host({ directory, fullName: 'octo/later' });
  await idle();
  await appItself('GET /app');
  await anybody(`GET /apps/${simulator.github.app.slug}`);
  const installation = idIn(firstIn(await appItself('GET /app/installations')));
  await appItself(`GET /app/installations/${installation}`);
  await appItself(`GET ${repo}/installation`);
  const limited = { repositories: ['demo'], permissions: { contents: 'read' } };
  await appItself(`POST /app/installations/${installation}/access_tokens`, limited);
  await appItself('GET /app/hook/config');
  await appItself('PATCH /app/hook/config', { content_type: 'json' });
  const delivery = idIn(firstIn(await appItself('GET /app/hook/deliveries?per_page=100')));
  await appItself(`GET /app/hook/deliveries/${delivery}`);
  await appItself(`POST /app/hook/deliveries/${delivery}/attempts`);
  await app('GET /installation/repositories');
  await app('DELETE /installation/token');
  await app('GET /installation/repositories');
  const manifest = JSON.stringify({ name: 'Registered', default_events: ['push'] });
  const registering = { method: 'POST', body: new URLSearchParams({ manifest }) };
  const { code } = Object(await (await fetch(`${simulator.url}/settings/apps/new`, registering)).json());
  await anybody(`POST /app-manifests/${code}/conversions`);
}
