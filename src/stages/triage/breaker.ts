// Earlier incidents with the same failure → whether another heal is worth trying.
import type { StopReason } from '../../incident/outcome.ts';

interface Earlier {
  id: string;
  stopReason: string;
  baseSha: string;
  closedAt: Date;
}

export type Ruling =
  | { go: true }
  | { go: false; reason: Extract<StopReason, 'already-tried' | 'breaker-open'>; said: string };

/** Ends that say nothing about the failure itself. */
const inconclusive: ReadonlySet<string> = new Set([
  'recovered',
  'duplicate',
  'not-ours',
  'breaker-open',
  'already-tried',
]);

const breakerWindowMs = 30 * 60_000;
const healsInWindow = 2;

/** Newest first, as memory gives them. A person's explicit wish overrides "already tried", never the breaker. */
export function breaker(earlier: readonly Earlier[], now: Date, baseSha: string, asked: boolean): Ruling {
  const tried = earlier.filter((one) => !inconclusive.has(one.stopReason));
  const recent = tried.filter((one) => now.getTime() - one.closedAt.getTime() < breakerWindowMs);
  if (recent.length >= healsInWindow) {
    const ids = recent.map((one) => one.id).join(', ');
    return {
      go: false,
      reason: 'breaker-open',
      said: `${recent.length} heals of this failure ended in the last 30 minutes (${ids}).`,
    };
  }
  if (asked) return { go: true };
  const rejected = tried.find((one) => one.stopReason === 'rejected');
  if (rejected)
    return {
      go: false,
      reason: 'already-tried',
      said: `People rejected the fix of incident ${rejected.id} for this failure.`,
    };
  const same = tried.find((one) => one.baseSha === baseSha && one.stopReason !== 'healed');
  if (same)
    return {
      go: false,
      reason: 'already-tried',
      said: `Incident ${same.id} tried it on this very commit (${same.stopReason}).`,
    };
  return { go: true };
}
