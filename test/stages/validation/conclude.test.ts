import { describe, expect, it } from '@jest/globals';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import type { GitHub, RunSummary } from '../../../src/ports.ts';
import { conclude } from '../../../src/stages/validation/conclude.ts';
import type { SandboxReport, SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { attempt, evidence, incident, issueTrigger, patchedFile, sha } from '../../incident/sample.ts';
import { type DeskOptions, deskWith, later, now } from '../desk.ts';
import { namedFailure, otherFailure, report, sandboxRun } from './sandbox-report.ts';

const validation = {
  attempt: 1,
  runId: 72,
  runUrl: 'https://github.com/acme/pricing/actions/runs/72',
  dispatchedAt: now.toISOString(),
};
const branch = { name: 'self-heal/0a1b2c3d4e-x', candidateSha: sha('c'), treeSha: sha('d'), attempt: 1 };
const papers = { evidence, branch, validation, patch: { attempts: [attempt] } };

const concluding = (changes: Partial<Incident> = {}, more: Partial<CaseFile> = {}): Incident =>
  incident({ step: 'conclude', state: 'waiting', waitsFor: 'sandbox', ...changes }, { ...papers, ...more });

const artifact = (text: string): Partial<GitHub> => ({
  artifact: async () => new Map([['self-heal-report.json', text]]),
});
const sent = (runs: SandboxRun[], changes: Partial<SandboxReport> = {}) =>
  artifact(JSON.stringify(report(runs, changes)));
const proving = [
  sandboxRun('base', 1, namedFailure),
  sandboxRun('test-only', 1, namedFailure),
  sandboxRun('candidate', 0, 'Ran 3 tests in 0.001s\n\nOK\n'),
];

const read = (answers: Partial<GitHub>, options: DeskOptions = {}, subject = concluding()) =>
  conclude(subject, deskWith(answers, options).desk);

const run = (changes: Partial<RunSummary>): RunSummary => ({
  id: 72,
  attempt: 1,
  status: 'completed',
  conclusion: 'success',
  headSha: sha('a'),
  headBranch: 'main',
  workflowPath: '.github/workflows/self-heal.yml',
  title: 'self-heal 0a1b2c3d4e attempt 1',
  createdAt: now,
  url: validation.runUrl,
  ...changes,
});

describe('waiting for the sandbox', () => {
  it('asks GitHub nothing when the run was only just dispatched', async () => {
    const { desk, calls } = deskWith();
    const outcome = await conclude(concluding({ state: 'working' }), desk);
    expect(outcome).toMatchObject({ kind: 'wait', waitsFor: 'sandbox', deadlineAt: later(60), checkAt: later(0.5) });
    expect(calls).toEqual([]);
  });

  it.each([
    ['goes on', run({ status: 'in_progress', conclusion: null })],
    ['is not yet known', undefined],
  ])('goes on while the run %s', async (_, found) => {
    const answers = { artifact: async () => undefined, run: async () => found };
    expect(await read(answers)).toMatchObject({ kind: 'wait', checkAt: later(2), deadlineAt: later(60) });
  });

  it.each([
    ['ended without a report', run({ conclusion: 'cancelled' }), now, 'cancelled'],
    ['does not end in an hour', run({ status: 'queued', conclusion: null }), later(60), 'an hour'],
  ])('stops when the run %s', async (_, found, at, says) => {
    const answers = { artifact: async () => new Map<string, string>(), run: async () => found };
    const outcome = await read(answers, { now: at });
    expect(outcome).toMatchObject({
      kind: 'stop',
      reason: 'sandbox-unavailable',
      papers: { validation: { verdict: 'report-missing' } },
    });
    expect(outcome).toHaveProperty('said', expect.stringContaining(says));
    expect(outcome).toHaveProperty('said', expect.stringContaining(validation.runUrl));
  });
});

describe('a report', () => {
  it('that proves the patch leads on, with what every run showed', async () => {
    const { desk, argsOf } = deskWith(sent(proving));
    const outcome = await conclude(concluding(), desk);
    expect(argsOf('artifact')).toEqual([[72, 'self-heal-report', 25_000_000]]);
    expect(outcome).toMatchObject({
      kind: 'done',
      said: 'Proven: base red, test-only red, candidate green.',
      papers: {
        validation: { verdict: 'proven', command: 'python3 -m unittest', engine: 'bubblewrap', runs: [{}, {}, {}] },
      },
    });
  });

  it.each([
    ['of another incident', { incident: 'zzzzzzzzzz' }],
    ['of another attempt', { attempt: 2 }],
    ['about another base', { base: sha('9') }],
    ['about another candidate', { candidate: sha('9') }],
  ])('%s proves nothing', async (_, changes) => {
    expect(await read(sent(proving, changes))).toMatchObject({
      kind: 'stop',
      reason: 'sandbox-unavailable',
      papers: { validation: { verdict: 'report-missing' } },
    });
  });

  it.each([
    ['is empty', ''],
    ['is no JSON', '{"version":2,'],
    ['is null', 'null'],
    ['is of an earlier version', JSON.stringify({ ...report(proving), version: 1 })],
    ['is of a later version', JSON.stringify({ ...report(proving), version: 3 })],
    ['has a field too many', JSON.stringify({ ...report(proving), verdict: 'proven' })],
    ['has no runs', JSON.stringify({ ...report(proving), runs: undefined })],
  ])('that %s proves nothing', async (_, text) => {
    expect(await read(artifact(text))).toMatchObject({ kind: 'stop', reason: 'sandbox-unavailable' });
  });

  it('that is partly proven leads on too, and says what is missing', async () => {
    const late = { exitCode: null, ended: 'timed-out', reason: 'ended after 300 s' } as const;
    const runs = [proving[0], { ...sandboxRun('test-only', 0, ''), ...late }, proving[2]].filter(
      (one) => one !== undefined,
    );
    const outcome = await read(sent(runs));
    expect(outcome).toMatchObject({
      kind: 'done',
      said: expect.stringMatching(/^Partly proven: base red, test-only missing, candidate green\. .*ended after 300 s/),
      papers: { validation: { verdict: 'partly-proven', shortfall: expect.stringContaining('ended after 300 s') } },
    });
  });

  it('that is partly proven changes no pull request that is ready for review', async () => {
    const late = sandboxRun('test-only', 0, '', { exitCode: null, ended: 'timed-out' });
    const runs = [
      sandboxRun('base', 1, namedFailure),
      late,
      sandboxRun('candidate', 0, 'Ran 3 tests in 0.001s\n\nOK\n'),
    ];
    const review = { pullNumber: 3, url: 'https://x/3', headSha: sha('c'), openedAt: now.toISOString(), answered: [] };
    const asked = (draft: boolean) => read(sent(runs), {}, concluding({}, { review: { ...review, draft } }));
    expect(await asked(false)).toMatchObject({
      kind: 'again',
      feedback: expect.stringContaining('only the new tests'),
    });
    expect(await asked(true)).toHaveProperty('kind', 'done');
  });

  it('of another version says which is needed', async () => {
    const outcome = await read(artifact(JSON.stringify({ ...report(proving), version: 1 })));
    expect(outcome).toHaveProperty('said', expect.stringContaining('has the version 1, and this App reads 2'));
  });

  it('of a failing commit that passes now and then stops as flaky, with the rate', async () => {
    const runs = [0, 1, 0].map((exitCode, index) =>
      sandboxRun('base', exitCode, exitCode ? namedFailure : '', { round: index + 1 }),
    );
    const outcome = await read(sent([...runs, sandboxRun('candidate', 0, '')]));
    expect(outcome).toMatchObject({
      kind: 'stop',
      reason: 'flaky',
      said: expect.stringContaining('passed in 2 of 3 runs'),
      papers: { validation: { verdict: 'flaky', passRate: { passed: 2, of: 3 } } },
    });
  });

  it('of a failing commit that does not end stops with what to do', async () => {
    const late = sandboxRun('base', 0, '', { exitCode: null, ended: 'timed-out', reason: 'ended after 300 s' });
    expect(await read(sent([late, sandboxRun('candidate', 0, '')]))).toMatchObject({
      kind: 'stop',
      reason: 'sandbox-unavailable',
      said: expect.stringContaining('Raise `timeout-seconds`'),
    });
  });

  it('of another tree than the branch has proves nothing', async () => {
    const trees = { base: sha('1'), candidate: sha('2') };
    expect(await read(sent(proving, { trees }))).toMatchObject({
      kind: 'stop',
      papers: { validation: { verdict: 'report-missing' } },
    });
    expect(await read(sent(proving, { trees: { ...trees, candidate: branch.treeSha } }))).toHaveProperty(
      'kind',
      'done',
    );
  });

  it('without the run of the new tests is partly proven where the patch brings some', async () => {
    const test = { ...patchedFile, path: 'tests/test_calc.py', isTest: true };
    const subject = concluding({}, { patch: { attempts: [{ ...attempt, files: [patchedFile, test] }] } });
    const runs = proving.filter(({ name }) => name !== 'test-only');
    const changes = { changedPaths: ['pricing/calc.py', 'tests/test_calc.py'] };
    expect(await read(sent(runs, changes), {}, subject)).toMatchObject({
      kind: 'done',
      papers: { validation: { verdict: 'partly-proven' } },
    });
  });

  it('of a candidate that is still red goes back, with the reason', async () => {
    const runs = [sandboxRun('base', 1, namedFailure), sandboxRun('candidate', 1, otherFailure)];
    const outcome = await read(sent(runs));
    expect(outcome).toMatchObject({ kind: 'again', papers: { validation: { verdict: 'broke-others' } } });
    expect(outcome).toHaveProperty('feedback', expect.stringContaining('AssertionError: 72 != 71'));
  });

  it.each([
    [
      'a test that passes without the fix',
      [sandboxRun('base', 1, namedFailure), sandboxRun('test-only', 0, ''), sandboxRun('candidate', 0, '')],
      'again',
    ],
    ['a base that passes', [sandboxRun('base', 0, ''), sandboxRun('candidate', 0, '')], 'stop'],
  ] as const)('with %s leads to %s', async (_, runs, kind) => {
    expect(await read(sent([...runs]))).toHaveProperty('kind', kind);
  });

  it('for an issue without a test goes back', async () => {
    const subject = concluding({}, { trigger: issueTrigger });
    expect(await read(sent([sandboxRun('base', 0, ''), sandboxRun('candidate', 0, '')]), {}, subject)).toMatchObject({
      kind: 'again',
      papers: { validation: { verdict: 'no-test' } },
    });
  });

  it('whose output holds a secret or invisible characters is kept without them', async () => {
    const token = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
    const leaking = otherFailure.replace('72 != 71', `72 != 71 ${token} \u202e`);
    const outcome = await read(sent([sandboxRun('base', 1, namedFailure), sandboxRun('candidate', 1, leaking)]));
    const kept = JSON.stringify(outcome);
    expect(kept).toContain('[redacted:');
    for (const hidden of [token, '\u202e']) expect(kept).not.toContain(hidden);
  });
});
