// Closed incidents of a repository that had a pull request → what became of each, for calibrating confidence.
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Repository } from '../../incident/incident.ts';
import type { StopReason } from '../../incident/outcome.ts';
import type { ProposalOutcome } from '../../ports/auto-merge.ts';
import { repositoryColumn } from './records.ts';
import type { Shelf } from './shelf.ts';

const mostOutcomes = 500;

/** Other reasons say nothing about the fix: Self-Heal was switched off, lost access, failed. */
const outcomeOf = {
  healed: 'held',
  reverted: 'reverted',
  rejected: 'rejected',
  'no-answer': 'ignored',
} as const satisfies Partial<Record<StopReason, ProposalOutcome['outcome']>>;
const reasons = z.enum(['healed', 'reverted', 'rejected', 'no-answer']);

/** Parts of the record: the whole, with its logs and sources, is not read for a number. */
const Row = z.object({
  stopReason: reasons,
  closedAt: z.date(),
  confidence: z.coerce.number().min(0).max(1),
  kind: z.string(),
  autoMerged: z.boolean(),
});

export async function outcomes(
  { connection, tables, log }: Shelf,
  repository: Repository,
  limit: number,
): Promise<ProposalOutcome[]> {
  const { incident: table } = tables;
  const part = (...path: string[]) => sql<unknown>`${table.record} #>> ${sql.raw(`'{caseFile,${path.join(',')}}'`)}`;
  const rows = await connection.db
    .select({
      id: table.id,
      stopReason: table.stopReason,
      closedAt: table.closedAt,
      confidence: part('diagnosis', 'confidence'),
      kind: part('diagnosis', 'kind'),
      // Once taken back it was people's decision.
      autoMerged: sql<boolean>`(${part('review', 'autoMerge')} is not null and ${part('review', 'autoMerge', 'off')} is null)`,
    })
    .from(table)
    .where(
      and(
        eq(table.repository, repositoryColumn(repository)),
        eq(table.state, 'closed'),
        inArray(table.stopReason, reasons.options),
        isNotNull(part('review', 'pullNumber')),
        isNotNull(part('diagnosis', 'confidence')),
      ),
    )
    .orderBy(desc(table.closedAt), desc(table.id))
    .limit(Math.max(0, Math.min(Math.trunc(limit), mostOutcomes)));
  return rows.flatMap(({ id, ...row }) => {
    const parsed = Row.safeParse(row);
    if (parsed.success) {
      const { stopReason, ...known } = parsed.data;
      return [{ ...known, outcome: outcomeOf[stopReason] }];
    }
    log.error({ err: parsed.error, incident: id }, 'what became of an incident cannot be read and is left out');
    return [];
  });
}
