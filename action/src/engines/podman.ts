// Podman on this machine → an engine that runs each request in a container of its own, without a daemon.
import type { ContainerProgram } from './containers.ts';
import { openContainers } from './docker.ts';
import type { Engine, EngineQuestion } from './engine.ts';
import { narrowedProfile } from './system-call-profile.ts';

/** `runtime` names another runtime than podman's own choice. */
export async function openPodman(ask: EngineQuestion, runtime?: string): Promise<Engine> {
  const program = podmanProgram(process.getuid?.() === 0, runtime);
  const profile = await narrowedProfile(program.command, ask.folder);
  const systemCalls = profile === undefined ? [] : ['--security-opt', `seccomp=${profile}`];
  const createArguments = [...program.createArguments, ...systemCalls];
  return openContainers('podman', { ...program, createArguments }, ask);
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
    overlayArguments: ({ path, upper, work }) => ['--volume', overlayVolume(path, upper, work)],
  };
}

/** Podman's own overlay knows no way to write a colon in a path; such a folder makes the start fail, and is copied. */
function overlayVolume(path: string, upper: string, work: string): string {
  return `${path}:${path}:O,upperdir=${upper},workdir=${work}`;
}
