// Pull requests of one repository: read with their reviews, opened once, changed.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { GitHub, NewCheckRun, NewPull, PullSummary } from '../../ports.ts';
import { answer, answerUnless, everyPage, isGone } from './answer.ts';
import { checkRun } from './check-run.ts';
import { replyToReview } from './comments.ts';
import { at, type Connection } from './connection.ts';
import { type Move, openedAtOnce } from './graphql-changes.ts';
import { setBranch } from './refs.ts';
import { Ignored, Issue, Pull, Review, ReviewComment } from './schemas.ts';

type Pulls = Pick<GitHub, 'pull' | 'pullOfBranch' | 'reviews' | 'replyToReview' | 'openPull' | 'updatePull'>;

export function pulls(connection: Connection): Pulls {
  return {
    pull: (number) => pull(connection, number),
    pullOfBranch: (branch) => pullOfBranch(connection, branch),
    reviews: (pullNumber) => reviews(connection, pullNumber),
    replyToReview: (thread, marker, body, known) => replyToReview(connection, thread, marker, body, known),
    openPull: (wanted, check, move) => openPull(connection, wanted, check, move),
    updatePull: (number, change) => updatePull(connection, number, change),
  };
}

async function pull(connection: Connection, number: number): Promise<PullSummary | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...at(connection),
    pull_number: number,
  });
  const found = await answerUnless(isGone, Pull, request);
  if (found?.state !== 'closed' || found.merged) return found;
  // Who closed it without merging is known to the issue only.
  const issue = connection.octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    ...at(connection),
    issue_number: number,
  });
  return { ...found, closedBy: (await answerUnless(isGone, Issue, issue))?.closedBy ?? null };
}

/** The open one, else the newest. */
async function pullOfBranch(connection: Connection, branch: string): Promise<PullSummary | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/pulls', {
    ...at(connection),
    head: `${connection.owner}:${branch}`,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 30,
  });
  const found = await answer(z.array(Pull), request);
  const open = found.find(({ state }) => state === 'open');
  const newest = found[0];
  // Lists do not say who merged or closed.
  return open ?? (newest && (await pull(connection, newest.number)));
}

async function reviews(connection: Connection, pullNumber: number): ReturnType<GitHub['reviews']> {
  const here = { ...at(connection), pull_number: pullNumber };
  const given = await everyPage(
    (position) =>
      answer(
        z.array(Review),
        connection.octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { ...here, ...position }),
      ),
    { maxPages: 10 },
  );
  // Every comment on a line comes with a review, if with an empty one.
  if (given.length === 0) return { reviews: [], comments: [] };
  // The newest first: where people talked more than is read, what they said last counts.
  const newestFirst = { sort: 'created', direction: 'desc' } as const;
  const comments = await everyPage(
    (position) =>
      answer(
        z.array(ReviewComment),
        connection.octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
          ...here,
          ...newestFirst,
          ...position,
        }),
      ),
    { maxPages: 10 },
  );
  return { reviews: given, comments: comments.toReversed() };
}

async function openPull(
  connection: Connection,
  wanted: NewPull,
  check?: NewCheckRun,
  move?: Move,
): Promise<PullSummary> {
  const atOnce = check && (await openedAtOnce(connection, wanted, check, move));
  if (atOnce) return atOnce;
  if (move) await moved(connection, wanted.head, move);
  if (check) await checkRun(connection, check);
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/pulls', {
    ...at(connection),
    ...wanted,
    body: wanted.body.text,
  });
  const opened = await answerUnless(
    ({ status, message }) => status === 422 && /pull request already exists/i.test(message),
    Pull,
    request,
  );
  const found = opened ?? (await pullOfBranch(connection, wanted.head));
  if (found?.state === 'open') return found;
  throw new SelfHealError(
    'github-unavailable',
    `The pull request of ${wanted.head} was closed while it was being opened.`,
  );
}

/** The pull request may be open by now, on a head that is not ours: it does not stay. */
async function moved(connection: Connection, branch: string, { sha, expectedSha }: Move): Promise<void> {
  try {
    await setBranch(connection, branch, sha, { expectedSha });
  } catch (thrown) {
    const there = await pullOfBranch(connection, branch);
    if (there?.state === 'open') await updatePull(connection, there.number, { state: 'closed' });
    throw thrown;
  }
}

async function updatePull(
  connection: Connection,
  number: number,
  { body, ...change }: Parameters<GitHub['updatePull']>[1],
): Promise<void> {
  const request = connection.octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...at(connection),
    ...change,
    ...(body === undefined ? {} : { body: body.text }),
    pull_number: number,
  });
  await answer(Ignored, request);
}
