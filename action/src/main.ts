// One step of a workflow → a sandbox report in a file, a job summary, and an exit code that the tests' output cannot reach.
import { mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import type { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';
import { ActionError } from './action-error.ts';
import { parseInputs, type Settings } from './inputs.ts';
import { ReportDraft, writeReport } from './report.ts';
import { shownOutput } from './show-output.ts';
import { nameOf, resultOf, summaryOf } from './summary.ts';
import { validate } from './validate.ts';
import { removeTree } from './work-trees.ts';

async function main(): Promise<void> {
  const token = core.getInput('token');
  if (token !== '') core.setSecret(token);
  const settings = parseInputs(core.getInput);
  // Two folders: the report's is kept for the upload step, the work's is removed, and no sandbox shows either.
  const temporary = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'self-heal-'));
  const work = await mkdtemp(join(temporary, 'work-'));
  const draft = new ReportDraft(settings, process.env);
  try {
    await validate(settings, { ...runner(), temporary: work }, draft);
  } catch (error) {
    draft.error = error instanceof ActionError ? error.message : `A defect of the Action: ${String(error)}`;
    core.setFailed(error instanceof Error && !(error instanceof ActionError) ? error : draft.error);
  } finally {
    await removeTree(work).catch((error: unknown) => core.warning(`Temporary files stay in ${work}: ${String(error)}`));
  }
  await deliver(settings, draft, temporary);
}

function runner() {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort());
  return { environment: process.env, home: homedir(), cancelled: cancel.signal, onRun: show, onWarning: core.warning };
}

function show(run: SandboxRun): void {
  for (const end of [run, ...(run.testCommand ? [run.testCommand] : [])]) {
    const name = end === run ? nameOf(run) : `${nameOf(run)}, all tests`;
    const seconds = (end.durationMs / 1000).toFixed(1);
    process.stdout.write(shownOutput(`Output of the run "${name}"`, end.output));
    core.info(`${name}: ${end.ended}, exit ${end.exitCode ?? 'none'}, ${seconds} s, ${resultOf(end).split(':')[0]}`);
  }
}

async function deliver(settings: Settings, draft: ReportDraft, folder: string): Promise<void> {
  const report = draft.finish();
  const path = join(folder, 'self-heal-report.json');
  await writeReport(path, report);
  core.setOutput('report', path);
  core.setOutput('ran', String(report.error === undefined));
  core.info(`The report on ${settings.incident}, attempt ${settings.attempt}: ${path}`);
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(summaryOf(report)).write();
}

await main().catch((error: unknown) => core.setFailed(error instanceof Error ? error.message : String(error)));
