// Part of a step: whoever asked on an issue is told that it is looked into, in the comment that will say what came of it.
import type { Trigger } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { GitHubDesk } from '../../ports.ts';
import { inlineCode, markdown } from '../../text/outbound.ts';

/** As soon as the policy allows it, because silence is taken for failure; edited later with what came of it. */
export const acknowledge = (
  trigger: Extract<Trigger, { kind: 'issue' }>,
  incident: Incident,
  desk: GitHubDesk,
): Promise<string> =>
  desk.github.comment(
    trigger.number,
    incident.id,
    markdown`Self-Heal is looking into this (incident ${inlineCode(incident.id)}, asked for by ${trigger.labelledBy}). This comment will say what came of it.`,
    desk.resumed ? undefined : 'nowhere',
  );
