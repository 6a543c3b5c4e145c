// What an event asks for → an incident at its first desk.
import type { Trigger } from './case-file.ts';
import type { Incident, Repository } from './incident.ts';

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten characters of 50 bits. */
export function incidentId(bytes: Uint8Array): string {
  return Array.from(bytes.slice(0, 10), (byte) => crockford[byte & 31]).join('');
}

interface NewIncident {
  id: string;
  repository: Repository;
  fingerprint: string;
  trigger: Trigger;
  said: string;
}

export function newIncident({ id, repository, fingerprint, trigger, said }: NewIncident, now: Date): Incident {
  const at = now.toISOString();
  return {
    id,
    repository,
    fingerprint,
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
    caseFile: { trigger, modelCalls: [] },
    timeline: [{ at, step: 'collect', kind: 'opened', text: said }],
  };
}
