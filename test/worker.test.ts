import { describe, expect, it } from '@jest/globals';
import { type ErrorCode, errorCodes, SelfHealError } from '../src/errors.ts';
import type { Incident } from '../src/incident/incident.ts';
import type { Move } from '../src/incident/lifecycle.ts';
import type { GitHub, Ledger, Model, Permissions, World } from '../src/ports.ts';
import { afterError, type Cabinet, worker } from '../src/worker.ts';
import { attempt, diagnosis, evidence, incident, openReview, provenValidation, sha } from './incident/sample.ts';
import { ledgerIn, nothingSpent, replyOf, spending } from './spending/outside.ts';
import { deskWith, later, now } from './stages/desk.ts';

interface Scene {
  work(signal?: AbortSignal): Promise<void>;
  saved: Move[];
  asked: { permissions: Permissions[] };
  logged: string[];
}

interface SceneOptions {
  model?: Model['ask'];
  ledger?: Ledger;
  github?: Partial<GitHub>;
  cabinet?: Partial<Cabinet>;
  stepTimeoutMs?: number;
}

/** A worker with one incident in its cabinet and a GitHub that answers as told. */
function scene(
  subject: Incident | undefined,
  { github, cabinet, model, ledger = ledgerIn(), stepTimeoutMs = 60_000 }: SceneOptions = {},
): Scene {
  const saved: Move[] = [];
  const logged: string[] = [];
  const permissions: Permissions[] = [];
  const { desk } = deskWith(github, { memory: { remember: async () => undefined, lessons: async () => [] } });
  const world: World = {
    now: () => now,
    github: (_, may) => {
      permissions.push(may);
      return desk.github;
    },
    model: { ask: model ?? (() => Promise.reject(new SelfHealError('model-unavailable', 'no model here'))) },
    memory: desk.memory,
    ledger,
    spending,
  };
  const note = (fields: object, message: string) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const run = worker({
    cabinet: {
      load: async () => subject,
      begin: async () => false,
      save: async (move) => {
        saved.push(move);
        return true;
      },
      ...cabinet,
    },
    world,
    stepTimeoutMs,
    log: { info: note, warn: note, error: note },
  });
  const work = (signal = new AbortController().signal) => run({ incidentId: subject?.id ?? 'gone' }, signal);
  return { work, saved, asked: { permissions }, logged };
}

const branch = { name: 'self-heal/0a1b2c3d4e-x', candidateSha: sha('c'), treeSha: sha('d'), attempt: 1 };
const { verdict: _, runs: __, ...asked } = provenValidation;
const concluding = (changes: Partial<Incident> = {}) =>
  incident(
    { step: 'conclude', state: 'waiting', waitsFor: 'sandbox', ...changes },
    { evidence, branch, validation: { ...asked, dispatchedAt: now.toISOString() } },
  );
const failing = (code: ErrorCode, retryAfterMs?: number): Partial<GitHub> => ({
  artifact: () =>
    Promise.reject(new SelfHealError(code, 'as told', retryAfterMs === undefined ? {} : { retryAfterMs })),
});

describe('the worker', () => {
  it('saves what the step came to, together with its next job', async () => {
    const { work, saved } = scene(incident({ step: 'learn', stopReason: 'healed' }, { evidence }));
    await work();
    expect(saved).toMatchObject([{ incident: { state: 'closed', stopReason: 'healed', revision: 4 }, job: null }]);
  });

  it('gives the step no more of GitHub than its permissions', async () => {
    const { work, asked } = scene(concluding({ state: 'working' }));
    await work();
    expect(asked.permissions).toEqual([{ actions: 'read' }]);
  });

  it('adds up what GitHub was asked, also by a step that fails', async () => {
    const requests = () => ({ sent: 3, unchanged: 1, mints: 1, revocations: 1 });
    const before = concluding();
    const subject = {
      ...before,
      caseFile: { ...before.caseFile, githubRequests: { sent: 9, unchanged: 0, mints: 2 } },
    };
    for (const answers of [
      { artifact: async () => undefined, run: async () => undefined },
      failing('github-unavailable'),
    ]) {
      const { work, saved } = scene(subject, { github: { ...answers, requests } });
      await work();
      expect(saved[0]?.incident.caseFile.githubRequests).toEqual({
        sent: 12,
        unchanged: 1,
        mints: 3,
        revocations: 1,
      });
    }
  });

  it('hangs up when the step is over, however it ended, also where it goes on behind its time-out', async () => {
    const never = new Promise<never>(() => undefined);
    for (const [answers, options] of [
      [{ artifact: async () => undefined, run: async () => undefined }, {}],
      [failing('github-unavailable'), {}],
      [{ artifact: () => never }, { stepTimeoutMs: 20 }],
    ] as const) {
      let hungUp = 0;
      const hangUp = () => {
        hungUp += 1;
      };
      const { work } = scene(concluding(), { github: { ...answers, hangUp }, ...options });
      await work();
      expect(hungUp).toBe(1);
    }
  });

  it.each([
    ['is gone', undefined],
    ['is closed', incident({ state: 'closed', stopReason: 'healed' })],
  ])('does nothing when the incident %s', async (_, subject) => {
    const { work, saved, asked } = scene(subject);
    await work();
    expect(saved).toEqual([]);
    expect(asked.permissions).toEqual([]);
  });

  it('drops what another worker has overtaken, and says so', async () => {
    const { work, logged } = scene(incident({ step: 'learn' }), { cabinet: { save: async () => false } });
    await work();
    expect(logged.join()).toContain('another worker was faster');
  });

  it('passes errors of the database on: then nothing can be saved, and the job comes back', async () => {
    const down = () => Promise.reject(new SelfHealError('database-unavailable', 'down'));
    await expect(scene(incident({ step: 'learn' }), { cabinet: { load: down } }).work()).rejects.toMatchObject({
      code: 'database-unavailable',
    });
    await expect(scene(incident({ step: 'learn' }), { cabinet: { save: down } }).work()).rejects.toMatchObject({
      code: 'database-unavailable',
    });
  });

  it('turns what nobody foresaw into an end with an explanation, never into another try', async () => {
    const { work, saved } = scene(incident({ step: 'conclude' }));
    await work();
    expect(saved).toMatchObject([{ incident: { step: 'explain', stopReason: 'defect', failures: 0 } }]);
  });
});

