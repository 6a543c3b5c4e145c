// An incident's taint ledger → the report's section that says which outsiders' text was read, and where it went.
import type { CaseFile, Taint } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { details, inlineCode, type Markdown, markdown, nothing, table } from '../../text/outbound.ts';
import { sentTo } from '../../text/taint.ts';

const mostRows = 30;

/** Nothing for incidents of earlier versions, which kept no ledger. */
export function whatWasRead(incident: Incident): Markdown {
  const { taint = [] } = shownInReport(incident);
  if (taint.length === 0) return nothing;
  const rows = taint
    .toSorted((a, b) => Number(b.suspicious.length > 0) - Number(a.suspicious.length > 0))
    .slice(0, mostRows)
    .map((entry) => [
      markdown`${entry.source} ${inlineCode(entry.of)}`,
      byWhom(entry),
      entry.bytes.toLocaleString('en'),
      entry.redactions === 0 ? '' : String(entry.redactions),
      entry.went.join(', '),
      entry.suspicious.join('; '),
    ]);
  const more = taint.length > mostRows ? markdown`\n\n_And ${taint.length - mostRows} more._` : nothing;
  const headers = ['Source', 'By', 'Bytes', 'Redacted', 'Went to', 'Remarks'];
  return details('What was read', markdown`${table(headers, rows)}${more}`);
}

/** The ledger with what the report quotes: the excerpt, the failures, and the lines that the diff shows. */
export function shownInReport({ caseFile: { taint, patch } }: Incident): Pick<CaseFile, 'taint'> {
  const changed = new Set(patch?.attempts.at(-1)?.files.map(({ path }) => path));
  return sentTo(taint, 'report', ({ source, of }) => (source === 'source file' ? changed.has(of) : quoted.has(source)));
}

const quoted: ReadonlySet<Taint['source']> = new Set(['job log', 'issue', 'annotation', 'test report']);

function byWhom({ author, association }: Taint): string {
  const relation = association ? association.toLowerCase().replaceAll('_', ' ') : '';
  return author && relation ? `${author} (${relation})` : (author ?? relation);
}
