// A proven incident → why it stays in quarantine or is only a draft, and the words that say so on the pull request.
import type { Policy } from '../../config/policy.ts';
import type { Attempt, Review, Taint } from '../../incident/case-file.ts';
import type { Exposure } from '../../incident/exposure.ts';
import type { Incident } from '../../incident/incident.ts';
import { inlineCode, joined, type Markdown, markdown, nothing, paragraphs, prose, table } from '../../text/outbound.ts';
import { meets } from '../../workflows/exposure.ts';

export interface Caution {
  /** Why no workflow of the repository may meet it yet; none: it may. */
  held: string[];
  exposed: Exposure[];
  /** Only people can tell whether it is what they want. */
  draft: boolean;
  changedTests: string[];
  /** What is missing of the proof. */
  shortfall?: string;
  release: Policy['release'];
}

/** `outsider`: who wrote the issue without write access here. */
export function cautionFor(incident: Incident, release: Policy['release'], outsider?: string): Caution {
  const { branch, evidence, patch, taint = [], validation } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  const exposed = exposedTo(evidence?.exposures ?? [], branch?.name ?? '', attempt);
  const foreign = [...fromOutside(incident, outsider), ...suspiciousOf(taint)];
  const changedTests = attempt?.changedTests ?? [];
  const held = [
    ...(release === 'automatic' ? [] : [`The policy says release: ${release}.`]),
    ...(wereAllRead(incident) ? [] : ['Not all workflows of this repository were looked at.']),
    ...(exposed.length > 0 ? ['Workflows of this repository would run it with something to lose.'] : []),
    ...foreign,
  ];
  const shortfall = validation?.verdict === 'partly-proven' ? (validation.shortfall ?? 'A run is missing.') : undefined;
  const draft = foreign.length > 0 || changedTests.length > 0 || shortfall !== undefined;
  return { held, exposed, draft, changedTests, release, ...(shortfall === undefined ? {} : { shortfall }) };
}

/** Some events run the default branch's workflows, whichever branch the pull request is for. */
const wereAllRead = ({ caseFile: { evidence }, repository }: Incident): boolean =>
  evidence?.exposures !== undefined && evidence.baseBranch === repository.defaultBranch;

const exposedTo = (all: readonly Exposure[], branch: string, attempt: Attempt | undefined): Exposure[] => {
  const paths = attempt?.files.map(({ path }) => path) ?? [];
  return all.filter((one) => meets(one, { branch, paths }));
};

function fromOutside({ caseFile: { trigger } }: Incident, outsider: string | undefined): string[] {
  if (outsider === undefined || trigger.kind !== 'issue') return [];
  return [`Issue #${trigger.number} was written by ${outsider}, who has no write access here.`];
}

const mostTold = 3;

/** What the model was shown and reads like an order to it. */
function suspiciousOf(taint: readonly Taint[]): string[] {
  const shown = taint.filter(({ suspicious, went }) => suspicious.length > 0 && went.some((step) => step !== 'report'));
  if (shown.length === 0) return [];
  const named = shown.slice(0, mostTold).map(({ source, of }) => `${source} ${of}`);
  const more = shown.length > mostTold ? ` and ${shown.length - mostTold} more` : '';
  return [`What was read has passages that read like orders to a model: ${named.join(', ')}${more}.`];
}

/** An approval is of one commit: what comes after it needs its own. */
export const mayRun = ({ held, release }: Caution, review: Review | undefined, candidateSha: string): boolean =>
  held.length === 0 || (release !== 'never' && review?.approval?.candidateSha === candidateSha);

export function cautionSaid(caution: Caution, isReleased: boolean): Markdown {
  const { held, exposed, changedTests, shortfall } = caution;
  const partly =
    shortfall === undefined ? nothing : markdown`> [!WARNING]\n> **This is only partly proven:** ${prose(shortfall)}`;
  const tests =
    changedTests.length > 0
      ? markdown`> [!WARNING]\n> **This changes tests that were there before:** ${joined(changedTests.slice(0, 10).map(inlineCode), markdown`, `)}. Read those changes first: the proof rests on them.`
      : nothing;
  if (held.length === 0) return paragraphs([partly, tests]);
  const why = joined(
    held.map((one) => markdown`> - ${one}`),
    markdown`\n`,
  );
  const title = isReleased ? markdown`**Out of quarantine, because it was approved.**` : quarantined(caution);
  const listed = exposed.length > 0 && !isReleased ? exposureTable(exposed) : nothing;
  return paragraphs([partly, tests, markdown`> [!IMPORTANT]\n> ${title}\n>\n${why}`, listed]);
}

function quarantined({ release }: Caution): Markdown {
  const way =
    release === 'never'
      ? markdown`Push a commit of your own to this branch to run them.`
      : markdown`Approve it, or comment \`/heal release\`, with write access: Self-Heal then pushes the same tree so that they run. Do it before you squash or rebase, or the checks of the base branch are left out, too.`;
  return markdown`**In quarantine: none of this repository’s own checks has run on this commit.** ${way}`;
}

const mostRows = 20;

export function exposureTable(exposed: readonly Exposure[]): Markdown {
  const rows = exposed
    .slice(0, mostRows)
    .map(({ workflow, event, why }) => [inlineCode(workflow), inlineCode(event), prose(why.join('; '))]);
  return table(['Workflow', 'On', 'What the change could reach there'], rows);
}
