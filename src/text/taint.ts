// What was read of outsiders' text → a line of the taint ledger; and the ledger once some of it went into a prompt or a report.
import type { Taint } from '../incident/case-file.ts';
import { injections, reasonsOf } from './injection.ts';
import { redactionsIn } from './redact.ts';
import { holdsPart } from './untrusted.ts';

export interface Read extends Pick<Taint, 'source' | 'of'> {
  author?: string | undefined;
  association?: string | undefined;
  /** What is kept of it, redacted. */
  text: string;
  /** Of the whole, where more was read than is kept. */
  bytes?: number;
}

const longestName = 300;
/** Kept of huge texts: what is further down is not shown either. */
const searched = 200_000;

export function tainted({ source, of, author, association, text, bytes }: Read): Taint {
  return {
    source,
    of: of.slice(0, longestName),
    ...(author ? { author: author.slice(0, longestName) } : {}),
    ...(association ? { association: association.slice(0, longestName) } : {}),
    bytes: bytes ?? Buffer.byteLength(text),
    redactions: redactionsIn(text),
    suspicious: reasonsOf(injections(text.slice(0, searched))),
    went: [],
  };
}

/** The ledger with a note that what `isPart` names went there; none where an earlier version kept no ledger. */
export function sentTo(
  ledger: readonly Taint[] | undefined,
  step: Taint['went'][number],
  isPart: (entry: Taint) => boolean,
): { taint?: Taint[] } {
  if (!ledger) return {};
  const taint = ledger.map((entry) =>
    entry.went.includes(step) || !isPart(entry) ? entry : { ...entry, went: [...entry.went, step] },
  );
  return { taint };
}

/** A file or a commit's changes by the part or the heading that shows them; logs and issues stand in several parts. Reviews come as feedback. */
export const isIn =
  (prompt: string) =>
  ({ source, of }: Taint): boolean => {
    if (source === 'source file') return holdsPart(prompt, `file ${of}`) || hasHeading(prompt, of);
    if (source === 'commit') return holdsPart(prompt, 'changes');
    return source !== 'review';
  };

/** In the excerpt every file has a line of its own that begins with its path; paths with a reason or lines behind a colon are only named. */
const hasHeading = (prompt: string, path: string): boolean =>
  prompt.includes(`\n${path}\n`) || prompt.includes(`\n### ${path} (`);
