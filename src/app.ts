// The Probot app: every event that is heard, and where it goes.
import { createHash } from 'node:crypto';
import type { Probot } from 'probot';
import { SelfHealError } from './errors.ts';
import {
  type Delivery,
  type Received,
  type Reception,
  receiveCommand,
  receiveIssueLabel,
  receivePullRequest,
  receiveReview,
  receiveWorkflowRun,
} from './stages/intake/receive.ts';

type Handler = (delivery: Delivery, payload: unknown, to: Reception) => Promise<Received>;

/** Octokit's middleware answers 202 by itself after nine seconds: before that we say that it was not stored, and GitHub keeps it. */
const answerWithinMs = 8_000;

/** The answer to GitHub waits for the handler, so what is acknowledged is on disk. */
export function app(probot: Probot, reception: Reception, now: () => Date, withinMs = answerWithinMs): void {
  const goesTo = (handler: Handler) => async (event: { id: string; name: string; payload: unknown }) => {
    const digest = createHash('sha256').update(JSON.stringify(event.payload)).digest('hex');
    const delivery = { id: event.id, event: event.name, at: now(), digest };
    const received = await inTime(handler(delivery, event.payload, reception), withinMs);
    probot.log.info({ delivery: event.id, event: event.name, ...received }, 'received');
  };

  probot.webhooks.on('workflow_run.completed', goesTo(receiveWorkflowRun));
  probot.webhooks.on('issues.labeled', goesTo(receiveIssueLabel));
  probot.webhooks.on('issue_comment.created', goesTo(receiveCommand));
  probot.webhooks.on('pull_request.closed', goesTo(receivePullRequest));
  probot.webhooks.on('pull_request_review.submitted', goesTo(receiveReview));
  probot.webhooks.on('pull_request_review_comment.created', goesTo(receiveReview));
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
