// The plan carried out by an engine that only pretends: which runs there are, how often, with which commands and reports.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SandboxEnd, SandboxRequest } from '../../action/src/engines/engine.ts';
import type { CandidateFile } from '../../action/src/fetch-candidate.ts';
import { type Asked, carryOutRuns, planRuns } from '../../action/src/runs.ts';
import { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { writeFiles } from './candidate-repository.ts';

const file = (path: string): CandidateFile => ({ path, content: Buffer.from('new'), executable: false });
const end = (changes: Partial<SandboxEnd> = {}): SandboxEnd => ({
  ...{ exitCode: 0, ended: 'completed', output: 'out', outputTruncated: false, durationMs: 5 },
  ...changes,
});
const red = { exitCode: 1 } as const;
const usual: Asked = { trigger: 'workflow-run', testCommand: undefined, repeat: 0, reports: [] };

describe('the runs', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'self-heal-runs-'));
    mkdirSync(join(folder, 'copies'));
    writeFiles(join(folder, 'prepared'), { 'a.js': 'old', 'reports/old.xml': 'old' });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** `answers`: the ends of the commands in their order; all others are green. */
  async function carriedOut(
    answers: readonly Partial<SandboxEnd>[],
    asked: Partial<Asked> = {},
    during: (request: SandboxRequest) => void = () => undefined,
  ) {
    const runs: SandboxRun[] = [];
    const commands: string[] = [];
    const run = async (request: SandboxRequest) => {
      commands.push(request.command);
      during(request);
      return end(answers[commands.length - 1]);
    };
    const done = carryOutRuns({
      engine: { name: 'none', run, close: async () => undefined },
      user: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
      directory: join(folder, 'prepared'),
      folder: join(folder, 'copies'),
      plan: planRuns([file('a.js'), file('a.test.js')], ['a.test.js'], {
        base: 'a'.repeat(40),
        testOnly: 'b'.repeat(40),
        candidate: 'c'.repeat(40),
      }),
      asked: { ...usual, ...asked },
      requestFor: (workTree) => ({
        ...{ command: 'one', mounts: [], directory: workTree, workTree, environment: {} },
        limits: { timeoutSeconds: 1, memoryMb: 64, processes: 8, outputKb: 4, cpus: 0, diskMb: 64 },
        cancelled: new AbortController().signal,
      }),
      onRun: (one) => runs.push(SandboxRun.parse(one)),
    });
    const error = await done.then(
      () => undefined,
      (thrown: unknown) => String(thrown),
    );
    return { runs, commands, error };
  }
  const shown = (runs: readonly SandboxRun[]) => runs.map(({ name, round, ended }) => `${name} ${round} ${ended}`);

  it('are three, of three trees', async () => {
    const trees: string[] = [];
    const { runs, commands } = await carriedOut([red, red], {}, ({ workTree }) => {
      trees.push(readFileSync(join(workTree, 'a.js'), 'utf8'));
    });
    expect(shown(runs)).toEqual(['base 1 completed', 'test-only 1 completed', 'candidate 1 completed']);
    expect(commands).toEqual(['one', 'one', 'one']);
    expect(trees).toEqual(['old', 'old', 'new']);
    expect(runs.map(({ tree }) => tree?.slice(0, 1))).toEqual(['a', 'b', 'c']);
    expect(runs.every(({ testCommand }) => testCommand === undefined)).toBe(true);
  });

  it('of a base that passes are three of it, and none of the others', async () => {
    const { runs } = await carriedOut([{}, red, {}]);
    expect(shown(runs)).toEqual([
      'base 1 completed',
      'base 2 completed',
      'base 3 completed',
      'test-only 1 skipped',
      'candidate 1 skipped',
    ]);
    expect(runs.at(-1)?.reason).toContain('nothing to prove');
  });

  it('of an issue go on where the base passes', async () => {
    const { runs } = await carriedOut([{}, red], { trigger: 'issue' });
    expect(shown(runs)).toEqual(['base 1 completed', 'test-only 1 completed', 'candidate 1 completed']);
  });

  it('repeat the candidate as often as asked, and only if it passes', async () => {
    const { runs } = await carriedOut([red, red], { repeat: 2 });
    expect(shown(runs).slice(2)).toEqual(['candidate 1 completed', 'candidate 2 completed', 'candidate 3 completed']);
    expect((await carriedOut([red, red, red], { repeat: 2 })).runs).toHaveLength(3);
  });

  it('have all tests run after the first command, in the same copy', async () => {
    const { runs, commands } = await carriedOut([red, red, red, red], { testCommand: 'two' });
    expect(commands).toEqual(['one', 'two', 'one', 'two', 'one', 'two']);
    expect(runs.map(({ exitCode, testCommand }) => [exitCode, testCommand?.exitCode])).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  it('leave the tests of a candidate that is red already, and of anything that did not end', async () => {
    const late = { exitCode: null, ended: 'timed-out' } as const;
    const { runs } = await carriedOut([red, red, late, red], { testCommand: 'two' });
    expect(runs.map(({ testCommand }) => [testCommand?.ended, testCommand?.reason])).toEqual([
      ['completed', undefined],
      ['skipped', 'the first command did not end by itself: timed-out'],
      ['skipped', 'the first command ended with 1'],
    ]);
  });

  it('stop at the first that cannot be started, which is reported', async () => {
    const { runs, error } = await carriedOut([{ exitCode: null, ended: 'not-started', reason: 'no room' }]);
    expect(shown(runs)).toEqual(['base 1 not-started']);
    expect(error).toContain('`base` could not be carried out: no room');
  });

  it('bring the reports that they write, of their first round', async () => {
    const writing = ({ workTree }: SandboxRequest) => writeFiles(workTree, { 'reports/new.xml': '<x/>' });
    const { runs } = await carriedOut([red, red], { reports: ['reports/*.xml'], repeat: 1 }, writing);
    const own = [{ path: 'reports/new.xml', text: '<x/>' }];
    expect(runs.map(({ reports }) => reports)).toEqual([own, own, own, []]);
  });

  it('keep less of what repetitions print', async () => {
    const long = { output: `first${'x'.repeat(200_000)}last` };
    const { runs } = await carriedOut([{ ...red, ...long }, red, long, long], { repeat: 1 });
    expect(runs[0]?.outputTruncated).toBe(false);
    expect(runs.at(-1)?.outputTruncated).toBe(true);
    expect(runs.at(-1)?.output).toMatch(/^firstx+\n\[… 134473 characters left out …\]\nx+last$/);
  });
});

it('a test that the candidate does not change is an error', () => {
  expect(() => planRuns([file('a.js')], ['b.test.js'])).toThrow(/`tests` names "b\.test\.js"/);
  expect(planRuns([file('a.js')], [])[1]?.skip).toMatch(/no test/);
});
