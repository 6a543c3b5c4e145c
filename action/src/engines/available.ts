// This machine → the sandbox engine that `auto` would choose on it (or the one asked about), or undefined when none works.
import { mkdir, mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionError } from '../action-error.ts';
import { chooseEngine } from '../choose-engine.ts';
import { sandboxEnvironment } from '../environment.ts';
import { readHost } from '../host.ts';
import { planMounts } from '../layout.ts';
import { scratchMb } from '../limits.ts';
import { removeTree } from '../work-trees.ts';
import type { EngineName, SandboxRequest } from './engine.ts';

const LIMITS = { timeoutSeconds: 60, memoryMb: 1024, processes: 256, outputKb: 64 };

export async function availableEngine(wanted: EngineName | 'auto' = 'auto'): Promise<EngineName | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'self-heal-engine-'));
  try {
    const directory = join(folder, 'project');
    await mkdir(directory);
    const home = homedir();
    const host = await readHost({ path: process.env.PATH ?? '', home, directory, keepOut: [folder] });
    const layout = {
      host,
      home: host.home,
      directory,
      readOnlyPaths: [],
      scratchMb: scratchMb(LIMITS),
      ownImage: false,
    };
    const environment = sandboxEnvironment(process.env, { home: host.home, extra: [], ownImage: false });
    const requestFor = (workTree: string): SandboxRequest => ({
      ...{ command: 'true', directory, workTree, environment, limits: LIMITS },
      mounts: planMounts({ ...layout, workTree }),
      cancelled: new AbortController().signal,
    });
    const engine = await chooseEngine({ engine: wanted, image: undefined, host, folder, requestFor });
    await engine.close();
    return engine.name;
  } catch (error) {
    if (error instanceof ActionError) return undefined;
    throw error;
  } finally {
    await removeTree(folder);
  }
}
