// The name of an engine → that engine open on this machine with a work folder of its own, or the reason why it cannot be.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionError } from '../../action/src/action-error.ts';
import { chooseEngine } from '../../action/src/choose-engine.ts';
import type { EngineName, SandboxEnd, SandboxRequest } from '../../action/src/engines/engine.ts';
import { sandboxEnvironment } from '../../action/src/environment.ts';
import { readHost } from '../../action/src/host.ts';
import { planMounts } from '../../action/src/layout.ts';
import { type Limits, scratchMb } from '../../action/src/limits.ts';
import { giveTo } from '../../action/src/work-trees.ts';

export interface Sandbox {
  /** The path of the work folder as the command sees it. */
  readonly directory: string;
  /** The same folder from outside. */
  readonly workTree: string;
  /** A folder outside of everything that is mounted, except for what `named` asks for. */
  readonly outside: string;
  run(command: string, limits?: Partial<Limits>, cancelled?: AbortSignal): Promise<SandboxEnd>;
  close(): Promise<void>;
}

const LIMITS: Limits = { timeoutSeconds: 60, memoryMb: 512, processes: 128, outputKb: 64 };

export interface SandboxOptions {
  /** What a person who runs this has at home, by default whoever runs the tests. */
  readonly home?: (outside: string) => string;
  readonly readOnlyPaths?: (outside: string) => readonly string[];
  readonly writablePaths?: (outside: string) => readonly string[];
}

export async function openSandbox(
  name: EngineName,
  options: SandboxOptions = {},
): Promise<Sandbox | { readonly unavailable: string }> {
  const outside = mkdtempSync(join(tmpdir(), 'self-heal-test-'));
  const directory = join(outside, 'workspace/project');
  const workTree = join(outside, 'copy');
  mkdirSync(workTree, { recursive: true });
  const home = options.home?.(outside) ?? homedir();
  const readOnlyPaths = options.readOnlyPaths?.(outside) ?? [];
  const writablePaths = options.writablePaths?.(outside) ?? [];
  const named = [...readOnlyPaths, ...writablePaths];
  const host = await readHost({ path: process.env.PATH ?? '', home, directory, keepOut: [outside], named });
  await giveTo(workTree, host.user);
  const requestFor = (tree: string): SandboxRequest => ({
    command: 'true',
    mounts: planMounts({
      host,
      home: host.home,
      directory,
      workTree: tree,
      ...{ readOnlyPaths, writablePaths },
      scratchMb: scratchMb(LIMITS),
      ownImage: false,
    }),
    directory,
    workTree: tree,
    environment: sandboxEnvironment(process.env, { home: host.home, extra: [], ownImage: false }),
    limits: LIMITS,
    cancelled: new AbortController().signal,
  });
  try {
    const engine = await chooseEngine({ engine: name, image: undefined, host, folder: outside, requestFor });
    return {
      directory,
      workTree,
      outside,
      run: (command, limits = {}, cancelled = new AbortController().signal) =>
        engine.run({ ...requestFor(workTree), command, cancelled, limits: { ...LIMITS, ...limits } }),
      close: async () => {
        await engine.close();
        rmSync(outside, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(outside, { recursive: true, force: true });
    if (error instanceof ActionError) return { unavailable: error.message };
    throw error;
  }
}
