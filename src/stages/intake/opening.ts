// What an event asks for → a new incident at its first desk.
import type { Trigger } from '../../incident/case-file.ts';
import type { Incident, Repository } from '../../incident/incident.ts';

export type Opening =
  | { ours: false; why: string }
  | { ours: true; repository: Repository; fingerprint: string; trigger: Trigger; said: string };

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten characters of 50 random bits. */
export function incidentId(randomBytes: Uint8Array): string {
  return Array.from(randomBytes.slice(0, 10), (byte) => crockford[byte & 31]).join('');
}

export function opened(opening: Extract<Opening, { ours: true }>, id: string, now: Date): Incident {
  const at = now.toISOString();
  return {
    id,
    repository: opening.repository,
    fingerprint: opening.fingerprint,
    revision: 0,
    state: 'working',
    step: 'collect',
    attempt: 1,
    failures: 0,
    waitsFor: null,
    deadlineAt: null,
    stopReason: null,
    stopDetail: null,
    openedAt: at,
    closedAt: null,
    caseFile: { trigger: opening.trigger, modelCalls: [] },
    timeline: [{ at, step: 'collect', kind: 'opened', text: opening.said }],
  };
}
