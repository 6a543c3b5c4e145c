// The engine that was asked for → an open engine that has shown that it works here, or an error with every reason why not.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from './action-error.ts';
import { openBubblewrap } from './engines/bubblewrap.ts';
import { openDocker } from './engines/docker.ts';
import type { Engine, EngineName, EngineQuestion, OpenEngine, SandboxRequest } from './engines/engine.ts';
import { openNone } from './engines/none.ts';
import { openPodman } from './engines/podman.ts';
import { giveTo } from './work-trees.ts';

interface Candidate {
  readonly name: EngineName;
  readonly label: string;
  readonly open: OpenEngine;
}

const CANDIDATES: readonly Candidate[] = [
  { name: 'docker', label: 'docker', open: openDocker },
  { name: 'podman', label: 'podman', open: (ask) => openPodman(ask) },
  // crun, podman's usual choice, refuses machines with the older control groups; runc does not.
  { name: 'podman', label: 'podman with runc', open: (ask) => openPodman(ask, 'runc') },
  { name: 'bubblewrap', label: 'bubblewrap', open: openBubblewrap },
];

export interface EngineChoice extends EngineQuestion {
  readonly engine: EngineName | 'auto';
  /** The request of a real run, from which the trial takes everything but the command and the work tree. */
  readonly requestFor: (workTree: string) => SandboxRequest;
}

export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  if (choice.engine === 'none') return openNone();
  const asked = CANDIDATES.filter(({ name }) => choice.engine === 'auto' || choice.engine === name);
  const refusals: string[] = [];
  for (const { label, open } of asked) {
    const engine = await open(choice).catch((error: unknown) => {
      if (!(error instanceof ActionError)) throw error;
      refusals.push(`${label}: ${error.message}`);
      return undefined;
    });
    if (engine === undefined) continue;
    const fault = await trial(engine, choice);
    if (fault === undefined) return engine;
    await engine.close();
    refusals.push(`${label}: ${fault}`);
  }
  throw new ActionError(
    `No sandbox works on this runner, so nothing was run. ${refusals.join('; ')}. ` +
      'Use a runner with docker (ubuntu-latest has it), or install podman or bubblewrap.',
  );
}

/** Being installed is not enough: many machines forbid what a sandbox needs. */
async function trial(engine: Engine, choice: EngineChoice): Promise<string | undefined> {
  const workTree = await mkdtemp(join(choice.folder, 'trial-'));
  try {
    await giveTo(workTree, choice.host.user);
    const request = choice.requestFor(workTree);
    const limits = { ...request.limits, timeoutSeconds: 60 };
    const end = await engine.run({ ...request, limits, command: 'touch works && rm works' });
    if (end.exitCode === 0) return undefined;
    return end.reason ?? `a trial run ended with ${end.exitCode}: ${end.output.trim().slice(0, 300)}`;
  } finally {
    await rm(workTree, { recursive: true, force: true });
  }
}
