// A sandbox request → the command run on the bare machine with a clean environment; only when it is asked for by name.

import { watchDisk } from '../disk-use.ts';
import { diskMbOf, entry } from '../limits.ts';
import { watchMemory } from '../memory-use.ts';
import { runBounded } from '../run-bounded.ts';
import { memoryAndProcessLimits } from './bubblewrap.ts';
import { type Engine, type SandboxRequest, sandboxEnd } from './engine.ts';
import { onProcessors } from './processors.ts';

export async function openNone(): Promise<Engine> {
  return { name: 'none', run: runIn, close: async () => undefined };
}

/** Nothing is laid out: the tests write where they like, also into the folders of `writable-paths`. */
async function runIn(request: SandboxRequest) {
  const { limits } = request;
  // The number of processes is counted for the whole machine's user here, so that limit cannot be kept.
  const memoryOnly = memoryAndProcessLimits(limits).slice(0, 1);
  const [file = 'bash', ...args] = [
    ...onProcessors(limits),
    ...entry(request.command, request.workTree, limits, memoryOnly),
  ];
  const disk = await watchDisk([request.workTree], diskMbOf(limits));
  const memory = watchMemory(limits);
  const end = await runBounded({
    file,
    args,
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1000,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memory(processId) ?? disk.fault(),
  });
  return sandboxEnd(end, end.exitCode ?? undefined);
}
