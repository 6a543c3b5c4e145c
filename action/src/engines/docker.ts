// Docker on this machine → an engine that runs each request in a container of its own.
import { type ContainerProgram, mountOption, runInContainer } from './containers.ts';
import type { Engine, EngineName, EngineQuestion, Overlay } from './engine.ts';
import { callProgram } from './program.ts';
import { importRunnerImage } from './runner-image.ts';
import { writeStandIns } from './stand-ins.ts';
import { overlayOptions, withWritableFolders } from './writable-folders.ts';

/** The daemon belongs to root, so it may mount overlays; a volume of its own `local` kind is one. */
export const DOCKER: ContainerProgram = { command: ['docker'], createArguments: [], overlayArguments: volumeOverlay };

export function openDocker(ask: EngineQuestion): Promise<Engine> {
  return openContainers('docker', DOCKER, ask);
}

/** The volume has no name, so it is gone with its container (`rm --volumes`). */
function volumeOverlay({ path, upper, work }: Overlay): string[] {
  const options = overlayOptions({ lower: path, upper, work });
  return mountOption([
    ...['type=volume', `target=${path}`, 'volume-driver=local', 'volume-nocopy'],
    ...['volume-opt=type=overlay', 'volume-opt=device=overlay', `volume-opt=o=${options}`],
  ]);
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
  const inside = { image, user: host.user, standIns: await writeStandIns(folder) };
  const placing = { folder, user: host.user, asRoot: process.getuid?.() === 0, overlays: true };
  return {
    name,
    run: (request) => withWritableFolders(request, placing, (placed) => runInContainer(program, inside, placed)),
    close: async () => {
      if (own) await callProgram(program.command, ['image', 'rm', image]);
    },
  };
}
