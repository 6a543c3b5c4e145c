// Cases and a model → their results, a few at a time, each told as it comes; whatever happens, nothing stays behind.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Case } from './case.ts';
import { type CaseResult, noResult } from './result.ts';
import { type Harness, runCase } from './run-case.ts';
import { openSandbox } from './sandbox.ts';
import { firstStart, type Model } from './world.ts';

export interface EvaluationOptions {
  model: Model;
  jobs: number;
  withinMs: number;
  /** Leaves the folders of the cases where they are. */
  keep: boolean;
  signal: AbortSignal;
  onOpen(place: { folder: string; engine: string }): void;
  onResult(result: CaseResult): void;
}

/** In the order of the cases. */
export async function evaluated(cases: readonly Case[], options: EvaluationOptions): Promise<CaseResult[]> {
  const { model, keep, signal, withinMs } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'self-heal-eval-'));
  try {
    await findCargo(cases);
    const data = path.join(folder, '.first-start');
    await firstStart(data);
    const sandbox = await openSandbox(path.join(folder, '.sandbox'), model.kind === 'recorded');
    options.onOpen({ folder, engine: sandbox.engine });
    try {
      const harness: Harness = { folder, data, sandbox, model, withinMs, keep, signal };
      return await inLanes(cases, options.jobs, async (one) => {
        signal.throwIfAborted();
        const why = await reasonToSkip(one, model);
        const result = why ? noResult(one, 'skipped', why) : await runCase(one, harness);
        options.onResult(result);
        return result;
      });
    } finally {
      await sandbox.close();
    }
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A lane that fails ends the others too, and all have ended before this does. */
async function inLanes<In, Out>(items: readonly In[], lanes: number, work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  const queue = [...items.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}

/** Rustup's programs find their toolchain by HOME, which jobs and sandboxes have their own of: so the toolchain goes on PATH. */
async function findCargo(cases: readonly Case[]): Promise<void> {
  if (!cases.some(({ needs }) => needs.includes('cargo')) || !(await isOnPath('rustc'))) return;
  const { stdout } = await promisify(execFile)('rustc', ['--print', 'sysroot']);
  process.env.PATH = [path.join(stdout.trim(), 'bin'), process.env.PATH].join(path.delimiter);
}

/** Reasons to stop that are reached before anybody asks a model. */
const withoutModel: ReadonlySet<string> = new Set(['recovered', 'no-evidence', 'not-ours', 'disabled']);

async function reasonToSkip(one: Case, model: Model): Promise<string | undefined> {
  const missing: string[] = [];
  for (const program of one.needs) if (!(await isOnPath(program))) missing.push(program);
  if (missing.length > 0) return `not installed here: ${missing.join(', ')}`;
  if (model.kind === 'recorded' && one.replies.length === 0 && !withoutModel.has(one.expect))
    return 'it has no recorded replies: set GEMINI_API_KEY';
  return undefined;
}

async function isOnPath(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    try {
      await access(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
    }
  }
  return false;
}
