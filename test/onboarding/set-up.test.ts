import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../src/errors.ts';
import { installed, type Setup } from '../../src/incident/setup.ts';
import { setUp } from '../../src/onboarding/set-up.ts';
import { afterError, setupMay, setupWorker } from '../../src/onboarding/setup-worker.ts';
import { dispatchInputs } from '../../src/onboarding/setup-workflow.ts';
import type { OwnIssue, RepositoryFacts } from '../../src/ports/setup.ts';
import type { GitHub, RunSummary } from '../../src/ports.ts';
import type { Markdown } from '../../src/text/outbound.ts';
import { deskWith } from '../stages/desk.ts';

const sha = 'a'.repeat(40);
const now = new Date('2026-03-02T09:00:00Z');
const repository = { owner: 'acme', name: 'shop', installationId: 5, private: true };
const due = installed(repository, undefined, now);
const facts: RepositoryFacts = {
  ...{ url: 'https://github.com/acme/shop', defaultBranch: 'main', private: true },
  ...{ fork: false, archived: false, hasIssues: true },
};
const ci = `on: push
permissions: { contents: read }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
      - run: npm ci
      - run: npm test
`;
const ordinary = {
  'package.json': '{ "scripts": { "test": "node --test" } }',
  'package-lock.json': '{}',
  '.github/workflows/ci.yml': ci,
};
const workflowPath = '.github/workflows/self-heal.yml';
const right = `on:
  workflow_dispatch:
    inputs: { ${dispatchInputs.map((name) => `${name}: { type: string }`).join(', ')} }
permissions: { contents: read }
jobs: { validate: { steps: [{ uses: actions/upload-artifact@v4, with: { name: self-heal-report } }] } }
`;
const run = (changes: Partial<RunSummary> = {}): RunSummary => ({
  ...{ id: 9, attempt: 1, status: 'completed', conclusion: 'success', headSha: sha, headBranch: 'main' },
  ...{
    workflowPath,
    title: 'self-heal x attempt 1',
    createdAt: now,
    url: 'https://github.com/acme/shop/actions/runs/9',
  },
  ...changes,
});

/** A GitHub that keeps one issue, and notes what was written. */
function scene(
  files: Record<string, string>,
  options: {
    facts?: Partial<RepositoryFacts> | 'gone';
    issue?: OwnIssue;
    empty?: boolean;
    runs?: RunSummary[];
    failed?: RunSummary[];
  } = {},
) {
  const written: string[] = [];
  let issue = options.issue;
  const github: Partial<GitHub> = {
    facts: async () => (options.facts === 'gone' ? undefined : { ...facts, ...options.facts }),
    branchHead: async () => (options.empty ? undefined : sha),
    tree: async () => ({
      entries: Object.keys(files).map((path) => ({ path, mode: '100644', sizeBytes: 1 })),
      truncated: false,
    }),
    files: async (_, paths) =>
      new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]] as const]))),
    failedRuns: async () => options.failed ?? [],
    jobs: async () => [{ id: 1, name: 'test', conclusion: 'failure', url: 'u', steps: [] }],
    runsOf: async () => options.runs ?? [],
    ownIssue: async () => issue,
    openOwnIssue: async (marker, { title, body }) => {
      written.push(`open ${marker}: ${title}`);
      issue = { number: 3, url: 'https://github.com/acme/shop/issues/3', state: 'open', body: body.text };
      return issue;
    },
    editOwnIssue: async (number, _, { body, state }) => {
      written.push(`edit ${number}${state ? `, ${state}` : ''}`);
      if (issue) issue = { ...issue, body: body?.text ?? issue.body, state: state ?? issue.state };
    },
    comment: async (number, marker, body: Markdown) => {
      written.push(`comment ${number} ${marker}: ${body.text}`);
      return 'u';
    },
  };
  const { desk } = deskWith(github);
  return {
    written,
    issue: () => issue,
    look: (setup: Setup = due) => setUp(setup, { github: desk.github, now }),
    github: desk.github,
  };
}

