// What is wrong in a policy file → the words that say so on the commit or pull request that brought it.
import { policyPath } from '../../config/policy.ts';
import { type PolicyProblem, problemLine } from '../../config/policy-problems.ts';
import { inlineCode, type Markdown, markdown, paragraphs, table } from '../../text/outbound.ts';

/** Names the comment, one for each commit and pull request. */
export const policyMarker = 'policy-check';

/** The messages quote the file: they come here redacted. */
export function policyAnswer(problems: readonly PolicyProblem[], on: 'commit' | 'pull request'): Markdown {
  const many = problems.length === 1 ? markdown`a mistake` : markdown`${problems.length} mistakes`;
  const meanwhile =
    on === 'commit'
      ? markdown`Until that is mended the last version without mistakes stays in force; where there is none, Self-Heal explains and writes nothing.`
      : markdown`If it is merged like this, it does not come into force: the last version without mistakes does.`;
  return paragraphs([
    markdown`**${inlineCode(policyPath)} has ${many}.** ${meanwhile}`,
    table(
      ['Line', 'Key', 'What is wrong'],
      problems.map(({ line, key, message }) => [line, key === '' ? markdown`(the file)` : inlineCode(key), message]),
    ),
    markdown`${inlineCode('self-heal policy FILE')} checks a file before it is pushed.`,
  ]);
}

export const mendedAnswer: Markdown = markdown`${inlineCode(policyPath)} has no mistakes any more.`;

/** For the log. */
export const problemLines = (problems: readonly PolicyProblem[]): string => problems.map(problemLine).join('; ');