describe('a step that asks the model', () => {
  const looking = incident({ step: 'critique' }, { evidence, diagnosis, patch: { attempts: [attempt] } });
  const accepts = JSON.stringify({ verdict: 'accept', objections: [] });

  it('leaves what it cost in the case file and in the log', async () => {
    const { work, saved, logged } = scene(looking, { model: async () => replyOf(accepts) });
    await work();
    expect(saved[0]?.incident.caseFile.modelCalls).toMatchObject([
      { step: 'critique', costUsd: expect.closeTo(0.0366) },
    ]);
    expect(logged.join()).toContain('"costUsd":0.0366');
  });

  it('tells in the timeline which models were asked in vain, next to what came of it', async () => {
    const tried = [{ model: 'gemini-flash-latest', code: 'model-blocked' as const, detail: 'SAFETY\nby Google' }];
    const reply = replyOf(accepts, { model: 'gemini-pro-latest', tried });
    const { work, saved } = scene(looking, { model: async () => reply });
    await work();
    expect(saved[0]?.incident.timeline.at(-1)).toMatchObject({
      kind: 'did',
      text: 'The second look found nothing to object to. (gemini-flash-latest: model-blocked: SAFETY by Google; gemini-pro-latest answered)',
    });
  });

  it('keeps that apart from the feedback, which the model reads', async () => {
    const objects = JSON.stringify({ verdict: 'object', objections: [`Not the cause. ${'Really. '.repeat(60)}`] });
    const tried = [{ model: 'gemini-flash-latest', code: 'model-empty' as const, detail: 'no text' }];
    const { work, saved } = scene(looking, { model: async () => replyOf(objects, { tried }) });
    await work();
    const { timeline, caseFile } = saved[0]?.incident ?? looking;
    expect(timeline.at(-1)?.text).toMatch(
      /^A second look at the patch objects: \(gemini-flash-latest: model-empty.*\)\n- Not/,
    );
    expect(caseFile.patch?.attempts[0]?.feedback).not.toContain('model-empty');
  });

  it('ends when the budget is spent, with the numbers, and with what the answers before that cost', async () => {
    const asked: unknown[] = [];
    const ledger = ledgerIn();
    const spentAfterOne: Ledger = {
      ...ledger,
      reserve: (inquiry, refusal) => ledgerIn({ ...nothingSpent, incidentUsd: asked.length }).reserve(inquiry, refusal),
    };
    const { work, saved } = scene(incident({ step: 'diagnose' }, { evidence }), {
      ledger: spentAfterOne,
      model: async (question) => {
        asked.push(question);
        return replyOf('no JSON at all');
      },
    });
    await work();
    expect(asked).toHaveLength(1);
    expect(saved[0]?.incident).toMatchObject({
      step: 'explain',
      stopReason: 'budget-spent',
      stopDetail: expect.stringContaining('1.00 $ of the 1.00 $'),
      caseFile: { modelCalls: [{ step: 'diagnose' }] },
    });
  });
});

describe('a step that was begun before', () => {
  const dispatching = incident(
    { step: 'dispatch' },
    {
      evidence,
      branch,
      patch: { attempts: [{ number: 1, model: 'm', subject: 's', explanation: '', files: [], diff: '' }] },
    },
  );
  const found: Partial<GitHub> = {
    runsOf: async () => [
      {
        id: 70,
        attempt: 1,
        status: 'queued',
        conclusion: null,
        headSha: sha('a'),
        headBranch: 'main',
        workflowPath: '',
        title: 'self-heal 0a1b2c3d4e attempt 1',
        createdAt: now,
        url: 'https://github.com/r/70',
      },
    ],
    dispatch: async () => ({ runId: 71, url: 'https://github.com/r/71' }),
  };

  it('looks for what it made then, when it never ended', async () => {
    const { work, saved } = scene(dispatching, { github: found, cabinet: { begin: async () => true } });
    await work();
    expect(saved).toMatchObject([{ incident: { caseFile: { validation: { runId: 70 } } } }]);
  });

  it('looks for it also when it ended in an error: the request may have arrived', async () => {
    const { work, saved } = scene({ ...dispatching, failures: 1 }, { github: found });
    await work();
    expect(saved).toMatchObject([{ incident: { caseFile: { validation: { runId: 70 } } } }]);
  });

  it('does not look when it is the first time', async () => {
    const { work, saved } = scene(dispatching, { github: found });
    await work();
    expect(saved).toMatchObject([{ incident: { caseFile: { validation: { runId: 71 } } } }]);
  });
});

