// An incident with its diagnosis and patch → what the operator's policy engine is shown of it.
import { createTwoFilesPatch } from 'diff';
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import type { PolicyQuestion } from '../../ports.ts';

export function policyQuestion(
  incident: Incident,
  { evidence, diagnosis, files }: { evidence: Evidence; diagnosis: Diagnosis; files: readonly PatchedFile[] },
): PolicyQuestion {
  const { kind, rootCause, mechanism, files: named, change, risk, confidence } = diagnosis;
  return {
    incident: {
      id: incident.id,
      repository: fullName(incident.repository),
      private: incident.repository.private,
      branch: evidence.baseBranch,
      sha: evidence.baseSha,
      attempt: incident.attempt,
      trigger: incident.caseFile.trigger.kind,
    },
    diagnosis: { kind, rootCause, mechanism, files: named, change, risk, confidence },
    files: files.map(({ path, before, after, mode, isTest }) => ({
      path,
      status: before === null ? 'added' : 'modified',
      mode,
      isTest,
      diff: createTwoFilesPatch(before === null ? '/dev/null' : `a/${path}`, `b/${path}`, before ?? '', after),
    })),
  };
}
