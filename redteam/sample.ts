// The incident that all of the corpus is about: a failed run of a small shop.
import { defaultPolicy } from '../src/config/policy.ts';
import type { CaseFile, Diagnosis, Evidence } from '../src/incident/case-file.ts';
import type { Incident } from '../src/incident/incident.ts';

export const samplePolicy = defaultPolicy;

export const sampleEvidence: Evidence = {
  baseSha: 'a'.repeat(40),
  baseTreeSha: 'b'.repeat(40),
  baseBranch: 'main',
  failures: [],
  failureFingerprints: ['0123456789abcdef'],
  failingCommand: 'the tests',
  exitCode: 1,
  excerpt: '',
  changes: [],
  suspects: [],
  sources: [],
  paths: ['README.md', '.github/workflows/ci.yml'],
  treeTruncated: false,
  irregularPaths: [],
  policyText: '',
  hasSandboxWorkflow: true,
};

export const sampleDiagnosis: Diagnosis = {
  kind: 'code',
  rootCause: 'A line of the basket is counted once, whatever its number of pieces.',
  mechanism: 'two pieces → the price is added once → the total is too low',
  citations: [],
  files: ['shop/cart.py'],
  change: 'Multiply the price by the number of pieces.',
  risk: 'low',
  confidence: 0.9,
};

export const incidentOf = (papers: Partial<CaseFile>): Incident => ({
  id: '0123456789',
  repository: { owner: 'octo', name: 'shop', defaultBranch: 'main', installationId: 1, private: false },
  fingerprint: 'f',
  revision: 1,
  state: 'working',
  step: 'enforce',
  attempt: 1,
  failures: 0,
  waitsFor: null,
  deadlineAt: null,
  stopReason: null,
  stopDetail: null,
  openedAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
  caseFile: {
    trigger: {
      kind: 'workflow-run',
      runId: 1,
      runAttempt: 1,
      workflowName: 'CI',
      workflowPath: '.github/workflows/ci.yml',
      headSha: 'a'.repeat(40),
      headBranch: 'main',
      event: 'push',
      url: 'https://github.com/octo/shop/actions/runs/1',
    },
    modelCalls: [],
    ...papers,
  },
  timeline: [],
});
