// A proven incident → why it stays in quarantine or is only a draft, and the words that say so on the pull request.
import type { Policy } from '../../config/policy.ts';
import type { Attempt, Review, Taint } from '../../incident/case-file.ts';
import type { Exposure } from '../../incident/exposure.ts';
import type { Incident } from '../../incident/incident.ts';
import { inlineCode, markdownText, table } from '../../text/outbound.ts';
import { meets } from '../../workflows/exposure.ts';
import { prose } from './incident-report.ts';

export interface Caution {
  /** Why no workflow of the repository may meet it yet; none: it may. */
  held: string[];
  exposed: Exposure[];
  /** Only people can tell whether it is what they want. */
  draft: boolean;
  changedTests: string[];
  release: Policy['release'];
}

/** `outsider`: who wrote the issue without write access here. */
export function cautionFor(incident: Incident, release: Policy['release'], outsider?: string): Caution {
  const { branch, evidence, patch, taint = [] } = incident.caseFile;
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
  return { held, exposed, draft: foreign.length > 0 || changedTests.length > 0, changedTests, release };
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

export function cautionSaid(caution: Caution, isReleased: boolean): string {
  const { held, exposed, changedTests } = caution;
  const tests =
    changedTests.length > 0
      ? `> [!WARNING]\n> **This changes tests that were there before:** ${changedTests.slice(0, 10).map(inlineCode).join(', ')}. Read those changes first: the proof rests on them.`
      : '';
  if (held.length === 0) return tests;
  const why = held.map((one) => `> - ${markdownText(one)}`).join('\n');
  const title = isReleased ? '**Out of quarantine, because it was approved.**' : quarantined(caution);
  const listed = exposed.length > 0 && !isReleased ? exposureTable(exposed) : '';
  return [tests, `> [!IMPORTANT]\n> ${title}\n>\n${why}`, listed].filter(Boolean).join('\n\n');
}

function quarantined({ release }: Caution): string {
  const way =
    release === 'never'
      ? 'Push a commit of your own to this branch to run them.'
      : 'Approve it, or comment `/heal release`, with write access: Self-Heal then pushes the same tree so that they run. Do it before you squash or rebase, or the checks of the base branch are left out, too.';
  return `**In quarantine: none of this repository’s own checks has run on this commit.** ${way}`;
}

const mostRows = 20;

export function exposureTable(exposed: readonly Exposure[]): string {
  const rows = exposed
    .slice(0, mostRows)
    .map(({ workflow, event, why }) => [inlineCode(workflow), inlineCode(event), prose(why.join('; '))]);
  return table(['Workflow', 'On', 'What the change could reach there'], rows);
}
