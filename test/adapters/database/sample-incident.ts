// Fresh incidents as intake makes them, each with an id of its own.
import { randomInt } from 'node:crypto';
import type { Evidence } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export const freshId = () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');

export function sampleIncident(changes: Partial<Incident> = {}): Incident {
  const id = freshId();
  return {
    id,
    repository: { owner: 'Acme', name: `shop-${id}`, defaultBranch: 'main', installationId: 7, private: true },
    fingerprint: `fingerprint-${id}`,
    revision: 0,
    state: 'working',
    step: 'collect',
    attempt: 1,
    failures: 0,
    waitsFor: null,
    deadlineAt: null,
    stopReason: null,
    stopDetail: null,
    openedAt: new Date().toISOString(),
    closedAt: null,
    caseFile: {
      trigger: {
        kind: 'workflow-run',
        runId: randomInt(1, 2 ** 40),
        runAttempt: 1,
        workflowName: 'ci',
        workflowPath: '.github/workflows/ci.yml',
        headSha: 'a'.repeat(40),
        headBranch: 'main',
        event: 'push',
        url: 'https://github.example/acme/shop/actions/runs/1',
      },
      modelCalls: [],
    },
    timeline: [{ at: new Date().toISOString(), step: 'collect', kind: 'opened', text: 'CI failed on main.' }],
    ...changes,
  };
}

export function sampleEvidence(...failureFingerprints: string[]): Evidence {
  return {
    baseSha: 'b'.repeat(40),
    baseTreeSha: 'c'.repeat(40),
    baseBranch: 'main',
    failures: [],
    failureFingerprints,
    excerpt: 'ZeroDivisionError',
    changes: [],
    suspects: [],
    sources: [],
    paths: [],
    treeTruncated: false,
    irregularPaths: [],
    policyText: '',
    hasSandboxWorkflow: true,
  };
}
