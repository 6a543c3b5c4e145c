// An open engine, the prepared base and the candidate's files → the runs and their repetitions, each in a copy of its own.
import { join } from 'node:path';
import type { CommandEnd, SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { ActionError } from './action-error.ts';
import type { Engine, SandboxRequest } from './engines/engine.ts';
import type { CandidateFile } from './fetch-candidate.ts';
import type { SandboxUser } from './host.ts';
import { layOver, overlayDigest } from './lay-over.ts';
import { readReports, reportsBefore } from './read-reports.ts';
import { shortened } from './shortened.ts';
import type { TreeIds } from './tree-ids.ts';
import { copyPrepared, giveTo, removeTree } from './work-trees.ts';

export interface Runs {
  readonly engine: Engine;
  readonly user: SandboxUser;
  readonly directory: string;
  /** Where the copies are made. */
  readonly folder: string;
  readonly plan: readonly PlannedRun[];
  readonly asked: Asked;
  readonly requestFor: (workTree: string) => SandboxRequest;
  readonly onRun: (run: SandboxRun) => void;
}

/** What the workflow's inputs ask for. */
export interface Asked {
  readonly trigger: 'workflow-run' | 'issue';
  readonly testCommand: string | undefined;
  readonly repeat: number;
  /** Globs. */
  readonly reports: readonly string[];
}

export interface PlannedRun {
  readonly name: SandboxRun['name'];
  readonly files: readonly CandidateFile[];
  readonly tree?: string;
  readonly skip?: string;
}

/** A failure that shows in none of so many runs is not there to be mended. */
const BASE_ROUNDS = 3;
/** Of a repetition's output: of the first round everything is kept. */
const REPEATED_OUTPUT = 64 * 1024;

/** Stops after a run that could not be started: the next one could not either. */
export async function carryOutRuns(runs: Runs): Promise<void> {
  let skip: string | undefined;
  for (const planned of runs.plan) {
    const why = skip ?? planned.skip;
    if (why !== undefined) {
      runs.onRun(skipped(planned, why));
      continue;
    }
    const first = await round(planned, 1, runs);
    const more = passed(first) ? repetitions(planned.name, runs.asked) : 0;
    for (let number = 2; number <= more + 1; number += 1) await round(planned, number, runs);
    if (planned.name === 'base' && more > 0) skip = 'the failing commit passes, so there is nothing to prove';
  }
}

/** How often a run that passed is made again. An issue's failure may need its test, so its base may pass. */
function repetitions(name: SandboxRun['name'], { trigger, repeat }: Asked): number {
  if (name === 'candidate') return repeat;
  return name === 'base' && trigger === 'workflow-run' ? BASE_ROUNDS - 1 : 0;
}

/** Pure. Throws when a path is called a test that the candidate does not change. */
export function planRuns(files: readonly CandidateFile[], tests: readonly string[], trees?: TreeIds): PlannedRun[] {
  const changed = new Set(files.map(({ path }) => path));
  const unknown = tests.filter((path) => !changed.has(path));
  if (unknown.length > 0) {
    const paths = unknown.map((path) => JSON.stringify(path)).join(', ');
    throw new ActionError(`\`tests\` names ${paths}, which the candidate does not change. Name changed files only.`);
  }
  const testFiles = files.filter(({ path }) => tests.includes(path));
  const testOnly: PlannedRun =
    testFiles.length > 0
      ? { name: 'test-only', files: testFiles, ...treeOf(trees?.testOnly) }
      : { name: 'test-only', files: [], skip: 'the candidate brings no test, none was named in the input `tests`' };
  return [
    { name: 'base', files: [], ...treeOf(trees?.base) },
    testOnly,
    { name: 'candidate', files, ...treeOf(trees?.candidate) },
  ];
}

const treeOf = (tree: string | undefined) => (tree === undefined ? {} : { tree });

async function round(planned: PlannedRun, number: number, runs: Runs): Promise<SandboxRun> {
  const { run, unstarted } = await carryOut(planned, number, runs);
  runs.onRun(run);
  if (unstarted) {
    const reason = unstarted.reason ?? 'no reason is known';
    throw new ActionError(`The run \`${run.name}\` could not be carried out: ${reason}`);
  }
  return run;
}

async function carryOut({ name, files, tree }: PlannedRun, number: number, runs: Runs) {
  const workTree = join(runs.folder, `${name}-${number}`);
  const startedAt = new Date().toISOString();
  const globs = number === 1 ? runs.asked.reports : [];
  try {
    await copyPrepared(runs.directory, workTree, runs.user);
    await layOver(workTree, files);
    await giveTo(workTree, runs.user);
    const before = await reportsBefore(workTree, globs);
    const request = runs.requestFor(workTree);
    const end = await runs.engine.run(request);
    const testEnd = await allTests(name, end, request, runs);
    const ends = testEnd ? [end, testEnd] : [end];
    const kept = (one: CommandEnd): CommandEnd => (number === 1 ? one : shortened(one, REPEATED_OUTPUT));
    const run: SandboxRun = {
      ...{ name, round: number, startedAt, overlayDigest: overlayDigest(files) },
      ...treeOf(tree),
      ...kept(end),
      ...(testEnd ? { testCommand: kept(testEnd) } : {}),
      ...(await readReports(workTree, globs, before)),
    };
    return { run, unstarted: ends.find(({ ended }) => ended === 'not-started') };
  } finally {
    await removeTree(workTree);
  }
}

/** In the same copy, right after the first command. A candidate that is red already is not run any further. */
async function allTests(
  name: SandboxRun['name'],
  first: CommandEnd,
  request: SandboxRequest,
  { asked, engine }: Runs,
): Promise<CommandEnd | undefined> {
  if (asked.testCommand === undefined) return undefined;
  if (first.ended !== 'completed') return notRun(`the first command did not end by itself: ${first.ended}`);
  if (name === 'candidate' && first.exitCode !== 0) return notRun(`the first command ended with ${first.exitCode}`);
  return engine.run({ ...request, command: asked.testCommand });
}

function notRun(reason: string): CommandEnd {
  return { exitCode: null, ended: 'skipped', reason, durationMs: 0, output: '', outputTruncated: false };
}

const passed = (run: SandboxRun): boolean =>
  [run, run.testCommand].every((end) => end === undefined || (end.ended === 'completed' && end.exitCode === 0));

function skipped({ name }: PlannedRun, reason: string): SandboxRun {
  const startedAt = new Date().toISOString();
  return { name, round: 1, startedAt, ...notRun(reason), reports: [], overlayDigest: overlayDigest([]) };
}
