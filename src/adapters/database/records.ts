// An incident ↔ its row: columns that are searched for, and the record, parsed whenever it is read back.
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';
import { dryRunOf } from '../../incident/case-file.ts';
import { fullName, Incident } from '../../incident/incident.ts';

export const repositoryColumn = (repository: { owner: string; name: string }) => fullName(repository).toLowerCase();

export function columns(incident: Incident) {
  const { evidence, duplicateOf } = incident.caseFile;
  return {
    repository: repositoryColumn(incident.repository),
    fingerprint: incident.fingerprint,
    revision: incident.revision,
    state: incident.state,
    stopReason: incident.stopReason,
    // A dry run is nobody's twin, and no try that counts.
    failureFingerprints: dryRunOf(incident.caseFile) ? null : (evidence?.failureFingerprints ?? null),
    baseSha: evidence?.baseSha ?? null,
    duplicateOf: duplicateOf ?? null,
    openedAt: new Date(incident.openedAt),
    closedAt: incident.closedAt === null ? null : new Date(incident.closedAt),
    record: incident,
  };
}

export function readable(id: string, record: unknown): Incident {
  const parsed = Incident.safeParse(record);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`);
  throw new SelfHealError(
    'record-unreadable',
    `incident ${id} in the database cannot be read: ${problems.slice(0, 3).join('; ')}. ` +
      'It was written by another version of Self-Heal or changed by hand; restore a backup or run the version that wrote it',
    { cause: parsed.error },
  );
}

/** One unreadable record is the operator's business, and no reason to show or find none of the others. */
export function allReadable(rows: readonly { id: string; record: unknown }[], log: Logger): Incident[] {
  return rows.flatMap(({ id, record }) => {
    try {
      return [readable(id, record)];
    } catch (err) {
      log.error({ err, incident: id }, 'an incident is left out');
      return [];
    }
  });
}
