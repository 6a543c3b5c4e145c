// A made-up incident for tests, at any step and with any papers.
import type {
  Branch,
  CaseFile,
  Evidence,
  PatchedFile,
  Review,
  ReviewRound,
  Trigger,
  Validation,
} from '../../src/incident/case-file.ts';
import type { Incident } from '../../src/incident/incident.ts';

export const sha = (digit: string): string => digit.repeat(40);

export const runTrigger: Extract<Trigger, { kind: 'workflow-run' }> = {
  kind: 'workflow-run',
  runId: 71,
  runAttempt: 1,
  workflowName: 'CI',
  workflowPath: '.github/workflows/ci.yml',
  headSha: sha('a'),
  headBranch: 'main',
  event: 'push',
  url: 'https://github.com/acme/pricing/actions/runs/71',
};

export const issueTrigger: Extract<Trigger, { kind: 'issue' }> = {
  kind: 'issue',
  number: 4,
  title: 'It crashes',
  body: 'TypeError: boom',
  author: 'grace',
  labelledBy: 'ada',
  url: 'https://github.com/acme/pricing/issues/4',
};

export const evidence: Evidence = {
  baseSha: sha('a'),
  baseTreeSha: sha('b'),
  baseBranch: 'main',
  failures: [
    {
      tool: 'unittest',
      test: 'tests.test_calc.CalcTest.test_zero',
      type: 'ZeroDivisionError',
      message: 'float division by zero',
      frames: [{ file: 'pricing/calc.py', line: 8, function: 'calc' }],
      at: { from: 3, to: 9 },
    },
  ],
  failureFingerprints: ['0123456789abcdef'],
  job: { id: 9, name: 'test', step: 'Run the tests', url: 'https://github.com/acme/pricing/actions/runs/71/job/9' },
  failingCommand: 'python3 -m unittest',
  exitCode: 1,
  excerpt: 'ZeroDivisionError: float division by zero',
  changes: [],
  suspects: [{ path: 'pricing/calc.py', score: 10, reasons: ['in the stack trace at line 8'] }],
  sources: [{ path: 'pricing/calc.py', mode: '100644', text: 'share = price / (100 / discount)\n' }],
  paths: ['pricing/calc.py', 'tests/test_calc.py', '.github/workflows/self-heal.yml'],
  treeTruncated: false,
  irregularPaths: [],
  policyText: '',
  hasSandboxWorkflow: true,
  exposures: [],
};

export const patchedFile: PatchedFile = {
  path: 'pricing/calc.py',
  before: 'share = price / (100 / discount)\n',
  after: 'share = price * discount / 100\n',
  mode: '100644',
  isTest: false,
};

export const attempt = {
  number: 1,
  model: 'gemini-flash-latest',
  subject: 'fix(pricing): accept a discount of zero',
  explanation: 'It divided by the discount.',
  files: [patchedFile],
  diff: '--- a/pricing/calc.py\n+++ b/pricing/calc.py\n@@ -1 +1 @@\n-share = price / (100 / discount)\n+share = price * discount / 100\n',
};

export const diagnosis: NonNullable<CaseFile['diagnosis']> = {
  kind: 'code',
  rootCause: '`calc` divides by the discount.',
  mechanism: 'discount 0 → 100 / 0 → ZeroDivisionError',
  citations: ['ZeroDivisionError: float division by zero'],
  files: ['pricing/calc.py'],
  change: 'Multiply instead.',
  risk: 'low',
  confidence: 0.9,
};

export const provenValidation: Validation = {
  attempt: 1,
  runId: 72,
  runUrl: 'https://github.com/acme/pricing/actions/runs/72',
  dispatchedAt: '2026-03-02T08:00:00.000Z',
  verdict: 'proven',
  command: 'python3 -m unittest',
  engine: 'bubblewrap',
  runs: [
    { name: 'base', expected: 'red', was: 'red', detail: 'exit code 1', durationMs: 200 },
    { name: 'test-only', expected: 'red', was: 'red', detail: 'exit code 1', durationMs: 200 },
    { name: 'candidate', expected: 'green', was: 'green', detail: 'exit code 0', durationMs: 200 },
  ],
};

export const openReview: Review = {
  pullNumber: 8,
  url: 'https://github.com/acme/pricing/pull/8',
  headSha: sha('e'),
  openedAt: '2026-03-02T09:00:00.000Z',
  draft: false,
  answered: [],
};

export const candidateBranch: Branch = {
  name: 'self-heal/0a1b2c3d4e-x',
  candidateSha: sha('c'),
  treeSha: sha('d'),
  attempt: 1,
};

export const openRound: ReviewRound = {
  feedback: 'grace asked for changes: Please keep the rounding.',
  threads: [],
  onPull: true,
  lastAttempt: 5,
  standing: { branch: candidateBranch, validation: provenValidation },
};

export function incident(changes: Partial<Incident> = {}, papers: Partial<CaseFile> = {}): Incident {
  return {
    id: '0a1b2c3d4e',
    repository: { owner: 'acme', name: 'pricing', defaultBranch: 'main', installationId: 5, private: false },
    fingerprint: 'run:abc',
    revision: 3,
    state: 'working',
    step: 'collect',
    attempt: 1,
    failures: 0,
    waitsFor: null,
    deadlineAt: null,
    stopReason: null,
    stopDetail: null,
    openedAt: '2026-03-02T08:00:00.000Z',
    closedAt: null,
    timeline: [
      { at: '2026-03-02T08:00:00.000Z', step: 'collect', kind: 'opened', text: 'The workflow run CI failed.' },
    ],
    ...changes,
    caseFile: { trigger: runTrigger, modelCalls: [], ...papers },
  };
}
