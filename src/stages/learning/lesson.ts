// A closing incident → what is worth knowing when the failure, or one like it, comes again.
import type { Incident } from '../../incident/incident.ts';
import { fullName } from '../../incident/incident.ts';
import type { Lesson } from '../../ports.ts';

/** Nothing was learnt from what was not ours or already known. */
const untaught: ReadonlySet<string> = new Set(['not-ours', 'duplicate', 'disabled', 'already-tried', 'breaker-open']);

export function lesson(incident: Incident, now: Date): Lesson | undefined {
  const { evidence, diagnosis, triage, patch } = incident.caseFile;
  const outcome = incident.stopReason;
  if (!evidence || !outcome || untaught.has(outcome)) return undefined;
  return {
    incidentId: incident.id,
    repository: fullName(incident.repository).toLowerCase(),
    fingerprints: evidence.failureFingerprints,
    outcome,
    rootCause: diagnosis?.rootCause ?? triage?.reason ?? incident.stopDetail ?? '',
    files: patch?.attempts.at(-1)?.files.map((file) => file.path) ?? [],
    closedAt: now,
  };
}
