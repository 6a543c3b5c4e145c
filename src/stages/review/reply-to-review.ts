// What came of a round that reviewers asked for → an answer in each of their threads, or on the pull request, once.
import type { Review, ReviewRound } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { GitHubDesk } from '../../ports.ts';
import type { Markdown } from '../../text/outbound.ts';

type Places = Pick<ReviewRound, 'threads' | 'onPull'>;

/** What a step that was killed has said already is found by its marker. */
export async function replyToReview(
  incident: Incident,
  review: Review,
  places: Places,
  body: Markdown,
  desk: GitHubDesk,
): Promise<void> {
  await reply(`${incident.id}/round-${review.rounds ?? 0}`, review, places, body, {
    desk,
    ...(desk.resumed ? {} : { known: 'nowhere' }),
  });
}

/** Said once in every thread, however often people go on there. */
export const sayItIsTheirs = (
  incident: Incident,
  review: Review,
  places: Places,
  body: Markdown,
  desk: GitHubDesk,
): Promise<void> => reply(`${incident.id}/yours`, review, places, body, { desk });

async function reply(
  marker: string,
  { pullNumber }: Review,
  { threads, onPull }: Places,
  body: Markdown,
  { desk, known }: { desk: GitHubDesk; known?: 'nowhere' },
): Promise<void> {
  // A thread that people deleted needs no answer.
  for (const commentId of threads)
    await desk.github.replyToReview({ pullNumber, commentId }, `${marker}/${commentId}`, body, known);
  if (onPull) await desk.github.comment(pullNumber, marker, body, known);
}
