// A small case file of a pricing service, a desk without a network, and a model that answers from a list.
import type { Policy } from '../../../src/config/policy.ts';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { Attempt, CaseFile, Diagnosis, Evidence, PatchedFile } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import type { Lesson, Memory, MeteredModel, ModelDesk, Question } from '../../../src/ports.ts';

export const priceSource = `def calc(price, discount):
    """Price after a discount."""
    rate = 1 / discount
    return price - price / rate


def label(price):
    return f"{price:.2f} EUR"
`;

export const priceTest = `import unittest

from price import calc


class CalcTest(unittest.TestCase):
    def test_half(self):
        self.assertEqual(calc(10, 0.5), 5)
`;

export const evidence: Evidence = {
  baseSha: 'a'.repeat(40),
  baseTreeSha: 'b'.repeat(40),
  baseBranch: 'main',
  failures: [
    {
      tool: 'unittest',
      test: 'test_price.CalcTest.test_zero',
      type: 'ZeroDivisionError',
      message: 'division by zero',
      frames: [{ file: '/home/runner/work/shop/shop/price.py', line: 3, function: 'calc' }],
      at: { from: 10, to: 20 },
    },
  ],
  failureFingerprints: ['0123456789abcdef'],
  failingCommand: 'python3 -m unittest -v',
  exitCode: 1,
  excerpt:
    '  File "/home/runner/work/shop/shop/price.py", line 3, in calc\n    rate = 1 / discount\nZeroDivisionError: division by zero',
  changes: [
    { path: 'price.py', status: 'modified', patch: '@@ -2,2 +2,2 @@\n-    rate = 2\n+    rate = 1 / discount' },
  ],
  suspects: [{ path: 'price.py', score: 0.9, reasons: ['named in the innermost frame'] }],
  sources: [
    { path: 'price.py', mode: '100644', text: priceSource },
    { path: 'tests/test_price.py', mode: '100644', text: priceTest },
  ],
  code: {
    text: `### price.py (6 lines)\n${priceSource
      .trimEnd()
      .split('\n')
      .map((line, at) => `${at + 1} | ${line}`)
      .join('\n')}`,
    tokens: 40,
    leftOut: [],
  },
  paths: ['.github/workflows/ci.yml', 'README.md', 'lib/tax.py', 'package.json', 'price.py', 'tests/test_price.py'],
  treeTruncated: false,
  irregularPaths: ['linked'],
  policyText: '',
  hasSandboxWorkflow: true,
};

export const diagnosis: Diagnosis = {
  kind: 'code',
  rootCause: 'calc divides by the discount, which may be 0.',
  mechanism: 'discount 0 → 1 / 0 in calc → ZeroDivisionError',
  citations: ['rate = 1 / discount'],
  files: ['price.py'],
  change: 'Multiply instead of dividing twice.',
  risk: 'low',
  confidence: 0.9,
};

export function patched(path: string, before: string | null, after: string, isTest = false): PatchedFile {
  return { path, before, after, mode: '100644', isTest };
}

export function attempt(files: PatchedFile[], number = 1): Attempt {
  return { number, model: 'gemini-flash-latest', subject: 'fix(price): x', explanation: 'x', files, diff: '' };
}

export function incidentAt(step: Incident['step'], papers: Partial<CaseFile> = {}, attemptNumber = 1): Incident {
  return {
    id: '0123456789',
    repository: { owner: 'octo', name: 'shop', defaultBranch: 'main', installationId: 1, private: false },
    fingerprint: 'f',
    revision: 1,
    state: 'working',
    step,
    attempt: attemptNumber,
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
      evidence,
      modelCalls: [],
      ...papers,
    },
    timeline: [],
  };
}

const memory = (lessons: Lesson[]): Memory => ({
  openTwin: async () => undefined,
  earlier: async () => [],
  sightings: async () => [],
  lessons: async () => lessons,
  remember: async () => undefined,
  outcomes: async () => [],
  withoutWorkflow: async () => ({ kind: 'said' }),
});

export interface ScriptedDesk {
  desk: ModelDesk;
  asked: Question[];
}

/** Answers in order; one question too many is an error. */
export function deskWith(
  replies: (string | { text: string; cutOff: true } | Error)[],
  policy: Partial<Policy> = {},
  lessons: Lesson[] = [],
): ScriptedDesk {
  const asked: Question[] = [];
  const left = [...replies];
  const model: MeteredModel = {
    ask: async (question) => {
      asked.push(question);
      const reply = left.shift();
      if (reply === undefined) throw new Error(`no reply left for ${question.purpose}`);
      if (reply instanceof Error) throw reply;
      const { promptVersion, purpose: step } = question;
      const tokens = { inputTokens: 100, outputTokens: 10, thinkingTokens: 0, cachedTokens: 0 };
      const call = { step, promptVersion, model: 'gemini-flash-latest', latencyMs: 1, ...tokens };
      return { ...(typeof reply === 'string' ? { text: reply, cutOff: false } : reply), call };
    },
  };
  const desk: ModelDesk = {
    now: new Date('2026-01-01T00:00:00Z'),
    memory: memory(lessons),
    policy: { ...defaultPolicy, ...policy },
    signal: new AbortController().signal,
    resumed: false,
    model,
  };
  return { desk, asked };
}
