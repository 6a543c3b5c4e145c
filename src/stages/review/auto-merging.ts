// Step's part: lets GitHub merge a proven pull request by itself where the policy says so, takes that back when people object, and says which.
import { forbidLabel } from '../../config/labels.ts';
import type { Review } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { AutoMergeAnswer, GitHubDesk, MergeMethod, PullSummary } from '../../ports.ts';
import { commitMessage } from '../../text/commit-message.ts';
import { inlineCode, joined, type Markdown, markdown, prose, title, titleText } from '../../text/outbound.ts';
import { type AutoMergeVerdict, mayAutoMerge, share } from './auto-merge.ts';

/** Newest first; older ones tell of another model and another code base. */
const outcomesRead = 200;

/** Of the review's paper: since when GitHub may merge by itself, and why it may no longer. */
export interface AutoMerge {
  enabledAt: string;
  method: MergeMethod;
  confidence: number;
  off?: string | undefined;
}
type Reviewed = Review & { autoMerge?: AutoMerge | undefined };

export interface AutoMerged {
  /** For the timeline. */
  said: string;
  papers: { autoMerge?: AutoMerge };
}

/** After the pull request was opened, for its first attempt only. Undefined where the policy does not ask for it. */
export async function autoMerged(
  incident: Incident,
  opened: { pull: PullSummary; held: readonly string[] },
  desk: GitHubDesk,
): Promise<AutoMerged | undefined> {
  const { policy, memory, now } = desk;
  if (policy.mode !== 'auto-merge') return undefined;
  const { pull, held } = opened;
  const history = await memory.outcomes(incident.repository, outcomesRead);
  const verdict = mayAutoMerge(incident, { draft: pull.draft, held }, policy['auto-merge'], history, now);
  if (verdict.against.length > 0) {
    await tell(incident, pull.number, notMerged(verdict), desk);
    return { said: `Left to people: ${verdict.against.join(' ')}`, papers: {} };
  }
  const { method } = policy['auto-merge'];
  const wish = { headSha: pull.headSha, method, ...messageOf(incident, pull.number, method) };
  const answer = await desk.github.enableAutoMerge(pull.number, wish);
  await tell(incident, pull.number, answer.kind === 'enabled' ? merging(verdict, method) : refusedSaid(answer), desk);
  if (answer.kind === 'refused')
    return {
      said: `GitHub does not merge it by itself: ${wayOut[answer.why]} GitHub says: ${answer.said}`,
      papers: {},
    };
  return {
    said: `GitHub merges it by itself once the branch’s rules are met (${method}; confidence ${share(verdict.confidence)}).`,
    papers: { autoMerge: { enabledAt: now.toISOString(), method, confidence: verdict.confidence } },
  };
}

/**
 * GitHub goes on merging when somebody asks for changes, unless a rule of the branch demands approvals, and when somebody
 * with write access pushes (https://docs.github.com/en/pull-requests/how-tos/merge-and-close-pull-requests/automatically-merging-a-pull-request).
 * Called before anything else is done to an open pull request; answers the paper as it stands then.
 */
export async function autoMergeTakenBack<R extends Reviewed>(
  incident: Incident,
  review: R,
  seen: { pull: PullSummary; changesAsked: boolean },
  desk: GitHubDesk,
): Promise<R> {
  const { autoMerge } = review;
  if (!autoMerge || autoMerge.off !== undefined) return review;
  const why = await objection(review, seen, desk);
  if (why === undefined) return review;
  await desk.github.disableAutoMerge(review.pullNumber);
  const body = markdown`**Not merged automatically any more:** ${prose(why)} Merge it yourself when it is as you want it.`;
  await tell(incident, review.pullNumber, body, desk);
  return { ...review, autoMerge: { ...autoMerge, off: why } };
}

async function objection(
  review: Reviewed,
  { pull, changesAsked }: { pull: PullSummary; changesAsked: boolean },
  desk: GitHubDesk,
): Promise<string | undefined> {
  if (changesAsked) return 'somebody asks for changes.';
  if (pull.headSha !== review.headSha) return `\`${pull.headSha.slice(0, 7)}\` is not the commit that was proven.`;
  const labels = (await desk.github.issue(review.pullNumber))?.labels ?? [];
  return labels.includes(forbidLabel) ? `it was labelled \`${forbidLabel}\`.` : undefined;
}

/** GitHub may be set to take the whole description of a pull request as its commit's message: logs are not for git's history. A rebase keeps the commit's own. */
function messageOf(incident: Incident, pullNumber: number, method: MergeMethod) {
  if (method === 'rebase') return {};
  const subject = incident.caseFile.patch?.attempts.at(-1)?.subject ?? '';
  const headline = title`${titleText(`[self-heal] ${subject}`, 180)} (#${pullNumber})`;
  return { message: { headline, body: commitMessage(incident, subject) } };
}

const tell = (incident: Incident, pullNumber: number, body: Markdown, desk: GitHubDesk): Promise<string> =>
  desk.github.comment(pullNumber, `${incident.id}/auto-merge`, body);

const merging = ({ confidence }: AutoMergeVerdict, method: MergeMethod): Markdown =>
  markdown`**GitHub merges this by itself** (${method}) once everything that the branch’s rules demand is there; the policy lets it, and confidence is ${share(confidence)} by what became of earlier fixes here.\n\nTo stop it, press *Disable auto-merge*, ask for changes in a review, or set the label ${inlineCode(forbidLabel)}.`;

function notMerged({ against }: AutoMergeVerdict): Markdown {
  const reasons = joined(
    against.map((one) => markdown`- ${prose(one)}`),
    markdown`\n`,
  );
  return markdown`**Not merged automatically.** \`mode: auto-merge\` is set, and this pull request is left to people:\n\n${reasons}`;
}

type Refused = Extract<AutoMergeAnswer, { kind: 'refused' }>;

const refusedSaid = ({ why, said }: Refused): Markdown =>
  markdown`**Not merged automatically:** ${prose(wayOut[why])}\n\nGitHub says: ${said}`;

/** What has to be done, for the timeline and, as prose, for the pull request. */
const wayOut: Record<Refused['why'], string> = {
  'not-allowed': 'switch on `Allow auto-merge` in the repository’s settings, under General → Pull Requests.',
  'no-rules':
    'the branch has no rules that GitHub could wait for. Protect it, and require the status checks that have to pass.',
  'nothing-required':
    'the branch’s rules demand nothing that is still to come, and Self-Heal merges nothing itself. Require at least one status check in the branch’s rules; merge this one yourself.',
  method: 'the repository’s settings, or the branch’s rules, do not allow this merge method. Set `auto-merge.method`.',
  moved: 'it was closed, or another commit was pushed, meanwhile.',
  forbidden:
    'Self-Heal needs the permissions `contents: write` and `pull_requests: write` for it. Accept them for the installation.',
  other: 'GitHub refused; merge it yourself.',
};
