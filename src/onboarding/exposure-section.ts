// What the exposure check found → the table of workflows that would meet a change of ours with something to lose.
import type { Exposure } from '../incident/exposure.ts';
import { inlineCode, joined, type Markdown, markdown, paragraphs, prose, table } from '../text/outbound.ts';

const mostRows = 20;

const when: Record<Exposure['when'], string> = {
  pushed: 'as soon as a candidate is pushed',
  opened: 'as soon as the pull request opens',
  released: 'once the pull request leaves quarantine',
  asked: 'when somebody comments or reviews',
};

/** Undefined where not all workflows could be looked at. */
export function exposureSection(exposures: readonly Exposure[] | undefined, workflows: number): Markdown {
  if (exposures === undefined)
    return markdown`Not all workflows of this repository could be looked at, so every pull request stays in quarantine until somebody approves it.`;
  if (exposures.length === 0)
    return workflows === 0
      ? markdown`This repository has no other workflows.`
      : markdown`None of the ${workflows} other workflows would meet a change of Self-Heal's with secrets or a token that may write. Pull requests open with their checks running.`;
  const rows = exposures
    .slice(0, mostRows)
    .map((one) => [inlineCode(one.workflow), inlineCode(one.event), when[one.when], prose(one.why.join('; '))]);
  const more = exposures.length - rows.length;
  return paragraphs([
    markdown`These workflows would run a change of Self-Heal's with something to lose:`,
    table(['Workflow', 'On', 'When', 'What the change could reach there'], rows),
    more > 0 ? markdown`And ${more} more.` : undefined,
    joined(consequences(exposures), markdown` `),
  ]);
}

function consequences(exposures: readonly Exposure[]): Markdown[] {
  const never = exposures.some(({ when: at }) => at === 'pushed' || at === 'opened');
  const later = exposures.some(({ when: at }) => at === 'released' || at === 'asked');
  return [
    ...(never
      ? [
          markdown`A change that one of the workflows would run as soon as it is pushed, or as soon as the pull request opens, is not pushed at all: no quarantine holds those.`,
        ]
      : []),
    ...(later
      ? [
          markdown`For the others a pull request stays in quarantine, where none of this repository's checks run on it, until somebody with write access approves it or comments \`/heal release\`.`,
        ]
      : []),
    markdown`Give every workflow \`permissions: contents: read\` where it needs no more, and fewer rows remain.`,
  ];
}
