// What untrusted tests printed → a folded group in the job log, in which no line is taken for a workflow command.
import { randomUUID } from 'node:crypto';

/** Pure but for the token, which is made after the text and so cannot stand in it. */
export function shownOutput(title: string, text: string): string {
  const token = `self-heal-${randomUUID()}`;
  return [`::group::${title}`, `::stop-commands::${token}`, text, `::${token}::`, '::endgroup::', ''].join('\n');
}
