// A labelled issue → the failures its text shows, if the person who asked may ask.

import { findFailures } from '../../failures/find-failures.ts';
import { readJobLog } from '../../failures/job-log.ts';
import type { Trigger } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { markdownText } from '../../text/outbound.ts';
import { redact } from '../../text/redact.ts';
import { cleaned, clipped } from '../../text/untrusted.ts';
import type { Finding } from './findings.ts';
import { redactedFailures } from './redacted-failures.ts';

const excerptCharacters = 8_000;

type IssueTrigger = Extract<Trigger, { kind: 'issue' }>;

export async function issueFindings(trigger: IssueTrigger, incident: Incident, desk: GitHubDesk): Promise<Finding> {
  const permission = await desk.github.permission(trigger.labelledBy);
  if (permission !== 'admin' && permission !== 'write') {
    const said = `${trigger.labelledBy} set the label but has no write access here; only people who have may start a heal.`;
    return { stopped: stop('not-ours', said) };
  }
  await acknowledge(trigger, incident, desk);
  const text = cleaned(`${trigger.title}\n\n${trigger.body}`);
  const failures = findFailures(readJobLog(text)).filter((failure) => failure.tool !== 'shell');
  return {
    found: {
      baseRef: incident.repository.defaultBranch,
      baseBranch: incident.repository.defaultBranch,
      failures: await redactedFailures(failures.slice(0, 20)),
      excerpt: await redact(clipped(text, excerptCharacters)),
    },
  };
}

/** At once, because silence is taken for failure; edited later with what came of it. */
const acknowledge = (trigger: IssueTrigger, incident: Incident, desk: GitHubDesk): Promise<string> =>
  desk.github.comment(
    trigger.number,
    incident.id,
    `Self-Heal is looking into this (incident \`${incident.id}\`, asked for by ${markdownText(trigger.labelledBy)}). This comment will say what came of it.`,
  );
