// An incident's evidence → the report's lines on what failed where and what changed since it was last green.
import type { Evidence } from '../../incident/evidence.ts';
import { inlineCode, markdownText } from '../../text/outbound.ts';

const mostCommits = 5;

/** Empty where nothing is known: an issue, or the first run of a workflow. */
export function whatChanged({ jobs = [], environment = [], affected, sinceGreen }: Evidence): string {
  const lines = [...jobs, ...environment].map(markdownText);
  if (affected) lines.push(`Reported of version ${markdownText(affected.version)} (tag ${inlineCode(affected.tag)})`);
  if (sinceGreen?.nothingChanged)
    lines.push(
      'Nothing changed since the last green run: the same commit passed before. That points to a flake or the outside world.',
    );
  else if (sinceGreen?.since) lines.push(...changed(sinceGreen, sinceGreen.since));
  for (const { path, what } of sinceGreen?.dependencies ?? []) lines.push(`${inlineCode(path)}: ${markdownText(what)}`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function changed(
  { commits, breaking }: NonNullable<Evidence['sinceGreen']>,
  since: { url: string; sha: string },
): string[] {
  const named = commits
    .slice(-mostCommits)
    .map(
      ({ sha, subject, author }) => `${inlineCode(sha.slice(0, 7))} ${markdownText(subject)} (${markdownText(author)})`,
    );
  const more = commits.length > mostCommits ? ` and ${commits.length - mostCommits} before them` : '';
  return [
    `[Last green](${since.url}) at ${inlineCode(since.sha.slice(0, 7))}; since then: ${named.join(', ') || 'no commit'}${more}`,
    ...(breaking ? [`Probably broken by ${inlineCode(breaking.sha.slice(0, 7))}: ${markdownText(breaking.why)}`] : []),
  ];
}
