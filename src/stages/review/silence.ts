// An incident that ended → whether anybody may be told: in shadow mode nobody is, also where it ended before the policy was read.
import { inheritedPolicy } from '../../config/inherited-policy.ts';
import { defaultPolicy, type Mode, policyPath } from '../../config/policy.ts';
import { readPolicy } from '../../config/read-policy.ts';
import type { Incident } from '../../incident/incident.ts';
import type { GitHubDesk } from '../../ports.ts';

export async function isSilent(incident: Incident, desk: GitHubDesk): Promise<boolean> {
  const { shadow, review, evidence } = incident.caseFile;
  if (shadow) return true;
  // What people have seen is brought to its end before them.
  if (review) return false;
  const mode = evidence ? desk.policy.mode : await modeByNow(incident, desk);
  return mode === 'shadow';
}

/** Mistakes in it count for nothing here: `shadow` that can be read is meant. */
async function modeByNow({ repository }: Incident, { github, owner }: GitHubDesk): Promise<Mode> {
  const [own, above] = await Promise.all([github.file(policyPath, repository.defaultBranch), owner?.file(policyPath)]);
  const given = (text: string | undefined) => readPolicy(text ?? '').given;
  return inheritedPolicy(given(above?.text), given(own?.text)).given.mode ?? defaultPolicy.mode;
}
