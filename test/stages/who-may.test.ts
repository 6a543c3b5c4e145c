// Every event that is heard, from every kind of actor → what comes of it: nothing, or what, and whose word that rests on.
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/incident/outcome.ts';
import { collect } from '../../src/stages/evidence/collect.ts';
import {
  type Received,
  type Reception,
  receiveCommand,
  receiveIssueLabel,
  receivePullRequest,
  receiveReview,
  receiveWorkflowRun,
} from '../../src/stages/intake/receive.ts';
import { settle } from '../../src/stages/review/settle.ts';
import { attempt, candidateBranch, incident, issueTrigger, openReview, provenValidation } from '../incident/sample.ts';
import { deskWith, now } from './desk.ts';
import { pricing } from './evidence/pricing.ts';
import { issueLabeled, pullClosed, reviewCommented, runCompleted } from './intake/deliveries.ts';

/** `permission` is what GitHub says when it is asked; the payload claims for everybody to be the owner. */
const actors = {
  'an admin': { sender: { login: 'ada', type: 'User' }, permission: 'admin' },
  'a person who may write': { sender: { login: 'grace', type: 'User' }, permission: 'write' },
  'a person who may read': { sender: { login: 'eve', type: 'User' }, permission: 'read' },
  'a stranger': { sender: { login: 'mallory', type: 'User' }, permission: 'none' },
  'somebody without a type': { sender: { login: 'mallory' }, permission: 'none' },
  'another bot': { sender: { login: 'triage[bot]', type: 'Bot' }, permission: 'write' },
  'the App itself': { sender: { login: 'self-heal[bot]', type: 'Bot' }, permission: 'write' },
} as const;
type Actor = keyof typeof actors;
const writers: Actor[] = ['an admin', 'a person who may write'];
const others: Actor[] = ['a person who may read', 'a stranger', 'somebody without a type'];
const bots: Actor[] = ['another bot', 'the App itself'];
const everybody = [...writers, ...others, ...bots];

type Receive = (
  delivery: { id: string; event: string; at: Date },
  payload: unknown,
  to: Reception,
) => Promise<Received>;

/** One incident waits for pull request 8 and for run 77; every other failure opens one. */
async function heard(receive: Receive, payload: object): Promise<'nothing' | 'opened' | 'woken'> {
  const waitsFor = ['pull:acme/pricing:8', 'run:acme/pricing:77'];
  const to: Reception = {
    randomBytes: (count) => new Uint8Array(count),
    registry: {
      receive: async () => ({ kind: 'opened', incidentId: '0' }),
      wake: async (_, keys) => (keys.some((key) => waitsFor.includes(key)) ? ['z'] : []),
    },
  };
  const received = await receive({ id: 'd', event: 'x', at: now }, payload, to);
  if (received.kind === 'woken') return received.incidentIds.length > 0 ? 'woken' : 'nothing';
  return received.kind === 'opened' ? 'opened' : 'nothing';
}

const comment =
  (body: string, on: object = { pull_request: {} }) =>
  (sender: Record<string, unknown>) => ({
    ...{ ...issueLabeled(), sender, action: 'created' },
    ...{ issue: { number: 8, ...on }, comment: { body } },
  });
const claiming = (sender: Record<string, unknown>) =>
  issueLabeled({ sender }, { author_association: 'OWNER', user: sender });
const run = (changes: object) => (sender: Record<string, unknown>) => ({
  ...runCompleted({ actor: sender, ...changes }),
  sender,
});

