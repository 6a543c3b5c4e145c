// What is learnt while the Action works → the report by the shared schema, complete at any moment, and written to a file.
import { writeFile } from 'node:fs/promises';
import { SandboxReport, type SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import type { EngineName } from './engines/engine.ts';
import type { Settings } from './inputs.ts';

export class ReportDraft {
  readonly #settings: Settings;
  readonly #startedAt = new Date();
  readonly #runs: SandboxRun[] = [];
  engine: EngineName | 'undecided' = 'undecided';
  modifiedPaths: readonly string[] = [];
  changedPaths: readonly string[] = [];
  error: string | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  add(run: SandboxRun): void {
    this.#runs.push(run);
  }

  /** Goes through the schema, so that what is written is what the App can read. */
  finish(): SandboxReport {
    const { incident, attempt, base, candidate, command, limits, tests } = this.#settings;
    return SandboxReport.parse({
      version: 1,
      ...{ incident, attempt, base, candidate, command },
      engine: this.engine,
      limits: { ...limits, network: this.engine === 'none' ? 'unrestricted' : 'none' },
      modifiedPaths: this.modifiedPaths.slice(0, 100),
      changedPaths: this.changedPaths,
      testPaths: this.changedPaths.filter((path) => tests.includes(path)),
      startedAt: this.#startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      runs: this.#runs,
      ...(this.error === undefined ? {} : { error: this.error.slice(0, 2_000) }),
    });
  }
}

export async function writeReport(path: string, report: SandboxReport): Promise<void> {
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`, { flag: 'wx' });
}