describe('a step that does not end', () => {
  const never: Partial<GitHub> = { artifact: () => new Promise(() => undefined) };

  it('is given up when its time is over, and tried again', async () => {
    const { work, saved } = scene(concluding(), { github: never, stepTimeoutMs: 20 });
    await work();
    expect(saved).toMatchObject([{ incident: { step: 'conclude', failures: 1 } }]);
    expect(saved[0]?.incident.timeline.at(-1)).toMatchObject({
      kind: 'error',
      text: expect.stringContaining('step-timed-out'),
    });
  });

  it('is left when the process stops, and saves nothing: it runs again at the next start', async () => {
    const stopping = new AbortController();
    const { work, saved } = scene(concluding(), { github: never });
    const working = work(stopping.signal);
    stopping.abort();
    await working;
    expect(saved).toEqual([]);
  });

  it('saves nothing either when it ended while the process was stopping', async () => {
    const stopping = new AbortController();
    const { work, saved } = scene(concluding(), {
      github: {
        artifact: async () => {
          stopping.abort();
          return undefined;
        },
      },
    });
    await work(stopping.signal);
    expect(saved).toEqual([]);
  });
});

describe('an error of a step', () => {
  const codes = errorCodes.map((code) => [code, new SelfHealError(code, '').next] as const);

  it.each(codes)('%s leads to: %s', async (code, next) => {
    const { work, saved } = scene(concluding(), { github: failing(code) });
    await work();
    const retried = { step: 'conclude', failures: 1, stopReason: null };
    expect(saved[0]?.incident).toMatchObject(next === 'retry' ? retried : { step: 'explain', failures: 0 });
  });

  it.each([
    ['github-forbidden', 'access-lost'],
    ['github-refused', 'access-lost'],
    ['model-unauthorized', 'model-failed'],
    ['model-blocked', 'model-failed'],
    ['budget-spent', 'budget-spent'],
    ['record-unreadable', 'defect'],
    ['defect', 'defect'],
  ] as const)('%s is told to people as %s', (code, reason) => {
    const move = afterError(incident({ step: 'propose' }), new SelfHealError(code, 'x'), now);
    expect(move.incident).toMatchObject({ stopReason: reason, stopDetail: `${code}: x` });
  });

  it.each([
    [0, 2_000],
    [1, 8_000],
    [2, 32_000],
    [3, 128_000],
    [4, 512_000],
    [5, 900_000],
  ])('after %i failures in a row comes back in %i ms', (failures, waitMs) => {
    const move = afterError(incident({ failures }), new SelfHealError('github-unavailable', 'x'), now);
    expect(move.job?.runAt).toEqual(new Date(now.getTime() + waitMs));
    expect(move.incident.failures).toBe(failures + 1);
  });

  it('is not tried for ever', () => {
    const move = afterError(incident({ failures: 6 }), new SelfHealError('github-unavailable', 'x'), now);
    expect(move.incident).toMatchObject({ step: 'explain', stopReason: 'access-lost' });
  });

  it('waits as long as the other side said, when that is longer', () => {
    const wait = (retryAfterMs: number) =>
      afterError(incident(), new SelfHealError('github-rate-limited', 'x', { retryAfterMs }), now).job?.runAt;
    expect(wait(60_000)).toEqual(later(1));
    expect(wait(10)).toEqual(new Date(now.getTime() + 2_000));
  });

  it('does not make a waiting step forget that it waits: the next try looks at once', async () => {
    const settling = incident(
      { step: 'settle', state: 'waiting', waitsFor: 'people' },
      { evidence, review: openReview },
    );
    const first = scene(settling, {
      github: { pull: () => Promise.reject(new SelfHealError('github-unavailable', '502')) },
    });
    await first.work();
    const again = scene(first.saved[0]?.incident, { github: { pull: async () => undefined } });
    await again.work();
    expect(again.saved).toMatchObject([{ incident: { stopReason: 'rejected' } }]);
  });

  it('in explaining or learning closes the incident all the same', () => {
    const explaining = incident({ step: 'explain', stopReason: 'no-patch', stopDetail: 'why' });
    const learning = afterError(explaining, new SelfHealError('github-forbidden', 'x'), now).incident;
    expect(learning).toMatchObject({ step: 'learn', stopReason: 'no-patch' });
    expect(afterError(learning, new SelfHealError('defect', 'y'), now)).toMatchObject({
      incident: { state: 'closed', stopReason: 'no-patch' },
      job: null,
    });
  });
});