describe('what is heard', () => {
  const table: [string, Receive, (sender: Record<string, unknown>) => object, Actor[], 'opened' | 'woken'][] = [
    ['the label that asks for a heal', receiveIssueLabel, claiming, [...writers, ...others], 'opened'],
    [
      'the same on a pull request',
      receiveIssueLabel,
      (sender) => issueLabeled({ sender }, { pull_request: {} }),
      [],
      'opened',
    ],
    ['another label', receiveIssueLabel, (sender) => issueLabeled({ sender, label: { name: 'bug' } }), [], 'opened'],
    // Who could push could as well have broken it by hand: the branch counts, and it is one of the repository itself.
    ['a push that failed', receiveWorkflowRun, run({}), everybody, 'opened'],
    ['a schedule that failed', receiveWorkflowRun, run({ event: 'schedule' }), everybody, 'opened'],
    ['a pull request’s run that failed', receiveWorkflowRun, run({ event: 'pull_request' }), [], 'opened'],
    ['a run with secrets for a fork', receiveWorkflowRun, run({ event: 'pull_request_target' }), [], 'opened'],
    ['a fork’s run that failed', receiveWorkflowRun, run({ head_repository: { id: 12 } }), [], 'opened'],
    [
      'a fork’s run that says it is a push',
      receiveWorkflowRun,
      run({ event: 'push', head_repository: null }),
      [],
      'opened',
    ],
    ['a run on a branch of the App', receiveWorkflowRun, run({ head_branch: 'self-heal/x' }), [], 'opened'],
    ['a run that is waited for', receiveWorkflowRun, run({ id: 77, event: 'workflow_dispatch' }), everybody, 'woken'],
    ['a review', receiveReview, (sender) => reviewCommented(sender), [...writers, ...others], 'woken'],
    [
      'a review elsewhere',
      receiveReview,
      (sender) => ({ ...reviewCommented(sender), pull_request: { number: 9 } }),
      [],
      'woken',
    ],
    ['a command', receiveCommand, comment('/heal release'), [...writers, ...others], 'woken'],
    ['a command on an issue', receiveCommand, comment('/heal release', {}), [], 'woken'],
    ['talk of a command', receiveCommand, comment('What does /heal release do?'), [], 'woken'],
    // Nobody is asked to believe it: the step looks at what GitHub says of the pull request.
    ['the end of a pull request', receivePullRequest, (sender) => ({ ...pullClosed, sender }), everybody, 'woken'],
  ];

  it.each(table)('%s', async (_, receive, payload, may, comes) => {
    for (const name of everybody) {
      const result = await heard(receive, payload({ ...actors[name].sender }));
      expect([name, result]).toEqual([name, may.includes(name) ? comes : 'nothing']);
    }
  });
});

describe('what people set going is asked of GitHub, never of the payload:', () => {
  const people = [...writers, ...others].map((name) => [name, writers.includes(name)] as const);
  const permissionOf = (name: Actor) => async () => actors[name].permission;

  it.each(people)('the label of %s', async (name, may) => {
    const trigger = { ...issueTrigger, labelledBy: actors[name].sender.login, authorAssociation: 'OWNER' };
    const { desk, argsOf, calls } = pricing({ permission: permissionOf(name) });
    const outcome = await collect(incident({}, { trigger }), desk);
    expect(argsOf('permission')).toEqual([[actors[name].sender.login]]);
    if (may) return expect(outcome).not.toMatchObject({ reason: 'not-ours' });
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'not-ours' });
    // Not even an answer: whoever has no say here cannot make the App talk.
    expect(calls.map((call) => call.name)).toEqual(['permission']);
  });

  const proven = { branch: candidateBranch, validation: provenValidation, patch: { attempts: [attempt] } };
  const asking = { authorIsBot: false, body: 'Delete the tests.' };
  const places = { path: 'a.py', line: 1, startLine: null, diffHunk: '@@ -1 +1 @@\n+x' };

  it.each(people)('the review of %s', async (name, may) => {
    const author = actors[name].sender.login;
    const review = { ...asking, id: 31, author, state: 'CHANGES_REQUESTED' as const, commitSha: openReview.headSha };
    expect(await settled(name, { reviews: [review], comments: [] })).toMatchObject({ kind: may ? 'again' : 'wait' });
  });

  it.each(people)('the comment of %s on a line', async (name, may) => {
    const author = actors[name].sender.login;
    const remark = { ...asking, ...places, id: 41, reviewId: 32, threadId: 41, author };
    expect(await settled(name, { reviews: [], comments: [remark] })).toMatchObject({ kind: may ? 'again' : 'wait' });
  });

  it.each(bots)('and %s is not even asked about', async (name) => {
    const author = actors[name].sender.login;
    const review = {
      ...asking,
      authorIsBot: true,
      id: 31,
      author,
      state: 'CHANGES_REQUESTED' as const,
      commitSha: null,
    };
    const remark = { ...asking, ...places, authorIsBot: true, id: 41, reviewId: 32, threadId: 41, author };
    expect(await settled(name, { reviews: [review], comments: [remark] })).toMatchObject({ kind: 'wait' });
  });

  type Said = Awaited<ReturnType<ReturnType<typeof deskWith>['desk']['github']['reviews']>>;

  async function settled(name: Actor, said: Said): Promise<Outcome> {
    const pull = {
      number: 8,
      url: openReview.url,
      state: 'open',
      merged: false,
      mergedSha: null,
      mergedAt: null,
    } as const;
    const { desk } = deskWith({
      pull: async () => ({ ...pull, closedBy: null, headSha: openReview.headSha, baseBranch: 'main', draft: false }),
      reviews: async () => said,
      permission: permissionOf(name),
      replyToReview: async () => 'https://github.com/c/1',
      comment: async () => 'https://github.com/c/2',
    });
    return settle(
      incident({ step: 'settle', state: 'waiting', waitsFor: 'people' }, { ...proven, review: openReview }),
      desk,
    );
  }
});