describe('a repository with an ordinary workflow', () => {
  it('gets one setup issue with the drafted workflow', async () => {
    const { look, written, issue } = scene(ordinary);
    const setup = await look();
    expect(setup).toMatchObject({ state: 'open', issue: { number: 3 }, workflowAt: null });
    expect(written).toEqual(['open setup: Set up Self-Heal']);
    expect(issue()?.body).toContain('Made from the job `test` of `.github/workflows/ci.yml`');
    expect(issue()?.body).toContain('npm test');
    expect(issue()?.body).toContain('/new/main?filename=.github/workflows/self-heal.yml&value=');
  });

  it('gets no second one, whoever forgot of the first', async () => {
    const { look, written } = scene(ordinary);
    await look();
    expect(await look(due)).toMatchObject({ state: 'open', issue: { number: 3 } });
    expect(written).toHaveLength(1);
  });

  it('is told of the run that failed last, which is not one of ours', async () => {
    const failed = [
      run({ conclusion: 'failure', title: 'ours' }),
      run({ conclusion: 'failure', workflowPath: '.github/workflows/ci.yml', title: 'theirs' }),
    ];
    const { look, issue } = scene(ordinary, { failed });
    await look();
    expect(issue()?.body).toContain('[theirs]');
  });

  it('shows no secret that stands in its workflow', async () => {
    const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
    const { look, issue } = scene({
      ...ordinary,
      '.github/workflows/ci.yml': ci.replace('npm test', `npm test -- --key=${token}`),
    });
    await look();
    expect(issue()?.body).not.toContain(token);
    expect(issue()?.body).toContain('looked like a secret');
  });
});

describe('once the workflow is there', () => {
  const there = { ...ordinary, [workflowPath]: right };
  const open: OwnIssue = { number: 3, url: 'u', state: 'open', body: 'To do.' };
  const opened: Setup = { ...due, state: 'open', issue: { number: 3, url: 'u' } };

  it('its box is ticked', async () => {
    const { look, written, issue } = scene(there, { issue: open });
    expect(await look(opened)).toMatchObject({ state: 'open', workflowAt: sha });
    expect(written).toEqual(['edit 3']);
    expect(issue()?.body).toContain(`- [x] \`${workflowPath}\` is there`);
  });

  it('the first validation closes the issue, and says why', async () => {
    const { look, written, issue } = scene(there, { issue: open, runs: [run({ conclusion: 'failure' }), run()] });
    const setup = await look(opened);
    expect(setup).toMatchObject({ state: 'done', validatedBy: run().url, closedAt: now.toISOString() });
    expect(written).toEqual([
      expect.stringContaining('comment 3 setup-ended: The first validation ran'),
      'edit 3, closed',
    ]);
    expect(issue()?.body).toContain('- [x] The first validation ran');
  });

  it('a validation that could not be carried out is told, and closes nothing', async () => {
    const { look, issue } = scene(there, { issue: open, runs: [run({ conclusion: 'failure' })] });
    expect(await look(opened)).toMatchObject({ state: 'open' });
    expect(issue()?.body).toContain('could not be carried out');
  });

  it('a workflow that is wrong is told', async () => {
    const { look, issue } = scene({ ...there, [workflowPath]: right.replace('trigger:', 'reason:') }, { issue: open });
    expect(await look(opened)).toMatchObject({ state: 'open', workflowAt: null });
    expect(issue()?.body).toContain('does not declare the inputs `trigger`');
  });

  it('a repository that came with it is left in peace', async () => {
    const { look, written } = scene(there);
    expect(await look()).toMatchObject({ state: 'quiet', issue: null });
    expect(written).toEqual([]);
  });

  it('a repository that came with a wrong one is told', async () => {
    const { look, written } = scene({ ...ordinary, [workflowPath]: 'on: push\njobs: {}\n' });
    expect(await look()).toMatchObject({ state: 'open' });
    expect(written).toHaveLength(1);
  });
});

describe('nothing is written', () => {
  it.each<[string, Parameters<typeof scene>[1], Partial<Setup>]>([
    ['in an archived repository', { facts: { archived: true } }, { state: 'skipped', detail: 'it is archived' }],
    ['in a fork', { facts: { fork: true } }, { state: 'skipped', detail: 'it is a fork' }],
    ['without issues', { facts: { hasIssues: false } }, { state: 'skipped', detail: 'its issues are switched off' }],
    ['in an empty repository', { empty: true }, { state: 'skipped', detail: 'it is empty' }],
    ['where the App may see nothing', { facts: 'gone' }, { state: 'removed' }],
    [
      'once somebody closed the issue',
      { issue: { number: 3, url: 'u', state: 'closed', body: '', closedBy: 'somebody' } },
      { state: 'declined', issue: { number: 3, url: 'u' } },
    ],
    [
      'once it was closed by the App',
      { issue: { number: 3, url: 'u', state: 'closed', body: '', closedBy: 'the App' } },
      { state: 'done' },
    ],
  ])('%s', async (_, options, expected) => {
    const { look, written } = scene(ordinary, options);
    expect(await look()).toMatchObject(expected);
    expect(written).toEqual([]);
  });

  it('once somebody deleted the issue', async () => {
    const { look, written } = scene(ordinary);
    expect(await look({ ...due, issue: { number: 3, url: 'u' } })).toMatchObject({ state: 'declined' });
    expect(written).toEqual([]);
  });

  it('but in shadow mode there is: nothing could be proven without the workflow', async () => {
    const { look } = scene({ ...ordinary, '.github/self-heal.yml': 'mode: shadow\n' });
    expect(await look()).toMatchObject({ state: 'open' });
  });

  it.each(['off', 'diagnose'])('where the policy says mode: %s', async (mode) => {
    const { look, written } = scene({ ...ordinary, '.github/self-heal.yml': `mode: ${mode}\n` });
    expect(await look()).toMatchObject({ state: 'skipped', detail: `its policy says mode: ${mode}` });
    expect(written).toEqual([]);
  });
});

