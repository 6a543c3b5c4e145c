// A diagnosis and the evidence's suspects → what was found and where to look, so that a person goes on from there.
import type { Diagnosis, Suspect } from '../../incident/case-file.ts';
import {
  codeBlock,
  inlineCode,
  type Markdown,
  markdown,
  markdownText,
  nothing,
  paragraphs,
  prose,
  table,
} from '../../text/outbound.ts';

const mostPlaces = 6;

export function whatWasFound({ rootCause, mechanism, change, leave, revert, citations }: Diagnosis): Markdown {
  return paragraphs([
    markdown`### What it found\n\n${prose(rootCause)}\n\n${prose(mechanism)}`,
    change ? markdown`**What to change:** ${prose(change)}` : nothing,
    leave ? markdown`**What to leave as it is:** ${prose(leave)}` : nothing,
    revert ? markdown`**Or take back** ${inlineCode(revert.sha.slice(0, 7))}: ${prose(revert.why)}` : nothing,
    citations.length > 0 ? markdown`It rests on these lines:\n\n${codeBlock(citations.join('\n'), 'text')}` : nothing,
  ]);
}

/** The diagnosed places, then the files that the evidence names besides. */
export function whereToLook(diagnosis: Diagnosis | undefined, suspects: readonly Suspect[]): Markdown {
  const places = diagnosis?.suspects ?? [];
  const named = new Set(places.map(({ path }) => path));
  const rows = [
    ...places.map(({ path, line, why }) => [inlineCode(line === undefined ? path : `${path}:${line}`), prose(why)]),
    ...suspects
      .filter(({ path }) => !named.has(path))
      .map(({ path, reasons }) => [inlineCode(path), markdownText(reasons.join('; '))]),
  ];
  return rows.length === 0
    ? nothing
    : markdown`### Where to look\n\n${table(['File', 'Why'], rows.slice(0, mostPlaces))}`;
}
