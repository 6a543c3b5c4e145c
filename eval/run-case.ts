// A case → its result, in a world of its own that is gone afterwards; whatever happens in it stays in it.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Incident } from '../src/incident/incident.ts';
import type { Case } from './case.ts';
import { CaseFault } from './case-fault.ts';
import { judgeCase } from './judge-case.ts';
import { playCase } from './play-case.ts';
import { type CaseResult, noResult } from './result.ts';
import type { Sandbox } from './sandbox.ts';
import { type Model, openWorld, type World } from './world.ts';

export interface Harness {
  /** A folder of the run's own; each case gets one in it. */
  folder: string;
  /** Data folder of an App that was started once. */
  data: string;
  sandbox: Sandbox;
  model: Model;
  withinMs: number;
  keep: boolean;
  signal: AbortSignal;
}

/** Throws only where the whole run was stopped. */
export async function runCase(one: Case, harness: Harness): Promise<CaseResult> {
  const { data, model, sandbox } = harness;
  const startedAtMs = Date.now();
  const folder = path.join(harness.folder, one.name);
  const timeOut = AbortSignal.timeout(harness.withinMs);
  let world: World | undefined;
  try {
    await mkdir(folder, { recursive: true });
    world = await openWorld(one, { folder, data, model, engine: sandbox.engine });
    const incident = await playCase(one, world, AbortSignal.any([harness.signal, timeOut]));
    const judgement = await judgeCase(one, incident, world, { sandbox, folder, recorded: model.kind === 'recorded' });
    return { ...resultOf(one, incident), ...judgement, elapsedMs: Date.now() - startedAtMs };
  } catch (error) {
    harness.signal.throwIfAborted();
    const elapsedMs = Date.now() - startedAtMs;
    if (timeOut.aborted) return noResult(one, 'timed out', await whereItStood(world), elapsedMs);
    const said = error instanceof Error && !(error instanceof CaseFault) ? error.stack : undefined;
    return noResult(one, 'broken', said ?? (error instanceof Error ? error.message : String(error)), elapsedMs);
  } finally {
    await world?.close();
    if (!harness.keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function resultOf(one: Case, { attempt, caseFile }: Incident): CaseResult {
  const { diagnosis, modelCalls: calls } = caseFile;
  const total = (of: (call: (typeof calls)[number]) => number) => calls.reduce((sum, call) => sum + of(call), 0);
  return {
    ...noResult(one, 'missed', ''),
    diagnosis: diagnosis ? { kind: diagnosis.kind, confidence: diagnosis.confidence } : null,
    attempts: caseFile.patch ? attempt : 0,
    calls: calls.length,
    inputTokens: total((call) => call.inputTokens),
    outputTokens: total((call) => call.outputTokens),
    thinkingTokens: total((call) => call.thinkingTokens),
    cachedTokens: total((call) => call.cachedTokens),
    costUsd: total((call) => call.costUsd ?? 0),
  };
}

async function whereItStood(world: World | undefined): Promise<string> {
  const incident = (await world?.incidents().catch(() => []))?.at(-1);
  const said = (incident?.timeline.at(-1)?.text ?? '').split('\n')[0];
  const complaint = world?.complaints().at(-1);
  return [
    incident ? `at ${incident.step}: ${said}` : 'no incident was opened',
    ...(complaint === undefined ? [] : [`the App's last complaint: ${complaint.slice(0, 500)}`]),
  ].join('\n');
}
