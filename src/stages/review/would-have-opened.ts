// A proven incident that nobody is shown → what would have been opened for people, in words.
import type { Attempt, Validation } from '../../incident/case-file.ts';
import { type Caution, mayRun } from './quarantine.ts';

export function wouldHaveOpened(
  caution: Caution,
  { subject }: Pick<Attempt, 'subject'>,
  { verdict, shortfall }: Pick<Validation, 'verdict' | 'shortfall'>,
): string {
  const isPart = verdict !== 'proven';
  const isDraft = caution.draft || isPart;
  const kind = isDraft ? 'a draft pull request' : 'a pull request that is ready for review';
  const isHeld = !mayRun(caution, undefined, '');
  const why = [...(isHeld ? caution.held : []), ...(isPart && shortfall ? [shortfall] : [])];
  const changed = caution.changedTests.length > 0 ? ['It changes tests that were there before.'] : [];
  const held = isHeld ? ', in quarantine' : '';
  return [`It would have opened ${kind}${held}: “${subject}”.`, ...why, ...changed].join(' ');
}
