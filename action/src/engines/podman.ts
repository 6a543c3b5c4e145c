// Podman on this machine → an engine that runs each request in a container of its own, without a daemon.
import type { ContainerProgram } from './containers.ts';
import { openContainers } from './docker.ts';
import type { Engine, EngineQuestion } from './engine.ts';

/** `runtime` names another runtime than podman's own choice. */
export function openPodman(ask: EngineQuestion, runtime?: string): Promise<Engine> {
  return openContainers('podman', podmanProgram(process.getuid?.() === 0, runtime), ask);
}

/** Pure. */
export function podmanProgram(asRoot: boolean, runtime?: string): ContainerProgram {
  return {
    command: runtime === undefined ? ['podman'] : ['podman', '--runtime', runtime],
    createArguments: [
      '--http-proxy=false',
      // Podman asks for a million of each, which fails where this machine's own bounds are lower.
      ...['--ulimit', 'nofile=4096:4096', '--ulimit', 'nproc=4096:4096'],
      // Without root, the files of the copy belong to the person; this keeps their number the same inside.
      ...(asRoot ? [] : ['--userns', 'keep-id']),
    ],
  };
}
