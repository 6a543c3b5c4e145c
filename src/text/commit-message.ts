// An incident and a subject → the commit's message, with or without the trailer that keeps workflows from starting.
import type { Incident } from '../incident/incident.ts';
import { type CommitMessage, titleText } from './outbound.ts';
import { plainText } from './outbound-escape.ts';
import { asCommitMessage } from './outbound-kinds.ts';

const columns = 72;

/** Subject within GitHub's 72 columns, the cause as prose, trailers that a machine can read back. */
export function commitMessage(incident: Incident, subject: string): CommitMessage {
  const { diagnosis, trigger } = incident.caseFile;
  const cause = titleText(diagnosis?.rootCause ?? '', 4_000) || 'unknown';
  return asCommitMessage(
    [
      titleText(`[self-heal] ${subject}`, columns),
      '',
      // Again, because a word that was harmless within a line may now begin one.
      plainText(wrapped(cause)),
      '',
      `Incident: ${incident.id}`,
      `Cause: ${titleText(cause, 120)}`,
      `${trigger.kind === 'workflow-run' ? 'Run' : 'Issue'}: ${trigger.url}`,
    ].join('\n'),
  );
}

/** GitHub asks for two empty lines before it: https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs */
export const quarantined = (message: CommitMessage): CommitMessage =>
  asCommitMessage(`${message}\n\n\nskip-checks: true`);

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].join('\n');
}
