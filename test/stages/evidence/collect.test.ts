import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '../../../src/config/policy.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import { Evidence } from '../../../src/incident/case-file.ts';
import type { FileVersion } from '../../../src/ports.ts';
import { collect } from '../../../src/stages/evidence/collect.ts';
import { evidence as collected, incident, runTrigger, sha } from '../../incident/sample.ts';
import { streamed } from '../desk.ts';
import { commit, comparison, entry, greenRun, job, log, pricing, reading, secret, tree } from './pricing.ts';

describe('the evidence of a failed run', () => {
  it('is the failure, the files it points to, and what the commit changed', async () => {
    const { desk, argsOf } = pricing();
    const outcome = await collect(incident(), desk);
    expect(argsOf('jobs')).toEqual([[71, 1]]);
    expect(argsOf('commit')).toEqual([[sha('a')]]);
    const evidence = Evidence.parse(outcome.papers.evidence);
    expect(evidence).toMatchObject({
      baseSha: sha('a'),
      baseTreeSha: sha('b'),
      baseBranch: 'main',
      failures: [{ tool: 'unittest', type: 'ZeroDivisionError' }],
      job: { id: 9, name: 'test', step: 'Run the tests' },
      failingCommand: 'python3 -m unittest -v',
      exitCode: 1,
      paths: ['pricing/calc.py', 'tests/test_calc.py', 'README.md', '.github/workflows/self-heal.yml'],
      irregularPaths: ['linked.py', 'vendor/lib'],
      treeTruncated: false,
      hasSandboxWorkflow: true,
      policyText: '',
    });
    expect(evidence.suspects[0]).toMatchObject({ path: 'pricing/calc.py' });
    expect(evidence.sources.map(({ path, mode }) => [path, mode])).toEqual([
      ['pricing/calc.py', '100644'],
      ['tests/test_calc.py', '100755'],
    ]);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('test_zero') });
  });

  it('says what changed since the workflow was green, and has the spoken-of file among the few that are kept', async () => {
    const others = Array.from({ length: 30 }, (_, i) => ({ path: `docs/${i}.md`, status: 'modified', patch: '+x' }));
    const { desk, calls } = pricing({
      runsOf: async () => [greenRun()],
      compare: async () => ({ ...comparison, files: [...others, ...comparison.files] }),
    });
    const { evidence } = (await collect(incident(), desk)).papers;
    expect(evidence?.sinceGreen).toMatchObject({
      since: { runId: 60 },
      commits: [{ subject: 'calc: compute the share first', author: 'ada' }],
      breaking: { sha: sha('a') },
      nothingChanged: false,
    });
    expect(evidence?.changes[0]?.path).toBe('pricing/calc.py');
    expect(evidence?.changes).toHaveLength(20);
    expect(evidence?.suspects[0]?.reasons).toContain('line 2, which the failure names, was changed');
    expect(calls.map(({ name }) => name)).toEqual(['jobs', 'jobLog', 'runsOf', 'compare', 'tree', 'files', 'openTwin']);
    expect(JSON.stringify(evidence)).not.toContain(secret);
  });

  it('names whom CODEOWNERS does, and that file is none to mend', async () => {
    const owners = { CODEOWNERS: '* @acme/all\npricing/ @acme/core\n', 'pricing/calc.py': 'def calc(): pass\n' };
    const { desk } = pricing({
      tree: async () => ({ entries: [...tree, entry('CODEOWNERS')], truncated: false }),
      files: reading(owners),
    });
    const { evidence } = (await collect(incident(), desk)).papers;
    expect(evidence?.suspects.find(({ path }) => path === 'pricing/calc.py')?.owners).toEqual(['@acme/core']);
    expect(evidence?.sources.map(({ path }) => path)).toEqual(['pricing/calc.py']);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an expression of GitHub's, not of ours.
  const deploy = 'on: push\njobs: { a: { runs-on: ubuntu-latest, env: { K: "${{ secrets.K }}" }, permissions: {} } }\n';

  it('says which workflows would meet a fix with something to lose, read with the sources and none of them', async () => {
    const others = Array.from({ length: 25 }, (_, i) => `.github/workflows/w${i}.yml`);
    const texts = Object.fromEntries(others.slice(0, 18).map((path) => [path, 'on: schedule\njobs: {}\n']));
    const { desk, argsOf } = pricing({
      tree: async () => ({
        entries: [...tree, ...others.map((path) => entry(path)), entry('.github/workflows/deploy.yml', '120000')],
        truncated: false,
      }),
      files: reading({ 'pricing/calc.py': 'def calc(): pass\n', ...texts, '.github/workflows/w18.yml': deploy }),
    });
    const { evidence } = (await collect(incident(), desk)).papers;
    const unread = { event: 'any', when: 'released', why: ['it could not be read'] };
    expect(evidence?.exposures).toEqual([
      { workflow: '.github/workflows/self-heal.yml', ...unread },
      { workflow: others[18], event: 'push', when: 'released', why: ['uses the secret K'] },
      ...others.slice(19).map((workflow) => ({ workflow, ...unread })),
      { workflow: '.github/workflows/deploy.yml', ...unread },
    ]);
    expect(argsOf('files')).toHaveLength(1);
    expect(evidence?.sources.map(({ path }) => path)).toEqual(['pricing/calc.py']);
  });

  it('says nothing of workflows where the tree is too large to be known', async () => {
    const { desk } = pricing({ tree: async () => ({ entries: tree, truncated: true }) });
    expect((await collect(incident(), desk)).papers.evidence).not.toHaveProperty('exposures');
  });

  it('holds no secret of the log or the commit', async () => {
    const outcome = await collect(incident(), pricing().desk);
    expect(JSON.stringify(outcome)).toContain('[redacted:github-token]');
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it('is read from the job that names a test, before one that has only an exit code', async () => {
    const logs = new Map([
      [9, log],
      [8, '2026-03-02T08:00:00.0000000Z ##[error]Process completed with exit code 2.'],
    ]);
    const { desk, argsOf } = pricing({
      jobs: async () => [job({ id: 7, conclusion: 'success' }), job({ id: 8, name: 'lint' }), job()],
      jobLog: async (id) => streamed(logs.get(id) ?? ''),
    });
    expect((await collect(incident(), desk)).papers.evidence?.job?.name).toBe('test');
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([8, 9]);
  });

  it('reads the logs of three failed jobs at most', async () => {
    const many = Array.from({ length: 40 }, (_, index) => job({ id: index + 1 }));
    const { desk, argsOf } = pricing({ jobs: async () => many, jobLog: async () => undefined });
    expect(await collect(incident(), desk)).toMatchObject({ kind: 'stop', reason: 'no-evidence' });
    expect(argsOf('jobLog')).toHaveLength(3);
  });

  it.each([
    ['no job failed', { jobs: async () => [job({ conclusion: 'cancelled' })] }, 'could not start'],
    ['the logs are gone', { jobLog: async () => undefined }, 'are gone'],
    ['the commit is gone', { commit: async () => undefined }, 'is gone'],
    [
      'the log is empty',
      {
        jobLog: async () => streamed(''),
        jobAnnotations: async () => [],
        commit: async () => ({ ...commit, files: [] }),
      },
      'names a failure',
    ],
  ])('is none when %s', async (_, answers, says) => {
    expect(await collect(incident(), pricing(answers).desk)).toMatchObject({
      kind: 'stop',
      reason: 'no-evidence',
      said: expect.stringContaining(says),
    });
  });

  it('stays within its bounds, however large log, tree and commit are', async () => {
    const entries = Array.from({ length: 30_000 }, (_, index) => entry(`src/file${index}.py`));
    const files = Array.from({ length: 300 }, (_, index) => ({
      path: `src/file${index}.py`,
      status: 'modified',
      patch: 'x'.repeat(20_000),
    }));
    const { desk, argsOf } = pricing({
      tree: async () => ({ entries: [...entries, ...tree], truncated: false }),
      commit: async () => ({ ...commit, files }),
      files: async (_, paths) =>
        new Map(paths.map((path) => [path, path.startsWith('.github') ? '' : 'y'.repeat(40_000)])),
      jobLog: async () => streamed(`${log}\n${`2026-03-02T08:00:00.0000000Z ${'z'.repeat(200)}\n`.repeat(5_000)}`),
    });
    const { evidence } = (await collect(incident(), desk)).papers;
    expect(evidence?.excerpt.length).toBeLessThanOrEqual(8_000);
    expect(evidence?.paths).toHaveLength(20_000);
    expect(evidence?.treeTruncated).toBe(true);
    expect(evidence?.changes).toHaveLength(20);
    expect(evidence?.suspects.length).toBeLessThanOrEqual(20);
    expect(evidence?.sources.reduce((sum, source) => sum + source.text.length, 0)).toBeLessThanOrEqual(96_000);
    expect(argsOf('files')[0]?.[1]).toHaveProperty('length', expect.any(Number));
    expect(argsOf('files').flatMap(([, paths]) => paths).length).toBeLessThanOrEqual(11);
  });
});

describe('what bars an incident', () => {
  const onRelease = incident({}, { trigger: { ...runTrigger, headBranch: 'release/1' } });

  it('is another branch, unless the policy of the default branch names it', async () => {
    const { desk, argsOf, calls } = pricing();
    expect(await collect(onRelease, desk)).toMatchObject({ kind: 'stop', reason: 'not-ours' });
    expect(argsOf('file')).toEqual([['.github/self-heal.yml', 'main']]);
    expect(calls).toHaveLength(1);
  });

  it('is not a branch that the policy names', async () => {
    const outcome = await collect(onRelease, pricing({}, {}, 'branches: [release/1]').desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { evidence: { baseBranch: 'release/1' } } });
  });

  it('is judged by the policy of the default branch, whatever that branch says itself', async () => {
    const strict = 'branches: [release/1]\nlimits:\n  files: 1';
    const loose = 'branches: [release/1]\nallow: ["**"]';
    const { desk } = pricing({
      file: async () => ({ text: strict }),
      filesOf: async (_, paths, maxBytes) => ({
        texts: await reading({ 'pricing/calc.py': 'def calc(): pass\n', '.github/self-heal.yml': loose })(
          '',
          paths,
          maxBytes,
        ),
        commit: { sha: sha('a'), treeSha: sha('b') },
      }),
    });
    const { evidence } = (await collect(onRelease, desk)).papers;
    expect(evidence?.policyText).toBe(strict);
    expect(evidence?.sources.map(({ path }) => path)).not.toContain('.github/self-heal.yml');
  });

  it('is the policy’s mode: off', async () => {
    expect(await collect(incident(), pricing({}, {}, 'mode: off').desk)).toMatchObject({
      kind: 'stop',
      reason: 'disabled',
    });
  });

  it('is none of it for a dry run: that was asked for by somebody who may, and shows nothing', async () => {
    const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'u' };
    const asked = (headBranch: string) => incident({}, { trigger: { ...runTrigger, headBranch, dryRun } });
    for (const branch of ['main', 'release/1']) {
      const { desk, argsOf } = pricing({}, {}, 'mode: off');
      expect(await collect(asked(branch), desk)).toMatchObject({ kind: 'done' });
      expect(argsOf('openTwin')).toEqual([]);
    }
  });

  it('is not shadow mode, of which the scoreboard will tell', async () => {
    const outcome = await collect(incident(), pricing({}, {}, 'mode: shadow').desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { shadow: true } });
  });

  it('is an open incident with the same failure, which is then known to be seen again', async () => {
    const twin = incident({ id: 'zzzzzzzzzz' });
    const { desk } = pricing({}, { memory: { openTwin: async () => twin } });
    expect(await collect(incident(), desk)).toMatchObject({
      kind: 'stop',
      reason: 'duplicate',
      papers: { duplicateOf: 'zzzzzzzzzz', evidence: { baseSha: sha('a') } },
    });
  });

  const history: FileVersion[] = [
    { sha: sha('a'), isThere: true, text: 'attemps: 2' },
    { sha: sha('7'), isThere: true, text: 'attempts: 2' },
  ];

  it('is not a mistake in the policy: that is told, and the last one without is in force', async () => {
    const { desk, argsOf } = pricing({ versions: async () => history }, {}, 'attemps: 2');
    const outcome = await collect(incident(), desk);
    const said = /self-heal\.yml has mistakes, so the version of commit 7777777777 stays in force: line 1: attemps/;
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringMatching(said) });
    expect(readPolicy(outcome.papers.evidence?.policyText ?? '').policy).toEqual({ ...defaultPolicy, attempts: 2 });
    expect(argsOf('versions')).toEqual([['.github/self-heal.yml', sha('a'), expect.any(Number)]]);
  });

  it('is what the owner’s policy for all forbids, on every branch', async () => {
    const file = async () => ({ text: 'mode: off\n' });
    const { desk } = pricing({}, {}, 'mode: propose\nbranches: [release/1]\n');
    for (const one of [incident(), onRelease])
      expect(await collect(one, { ...desk, owner: { ...desk.github, file } })).toMatchObject({
        kind: 'stop',
        reason: 'disabled',
        said: expect.stringContaining('mode is final'),
      });
  });
});

