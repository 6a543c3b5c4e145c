// What was collected → the incident's taint ledger: one line for every text that outsiders may have written.
import type { Evidence, Taint, Trigger } from '../../incident/case-file.ts';
import { type Read, tainted } from '../../text/taint.ts';

export interface Collected {
  trigger: Trigger;
  evidence: Pick<Evidence, 'baseSha' | 'changes' | 'sources'>;
  /** Whose commit the changes are. */
  author?: string | undefined;
  /** Logs, annotations, test reports and comments, as they were read. */
  reads: readonly Read[];
  /** The ledger of an earlier round: where its texts went is not forgotten. */
  earlier?: readonly Taint[] | undefined;
}

export function ledgerOf({ trigger, evidence, author, reads, earlier = [] }: Collected): Taint[] {
  const asked: Read[] = trigger.kind === 'issue' ? [issueRead(trigger)] : [];
  const patches = evidence.changes.map(({ patch }) => patch).join('\n');
  const commit: Read[] = patches === '' ? [] : [{ source: 'commit', of: evidence.baseSha, author, text: patches }];
  const files = evidence.sources.map(({ path, text }): Read => ({ source: 'source file', of: path, text }));
  const now = [...asked, ...reads, ...commit, ...files].map(tainted);
  const isSame = (one: Taint) => (other: Taint) => one.source === other.source && one.of === other.of;
  const kept = now.map((entry) => ({ ...entry, went: earlier.find(isSame(entry))?.went ?? [] }));
  return [...kept, ...earlier.filter((entry) => entry.went.length > 0 && !now.some(isSame(entry)))];
}

const issueRead = (issue: Extract<Trigger, { kind: 'issue' }>): Read => ({
  source: 'issue',
  of: `#${issue.number}`,
  author: issue.author,
  association: issue.authorAssociation,
  text: `${issue.title}\n${issue.body}`,
});