describe('the worker', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  function working(github: GitHub, setup: Setup | undefined) {
    const saved: [Setup, Date | null][] = [];
    const asked: unknown[] = [];
    let hungUp = 0;
    const shelf = {
      loadSetup: async () => setup,
      saveSetup: async (...told: [Setup, Date | null]) => {
        saved.push(told);
        return true;
      },
    };
    const telephone: GitHub = {
      ...github,
      hangUp: () => {
        hungUp += 1;
      },
    };
    const world = {
      now: () => now,
      github: (...told: unknown[]) => {
        asked.push(told);
        return telephone;
      },
    };
    const work = setupWorker({ shelf, world, timeoutMs: 60_000, log });
    return {
      run: (signal = new AbortController().signal) => work({ repository: 'acme/shop' }, signal),
      saved,
      asked,
      hungUp: () => hungUp,
    };
  }

  it('looks with a token of its own, and gives it back', async () => {
    const { github } = scene(ordinary);
    const { run: runOnce, saved, asked, hungUp } = working(github, due);
    await runOnce();
    expect(saved).toEqual([[expect.objectContaining({ state: 'open', revision: 1 }), null]]);
    expect(asked).toEqual([[{ ...repository, defaultBranch: 'HEAD' }, setupMay]]);
    expect(setupMay).toEqual({ actions: 'read', contents: 'read', issues: 'write', metadata: 'read' });
    expect(hungUp()).toBe(1);
  });

  it.each<[string, Setup | undefined]>([
    ['that nobody knows', undefined],
    ['that the App was taken away from', { ...due, state: 'removed' }],
  ])('leaves a repository alone %s', async (_, setup) => {
    const { github } = scene(ordinary);
    const { run: runOnce, saved, asked } = working(github, setup);
    await runOnce();
    expect([saved, asked]).toEqual([[], []]);
  });

  it('tries again what time may mend, later and later, and gives up in the end', async () => {
    const { github } = scene(ordinary);
    const facts = async () => {
      throw new SelfHealError('github-unavailable', 'GitHub answered 502');
    };
    const { run: runOnce, saved, hungUp } = working({ ...github, facts }, due);
    await runOnce();
    expect(saved).toEqual([[expect.objectContaining({ state: 'due', failures: 1 }), new Date(now.getTime() + 5_000)]]);
    expect(hungUp()).toBe(1);

    const unavailable = new SelfHealError('github-rate-limited', 'slow down', { retryAfterMs: 3_600_000 });
    expect(afterError({ ...due, failures: 3 }, unavailable, now).lookAgainAt).toEqual(
      new Date(now.getTime() + 3_600_000),
    );
    expect(afterError({ ...due, failures: 6 }, unavailable, now)).toMatchObject({
      next: { state: 'failed', failures: 0 },
      lookAgainAt: null,
    });
    const forbidden = new SelfHealError('github-forbidden', 'no issues: write');
    expect(afterError(due, forbidden, now)).toMatchObject({
      next: { state: 'failed', detail: 'github-forbidden: no issues: write' },
      lookAgainAt: null,
    });
  });

  it('saves nothing when it is told to stop in the middle', async () => {
    const { github } = scene(ordinary);
    const stopping = new AbortController();
    const facts = async () => {
      stopping.abort();
      return new Promise<never>(() => undefined);
    };
    const { run: runOnce, saved, hungUp } = working({ ...github, facts }, due);
    await runOnce(stopping.signal);
    expect(saved).toEqual([]);
    expect(hungUp()).toBe(1);
  });
});
