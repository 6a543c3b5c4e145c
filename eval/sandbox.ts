// A tree and a command → whether the command passes in it, in the sandbox that the Action uses.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ActionError } from '../action/src/action-error.ts';
import { chooseEngine } from '../action/src/choose-engine.ts';
import type { Engine, EngineName, SandboxEnd, SandboxRequest } from '../action/src/engines/engine.ts';
import { sandboxEnvironment } from '../action/src/environment.ts';
import { readHost } from '../action/src/host.ts';
import { planMounts } from '../action/src/layout.ts';
import { scratchMb } from '../action/src/limits.ts';
import { copyPrepared, removeTree } from '../action/src/work-trees.ts';

const limits = { timeoutSeconds: 120, memoryMb: 2_048, processes: 512, outputKb: 64 };

export interface Sandbox {
  engine: EngineName;
  run(tree: string, command: string, env: Record<string, string>): Promise<SandboxEnd>;
  close(): Promise<void>;
}

/** Bubblewrap first: it starts in milliseconds. `none` only for code that is this project's own. */
export async function openSandbox(folder: string, codeIsOurs: boolean): Promise<Sandbox> {
  const directory = path.join(folder, 'tree');
  await mkdir(directory, { recursive: true });
  // As in the workflows, the Node that runs this goes first.
  const programs = [path.dirname(process.execPath), process.env.PATH ?? ''].join(path.delimiter);
  const host = await readHost({ path: programs, home: homedir(), directory, keepOut: [folder] });
  const layout = { host, home: host.home, directory, readOnlyPaths: [], scratchMb: scratchMb(limits), ownImage: false };
  const requestFor = (workTree: string, command = 'true', env: Record<string, string> = {}): SandboxRequest => ({
    ...{ command, directory, workTree, limits },
    environment: {
      ...sandboxEnvironment({ ...process.env, PATH: programs }, { home: host.home, extra: [], ownImage: false }),
      ...env,
    },
    mounts: planMounts({ ...layout, workTree }),
    cancelled: new AbortController().signal,
  });
  const chosen = (engine: EngineName | 'auto'): Promise<Engine | undefined> =>
    chooseEngine({ engine, image: undefined, host, folder, requestFor }).catch((error: unknown) => {
      if (error instanceof ActionError) return undefined;
      throw error;
    });
  const engine =
    (await chosen('bubblewrap')) ?? (await chosen('auto')) ?? (codeIsOurs ? await chosen('none') : undefined);
  if (!engine)
    throw new Error(
      'No sandbox works here, and code that a model writes is not run without one: install docker, podman or bubblewrap, or use --recorded.',
    );
  return {
    engine: engine.name,
    close: () => engine.close(),
    async run(tree, command, env) {
      const copy = await mkdtemp(path.join(folder, 'copy-'));
      try {
        await copyPrepared(tree, copy, host.user);
        return await engine.run(requestFor(copy, command, env));
      } finally {
        await removeTree(copy);
      }
    },
  };
}
