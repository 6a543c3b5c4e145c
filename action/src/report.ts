// What is learnt while the Action works → the report by the shared schema, complete at any moment, and written to a file.
import { writeFile } from 'node:fs/promises';
import { arch, availableParallelism, release, totalmem, type } from 'node:os';
import { SandboxReport, type SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import type { EngineName } from './engines/engine.ts';
import type { Settings } from './inputs.ts';
import type { TreeIds } from './tree-ids.ts';

export class ReportDraft {
  readonly #settings: Settings;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #startedAt = new Date();
  readonly #runs: SandboxRun[] = [];
  engine: EngineName | 'undecided' = 'undecided';
  modifiedPaths: readonly string[] = [];
  changedPaths: readonly string[] = [];
  trees: TreeIds | undefined;
  error: string | undefined;

  constructor(settings: Settings, environment: Readonly<Record<string, string | undefined>> = {}) {
    this.#settings = settings;
    this.#environment = environment;
  }

  add(run: SandboxRun): void {
    this.#runs.push(run);
  }

  /** Goes through the schema, so that what is written is what the App can read. */
  finish(): SandboxReport {
    const { incident, attempt, trigger, base, candidate, command, testCommand, repeat, limits, tests } = this.#settings;
    return SandboxReport.parse({
      version: 2,
      ...{ incident, attempt, trigger, base, candidate, command, repeat },
      ...(testCommand === undefined ? {} : { testCommand }),
      engine: this.engine,
      limits: { ...limits, network: this.engine === 'none' ? 'unrestricted' : 'none' },
      environment: machine(this.#environment),
      modifiedPaths: this.modifiedPaths.slice(0, 100),
      changedPaths: this.changedPaths,
      testPaths: this.changedPaths.filter((path) => tests.includes(path)),
      ...(this.trees === undefined ? {} : { trees: { base: this.trees.base, candidate: this.trees.candidate } }),
      startedAt: this.#startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      runs: this.#runs,
      ...(this.error === undefined ? {} : { error: this.error.slice(0, 2_000) }),
    });
  }
}

/** `ImageOS` and `ImageVersion` are set on GitHub's own runners. */
function machine({ ImageOS: os, ImageVersion: version }: Readonly<Record<string, string | undefined>>) {
  const image = [os, version].filter(Boolean).join(' ').slice(0, 200);
  return {
    system: `${type()} ${release()}`.slice(0, 200),
    architecture: arch(),
    processors: availableParallelism(),
    memoryMb: Math.floor(totalmem() / 1024 / 1024),
    ...(image === '' ? {} : { runnerImage: image }),
  };
}

export async function writeReport(path: string, report: SandboxReport): Promise<void> {
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`, { flag: 'wx' });
}
