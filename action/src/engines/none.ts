// A sandbox request → the command run on the bare machine with a clean environment; only when it is asked for by name.

import { entry } from '../limits.ts';
import { runBounded } from '../run-bounded.ts';
import { memoryAndProcessLimits, memoryFault } from './bubblewrap.ts';
import { type Engine, type SandboxRequest, sandboxEnd } from './engine.ts';

export async function openNone(): Promise<Engine> {
  return { name: 'none', run: runIn, close: async () => undefined };
}

async function runIn(request: SandboxRequest) {
  const { limits } = request;
  // The number of processes is counted for the whole machine's user here, so that limit cannot be kept.
  const memoryOnly = memoryAndProcessLimits(limits).slice(0, 1);
  const [file = 'bash', ...args] = entry(request.command, request.workTree, limits, memoryOnly);
  const end = await runBounded({
    file,
    args,
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1000,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memoryFault(processId, limits),
  });
  return sandboxEnd(end, end.exitCode ?? undefined);
}
