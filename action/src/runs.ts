// An open engine, the prepared base and the candidate's files → the three runs, each in a copy of its own.
import { join } from 'node:path';
import type { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { ActionError } from './action-error.ts';
import type { Engine, SandboxRequest } from './engines/engine.ts';
import type { CandidateFile } from './fetch-candidate.ts';
import type { SandboxUser } from './host.ts';
import { layOver, overlayDigest } from './lay-over.ts';
import { copyPrepared, giveTo, removeTree } from './work-trees.ts';

export interface Runs {
  readonly engine: Engine;
  readonly user: SandboxUser;
  readonly directory: string;
  /** Where the copies are made. */
  readonly folder: string;
  readonly plan: readonly PlannedRun[];
  readonly requestFor: (workTree: string) => SandboxRequest;
  readonly onRun: (run: SandboxRun) => void;
}

export interface PlannedRun {
  readonly name: SandboxRun['name'];
  readonly files: readonly CandidateFile[];
  readonly skip?: string;
}

/** Stops after a run that could not be started: the next one could not either. */
export async function carryOutRuns(runs: Runs): Promise<void> {
  for (const planned of runs.plan) {
    const run = planned.skip === undefined ? await carryOut(planned, runs) : skipped(planned, planned.skip);
    runs.onRun(run);
    if (run.ended === 'not-started') {
      throw new ActionError(`The run \`${run.name}\` could not be carried out: ${run.reason ?? 'no reason is known'}`);
    }
  }
}

/** Pure. Throws when a path is called a test that the candidate does not change. */
export function planRuns(files: readonly CandidateFile[], tests: readonly string[]): PlannedRun[] {
  const changed = new Set(files.map(({ path }) => path));
  const unknown = tests.filter((path) => !changed.has(path));
  if (unknown.length > 0) {
    const paths = unknown.map((path) => JSON.stringify(path)).join(', ');
    throw new ActionError(`\`tests\` names ${paths}, which the candidate does not change. Name changed files only.`);
  }
  const testFiles = files.filter(({ path }) => tests.includes(path));
  const testOnly: PlannedRun =
    testFiles.length > 0
      ? { name: 'test-only', files: testFiles }
      : { name: 'test-only', files: [], skip: 'the candidate brings no test, none was named in the input `tests`' };
  return [{ name: 'base', files: [] }, testOnly, { name: 'candidate', files }];
}

async function carryOut({ name, files }: PlannedRun, runs: Runs): Promise<SandboxRun> {
  const workTree = join(runs.folder, name);
  try {
    await copyPrepared(runs.directory, workTree, runs.user);
    await layOver(workTree, files);
    await giveTo(workTree, runs.user);
    const end = await runs.engine.run(runs.requestFor(workTree));
    return { name, overlayDigest: overlayDigest(files), ...end };
  } finally {
    await removeTree(workTree);
  }
}

function skipped({ name }: PlannedRun, reason: string): SandboxRun {
  return {
    name,
    exitCode: null,
    ended: 'skipped',
    reason,
    durationMs: 0,
    overlayDigest: overlayDigest([]),
    output: '',
    outputTruncated: false,
  };
}
