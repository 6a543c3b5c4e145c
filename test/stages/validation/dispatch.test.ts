import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../../src/errors.ts';
import type { GitHub, RunSummary } from '../../../src/ports.ts';
import { dispatch, runTitle } from '../../../src/stages/validation/dispatch.ts';
import { attempt, evidence, incident, patchedFile, sha } from '../../incident/sample.ts';
import { deskWith, now } from '../desk.ts';

const branch = { name: 'self-heal/0a1b2c3d4e-x', candidateSha: sha('c'), treeSha: sha('d'), attempt: 2 };
const test = { ...patchedFile, path: 'tests/test_calc.py', isTest: true };
const second = { ...attempt, number: 2, files: [patchedFile, test, { ...test, path: 'tests/test_more.py' }] };
const dispatching = incident(
  { step: 'dispatch', attempt: 2 },
  { evidence, branch, patch: { attempts: [attempt, second] } },
);
const url = 'https://github.com/acme/pricing/actions/runs/72';
const answers: Partial<GitHub> = { dispatch: async () => ({ runId: 72, url }) };

const run = (title: string): RunSummary => ({
  id: 70,
  attempt: 1,
  status: 'queued',
  conclusion: null,
  headSha: sha('a'),
  headBranch: 'main',
  workflowPath: '.github/workflows/self-heal.yml',
  title,
  createdAt: now,
  url: 'https://github.com/acme/pricing/actions/runs/70',
});

describe('dispatch', () => {
  it('runs the default branch’s workflow, with the candidate as data', async () => {
    const { desk, argsOf } = deskWith(answers);
    const outcome = await dispatch(dispatching, desk);
    const inputs = {
      incident: '0a1b2c3d4e',
      attempt: '2',
      base: sha('a'),
      candidate: sha('c'),
      tests: 'tests/test_calc.py\ntests/test_more.py',
      files: `${patchedFile.path}\ntests/test_calc.py\ntests/test_more.py`,
      trigger: 'workflow-run',
    };
    expect(argsOf('dispatch')).toEqual([['self-heal.yml', 'main', inputs]]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { validation: { attempt: 2, runId: 72, runUrl: url, dispatchedAt: now.toISOString() } },
    });
  });

  it('finds the run that was asked for before a crash, and asks for no other', async () => {
    const runs = [
      run(runTitle('0a1b2c3d4e', 1)),
      run(runTitle('zzzzzzzzzz', 2)),
      { ...run(runTitle('0a1b2c3d4e', 2)), id: 69 },
    ];
    const { desk, argsOf } = deskWith({ runsOf: async () => runs }, { resumed: true });
    const outcome = await dispatch(dispatching, desk);
    expect(argsOf('runsOf')).toEqual([['self-heal.yml', { createdAfter: new Date(dispatching.openedAt) }]]);
    expect(outcome.papers.validation).toMatchObject({ runId: 69, attempt: 2 });
  });

  it('asks after a crash that came before the request', async () => {
    const { desk } = deskWith({ ...answers, runsOf: async () => [run(runTitle('0a1b2c3d4e', 1))] }, { resumed: true });
    expect((await dispatch(dispatching, desk)).papers.validation).toMatchObject({ runId: 72 });
  });
});

describe('a workflow file that GitHub does not start', () => {
  const refusing = (words: string): Partial<GitHub> => ({
    dispatch: () =>
      Promise.reject(new SelfHealError('github-refused', `POST /repos/x/dispatches was answered 422: ${words}`)),
  });

  it('of an earlier version ends the incident with what to add to it', async () => {
    const { desk } = deskWith(refusing('Unexpected inputs provided: ["files", "trigger"] - https://docs.github.com/'));
    const outcome = await dispatch(dispatching, desk);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'no-workflow' });
    expect(outcome).toHaveProperty('said', expect.stringContaining('lacks the inputs `files` and `trigger`'));
    expect(outcome).toHaveProperty('said', expect.stringContaining('on.workflow_dispatch.inputs'));
  });

  it('for another reason ends it in GitHub’s words', async () => {
    const { desk } = deskWith(refusing("Workflow does not have 'workflow_dispatch' trigger"));
    const outcome = await dispatch(dispatching, desk);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'no-workflow' });
    expect(outcome).toHaveProperty('said', expect.stringContaining("does not have 'workflow_dispatch' trigger"));
  });

  it('is not blamed for what GitHub or the network does', async () => {
    const error = new SelfHealError('github-unavailable', 'no answer');
    const { desk } = deskWith({ dispatch: () => Promise.reject(error) });
    await expect(dispatch(dispatching, desk)).rejects.toBe(error);
  });
});