describe('the one more round', () => {
  const before: Evidence = {
    ...collected,
    paths: [...collected.paths, 'pricing/rates.py', 'CODEOWNERS'],
    suspects: [{ path: 'pricing/calc.py', score: 0.5, reasons: ['x'], lines: [2] }],
    wanted: ['pricing/rates.py:40-44', 'gone.py'],
  };
  const body = Array.from({ length: 120 }, (_, i) => `def rate${i}():\n    return ${i}\n`).join('\n');
  const files = {
    ...{ 'pricing/calc.py': 'from pricing import rates\n', 'pricing/rates.py': body, 'tests/test_calc.py': '' },
    CODEOWNERS: '* @acme/all\n',
  };
  const asked = () =>
    pricing({
      files: reading(files),
      tree: async () => ({ entries: [...tree, entry('pricing/rates.py', '100755')], truncated: false }),
    });

  it('reads first what was asked for, and changes only the sources and how they are shown', async () => {
    const { desk, calls, argsOf } = asked();
    const outcome = await collect(incident({}, { evidence: before }), desk);
    const evidence = Evidence.parse(outcome.papers.evidence);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('pricing/rates.py') });
    const { sources, code, ...rest } = evidence;
    const { sources: _, code: __, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(evidence.wanted).toBeDefined();
    expect(sources[0]).toEqual({ path: 'pricing/rates.py', mode: '100755', text: body });
    expect(sources.map(({ path }) => path)).toEqual(['pricing/rates.py', 'pricing/calc.py', 'tests/test_calc.py']);
    expect(code?.text.startsWith('### pricing/rates.py')).toBe(true);
    expect(code?.text).toContain('def rate13():');
    expect(calls.map(({ name }) => name)).toEqual(['files', 'tree']);
    expect(argsOf('files')).toEqual([[sha('a'), expect.not.arrayContaining(['gone.py']), expect.any(Number)]]);
  });

  it('needs no tree where the file was read before', async () => {
    const wanted = { ...before, wanted: ['pricing/calc.py'], paths: collected.sources.map(({ path }) => path) };
    const { desk, calls } = asked();
    expect(await collect(incident({}, { evidence: wanted }), desk)).toMatchObject({ kind: 'done' });
    expect(calls.map(({ name }) => name)).toEqual(['files']);
  });

  it('keeps the sources within their budget', async () => {
    const old = Array.from({ length: 9 }, (_, i) => ({
      path: `old${i}.py`,
      mode: '100644' as const,
      text: 'x'.repeat(10_000),
    }));
    const { desk } = asked();
    const { evidence } = (await collect(incident({}, { evidence: { ...before, sources: old } }), desk)).papers;
    expect(evidence?.sources[0]?.path).toBe('pricing/rates.py');
    expect(evidence?.sources.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(96_000);
  });
});
