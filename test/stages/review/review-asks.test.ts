import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReviewCommentSummary, ReviewSummary } from '../../../src/ports.ts';
import { feedbackOf, ofWriters, reviewAsks } from '../../../src/stages/review/review-asks.ts';
import { openReview } from '../../incident/sample.ts';

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('<!--', '<!-- a -->', '\u202e', '<details hidden>', '@@ -1 +1 @@\n+x', '> ', '\u0000'),
);
const author = fc.constantFrom('grace', 'ada', 'eve', 'lint[bot]', 'ghost');
const line = fc.option(fc.integer({ min: -5, max: 2_000_000_000 }), { nil: null });
const state = fc.constantFrom<ReviewSummary['state'][]>(
  'APPROVED',
  'CHANGES_REQUESTED',
  'COMMENTED',
  'DISMISSED',
  'PENDING',
);
const review: fc.Arbitrary<ReviewSummary> = fc.record({
  ...{ id: fc.integer({ min: 1, max: 9 }), author, authorIsBot: fc.boolean(), body: words },
  ...{ state, commitSha: fc.constant(null) },
});
const comment: fc.Arbitrary<ReviewCommentSummary> = fc.record({
  ...{ id: fc.integer({ min: 1, max: 60 }), threadId: fc.integer({ min: 1, max: 60 }), author },
  ...{ reviewId: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }), authorIsBot: fc.boolean() },
  ...{ path: words, line, startLine: line, diffHunk: words, body: words },
});

it('whatever people write, only writers ask, what the model is told is bounded and shows what people see, and nothing is taken up twice', async () => {
  const permission = async (login: string) => (login === 'grace' || login === 'ada' ? 'write' : 'read');
  await fc.assert(
    fc.asyncProperty(
      fc.array(review, { maxLength: 12 }),
      fc.array(comment, { maxLength: 40 }),
      async (reviews, comments) => {
        const asks = await ofWriters(reviewAsks(openReview, { reviews, comments }), permission);
        expect(asks.length).toBeLessThanOrEqual(20);
        expect(asks.filter((one) => one.author !== 'grace' && one.author !== 'ada')).toEqual([]);
        if (asks.length === 0) return;
        const feedback = await feedbackOf(asks);
        expect(feedback.length).toBeLessThanOrEqual(4_000);
        expect(feedback).not.toMatch(/[\u202e\u0000]/);
        const ids = (kind: string) => asks.filter((one) => one.kind === kind).map(({ id }) => id);
        const answered = { ...openReview, answered: ids('review'), answeredComments: ids('comment') };
        const left = reviewAsks(answered, { reviews, comments });
        expect(left.filter((one) => ids(one.kind).includes(one.id))).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 9 },
  );
});
