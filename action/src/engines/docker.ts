// Docker on this machine → an engine that runs each request in a container of its own.
import { type ContainerProgram, runInContainer } from './containers.ts';
import type { Engine, EngineName, EngineQuestion } from './engine.ts';
import { callProgram } from './program.ts';
import { importRunnerImage } from './runner-image.ts';

export function openDocker(ask: EngineQuestion): Promise<Engine> {
  return openContainers('docker', { command: ['docker'], createArguments: [] }, ask);
}

/** Rejects when the program is not there, its daemon does not answer, or the image cannot be had. */
export async function openContainers(
  name: EngineName,
  program: ContainerProgram,
  ask: EngineQuestion,
): Promise<Engine> {
  await callProgram(program.command, ['version'], 20_000);
  const { host, folder } = ask;
  const own = ask.image === undefined;
  if (ask.image !== undefined) await callProgram(program.command, ['pull', '--quiet', ask.image], 600_000);
  const image = ask.image ?? (await importRunnerImage(program.command, host, folder));
  return {
    name,
    run: (request) => runInContainer(program, image, host.user, request),
    close: async () => {
      if (own) await callProgram(program.command, ['image', 'rm', image]);
    },
  };
}
