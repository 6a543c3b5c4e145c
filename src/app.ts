// The Probot app: every event that is heard, and where it goes.
import { createHash } from 'node:crypto';
import type { Probot } from 'probot';
import { SelfHealError } from './errors.ts';
import { receiveDryRun } from './onboarding/dry-run/receive-dry-run.ts';
import { receivePolicyPull, receivePolicyPush } from './onboarding/policy-check/receive-policy.ts';
import {
  receiveInstallation,
  receiveIssueMove,
  receivePush,
  receiveRepositories,
  receiveSandboxRun,
} from './onboarding/receive-news.ts';
import type { ErrandRegistry } from './ports/errand.ts';
import type { SetupRegistry } from './ports/setup.ts';
import {
  type Delivery,
  type Reception,
  receiveCommand,
  receiveIssueLabel,
  receivePullRequest,
  receiveReview,
  receiveWorkflowRun,
} from './stages/intake/receive.ts';

type To = Reception & { setups: SetupRegistry; errands: ErrandRegistry };
type Handler = (delivery: Delivery, payload: unknown, to: To) => Promise<object & { kind: string }>;

/** Octokit's middleware answers 202 by itself after nine seconds: before that we say that it was not stored, and GitHub keeps it. */
const answerWithinMs = 8_000;

/** The answer to GitHub waits for the handler, so what is acknowledged is on disk. */
export function app(probot: Probot, reception: To, now: () => Date, withinMs = answerWithinMs): void {
  const goesTo = (handler: Handler) => async (event: { id: string; name: string; payload: unknown }) => {
    const digest = createHash('sha256').update(JSON.stringify(event.payload)).digest('hex');
    const delivery = { id: event.id, event: event.name, at: now(), digest };
    const received = await inTime(handler(delivery, event.payload, reception), withinMs);
    probot.log.info({ delivery: event.id, event: event.name, ...received }, 'received');
  };

  const isNewsFor =
    (receive: typeof receivePush): Handler =>
    (delivery, payload, { setups }) =>
      receive(delivery, payload, setups);
  const mayBringPolicy =
    (receive: typeof receivePolicyPush): Handler =>
    (delivery, payload, { errands }) =>
      receive(delivery, payload, errands);

  probot.webhooks.on('workflow_run.completed', goesTo(receiveWorkflowRun));
  probot.webhooks.on('issues.labeled', goesTo(receiveIssueLabel));
  probot.webhooks.on('issue_comment.created', goesTo(receiveCommand));
  probot.webhooks.on(
    'issue_comment.created',
    goesTo((delivery, payload, { errands }) => receiveDryRun(delivery, payload, errands)),
  );
  probot.webhooks.on('pull_request.closed', goesTo(receivePullRequest));
  // What people do that takes auto-merge back; the App's own labels and pushes are a bot's.
  probot.webhooks.on(['pull_request.labeled', 'pull_request.synchronize'], goesTo(receiveReview));
  probot.webhooks.on('pull_request_review.submitted', goesTo(receiveReview));
  probot.webhooks.on('pull_request_review_comment.created', goesTo(receiveReview));

  // A run may answer an incident and a set-up at once: each of the two hears of it by itself.
  probot.webhooks.on('workflow_run.completed', goesTo(isNewsFor(receiveSandboxRun)));
  probot.webhooks.on(['installation.created', 'installation.deleted'], goesTo(isNewsFor(receiveInstallation)));
  probot.webhooks.on(
    ['installation_repositories.added', 'installation_repositories.removed'],
    goesTo(isNewsFor(receiveRepositories)),
  );
  probot.webhooks.on('push', goesTo(isNewsFor(receivePush)));
  probot.webhooks.on(['issues.closed', 'issues.reopened'], goesTo(isNewsFor(receiveIssueMove)));

  probot.webhooks.on('push', goesTo(mayBringPolicy(receivePolicyPush)));
  probot.webhooks.on(
    ['pull_request.opened', 'pull_request.reopened', 'pull_request.synchronize'],
    goesTo(mayBringPolicy(receivePolicyPull)),
  );
}

async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = () =>
      reject(new SelfHealError('database-unavailable', `the delivery was not stored within ${withinMs} ms`));
    timer = setTimeout(give, withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
