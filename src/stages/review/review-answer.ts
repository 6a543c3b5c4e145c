// What came of what reviewers asked for → the words of the answer.
import type { Attempt, Review, ReviewRound, Validation } from '../../incident/case-file.ts';
import { codeBlock, inlineCode, link, type Markdown, markdown, paragraphs, prose } from '../../text/outbound.ts';

export function provenAnswer(attempt: Attempt, validation: Validation, review: Review, sha: string): Markdown {
  const proof = markdown`${validation.verdict === 'proven' ? 'Proven' : 'Partly proven'} again in the ${link('sandbox', validation.runUrl)}.`;
  return paragraphs([
    prose(firstSentences(attempt.explanation || attempt.subject)),
    markdown`Done in ${commitLink(review, sha)}. ${proof}`,
  ]);
}

export function failedAnswer(review: Review, { detail }: NonNullable<ReviewRound['failed']>): Markdown {
  return paragraphs([
    markdown`Self-Heal tried, and has no change to offer for this:`,
    quoted(detail),
    markdown`The pull request stays at ${commitLink(review, review.headSha)}, as it was proven.`,
  ]);
}

export const pushedAnswer = markdown`Somebody else has pushed to this branch since, so Self-Heal changes nothing more here: another attempt would take their commits away. The rest is yours.`;

export function spentAnswer(rounds: number): Markdown {
  const tried = rounds === 1 ? 'once' : `${rounds} times`;
  const why =
    rounds === 0
      ? 'The policy lets Self-Heal try nothing that reviewers ask for'
      : `Self-Heal has tried ${tried} to do what reviewers asked for on this pull request, and the policy allows no more`;
  return markdown`${why} (${inlineCode('review-rounds')}). The rest is yours: push to this branch, or merge or close the pull request.`;
}

const commitLink = ({ url }: Review, sha: string): Markdown =>
  link(inlineCode(sha.slice(0, 7)), `${url}/commits/${sha}`);

const longest = { explanation: 400, reason: 1_500 } as const;

/** Two at most. */
function firstSentences(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, longest.explanation);
  const ends = [...line.matchAll(/[.!?](?=\s|$)/g)].map(({ index }) => index + 1);
  return line.slice(0, ends[1] ?? ends[0] ?? line.length).toWellFormed();
}

/** A sentence as a quotation, which wraps; test output as it is. */
function quoted(text: string): Markdown {
  const kept = text.trim().slice(0, longest.reason).toWellFormed();
  return kept.includes('\n') ? codeBlock(kept, 'text') : markdown`> ${prose(kept)}`;
}
