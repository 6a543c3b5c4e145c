// What people said on a pull request in quarantine → who of them lets it out, and who asked for it without being allowed to.
import type { Review } from '../../incident/case-file.ts';
import type { CommentSummary, GitHub, ReviewSummary } from '../../ports.ts';
import { healCommand } from '../../text/heal-command.ts';

interface Said {
  reviews: readonly ReviewSummary[];
  comments: readonly CommentSummary[];
}

export interface Approvals {
  by?: string;
  refused: string[];
}

const mostAsked = 20;

/** The App and bots approve nothing, and nobody does by what a payload says: GitHub is asked, one by one. */
export async function approvals(review: Review, said: Said, permission: GitHub['permission']): Promise<Approvals> {
  const commanders = said.comments.filter((one) => asksForRelease(one, review)).map(({ author }) => author);
  const people = [...new Set([...approvers(review, said.reviews), ...commanders])].slice(-mostAsked);
  for (const login of people) {
    const may = await permission(login);
    if (may === 'admin' || may === 'write') return { by: login, refused: [] };
  }
  return { refused: [...new Set(commanders)].slice(-mostAsked) };
}

/** Of this very commit, and not taken back since. */
function approvers({ headSha }: Review, reviews: readonly ReviewSummary[]): string[] {
  const decided = reviews.filter(({ state }) => state !== 'COMMENTED' && state !== 'PENDING');
  const last = new Map(decided.map((one) => [one.author, one]));
  return [...last.values()]
    .filter(({ state, commitSha, authorIsBot }) => state === 'APPROVED' && commitSha === headSha && !authorIsBot)
    .map(({ author }) => author);
}

/** GitHub's times are whole seconds. */
function asksForRelease({ authorIsBot, body, createdAt }: CommentSummary, { quarantine }: Review): boolean {
  if (!quarantine || authorIsBot || healCommand(body)?.name !== 'release') return false;
  return createdAt.getTime() >= Math.floor(Date.parse(quarantine.since) / 1_000) * 1_000;
}
