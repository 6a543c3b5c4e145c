// An incident's evidence → the report's lines on what failed where and what changed since it was last green.
import type { Evidence } from '../../incident/evidence.ts';
import { inlineCode, joined, link, type Markdown, markdown, markdownText, nothing } from '../../text/outbound.ts';

const mostCommits = 5;

/** Empty where nothing is known: an issue, or the first run of a workflow. */
export function whatChanged({ jobs = [], environment = [], affected, sinceGreen }: Evidence): Markdown {
  const lines: Markdown[] = [...jobs, ...environment].map(markdownText);
  if (affected) lines.push(markdown`Reported of version ${affected.version} (tag ${inlineCode(affected.tag)})`);
  if (sinceGreen?.nothingChanged)
    lines.push(
      markdown`Nothing changed since the last green run: the same commit passed before. That points to a flake or the outside world.`,
    );
  else if (sinceGreen?.since) lines.push(...changed(sinceGreen, sinceGreen.since));
  for (const { path, what } of sinceGreen?.dependencies ?? []) lines.push(markdown`${inlineCode(path)}: ${what}`);
  return joined(
    lines.map((line) => markdown`- ${line}`),
    markdown`\n`,
  );
}

function changed(
  { commits, breaking }: NonNullable<Evidence['sinceGreen']>,
  since: { url: string; sha: string },
): Markdown[] {
  const named = commits
    .slice(-mostCommits)
    .map(({ sha, subject, author }) => markdown`${inlineCode(sha.slice(0, 7))} ${subject} (${author})`);
  const more = commits.length > mostCommits ? markdown` and ${commits.length - mostCommits} before them` : nothing;
  return [
    markdown`${link('Last green', since.url)} at ${inlineCode(since.sha.slice(0, 7))}; since then: ${named.length > 0 ? joined(named, markdown`, `) : 'no commit'}${more}`,
    ...(breaking ? [markdown`Probably broken by ${inlineCode(breaking.sha.slice(0, 7))}: ${breaking.why}`] : []),
  ];
}
