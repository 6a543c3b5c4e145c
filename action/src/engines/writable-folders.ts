// A request with writable folders → the same with a place on the disk for each, laid over the machine's own where that can be had.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ActionError } from '../action-error.ts';
import type { SandboxUser } from '../host.ts';
import type { Mount } from '../layout.ts';
import { copyFolder, giveTo, removeTree } from '../work-trees.ts';
import type { PlacedMount, PlacedRequest, SandboxEnd, SandboxRequest } from './engine.ts';

const run = promisify(execFile);
const A_MINUTE_MS = 60_000;

export interface Placing {
  /** A folder of our own, outside of every mount. */
  readonly folder: string;
  readonly user: SandboxUser;
  readonly asRoot: boolean;
  /** The engine lays folders over each other itself, where the files belong to the person who started it. */
  overlays: boolean;
}

type Run = (request: PlacedRequest) => Promise<SandboxEnd>;

/**
 * Root's sandbox runs as somebody else, so there the copy has to change hands: root's own overlay can do that without
 * copying a byte. Elsewhere the engine's overlay is tried; where it does not start, and for `none`, it is a copy.
 */
export async function withWritableFolders(request: SandboxRequest, placing: Placing, run: Run): Promise<SandboxEnd> {
  if (!request.mounts.some(({ kind }) => kind === 'writable')) {
    return run({ ...request, mounts: request.mounts.filter(isPlaced), written: [request.workTree] });
  }
  const end = await runPlaced(request, placing, run);
  if (end.ended !== 'not-started' || !placing.overlays || placing.asRoot) return end;
  placing.overlays = false;
  return runPlaced(request, placing, run);
}

async function runPlaced(request: SandboxRequest, placing: Placing, run: Run): Promise<SandboxEnd> {
  const folder = await mkdtemp(join(placing.folder, 'writable-'));
  const mounted: string[] = [];
  try {
    const mounts: PlacedMount[] = [];
    for (const [index, mount] of request.mounts.entries()) {
      mounts.push(isPlaced(mount) ? mount : await place(mount.path, join(folder, String(index)), placing, mounted));
    }
    return await run({ ...request, mounts, written: [request.workTree, folder] });
  } finally {
    for (const path of mounted) await unmount(path);
    // An overlay can leave folders of the machine's root behind, which only the runner's own cleaning can remove.
    await removeTree(folder).catch(() => undefined);
  }
}

async function place(path: string, at: string, placing: Placing, mounted: string[]): Promise<PlacedMount> {
  const [upper, work, merged] = [join(at, 'upper'), join(at, 'work'), join(at, 'merged')];
  for (const folder of [upper, work, merged]) await mkdir(folder, { recursive: true });
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isDirectory())
    throw new ActionError(`\`writable-paths\` names ${path}, which is not a folder.`);
  const isFolder = found !== undefined;
  if (isFolder && placing.asRoot) {
    if (await overlayOfRoot(path, upper, work, merged)) {
      mounted.push(merged);
      await giveTo(merged, placing.user);
      return { kind: 'work', path, source: merged };
    }
  } else if (isFolder && placing.overlays) {
    return { kind: 'overlay', path, upper, work };
  }
  await copyFolder(path, merged);
  await giveTo(merged, placing.user);
  return { kind: 'work', path, source: merged };
}

/** `metacopy`: a file that only changes hands is not copied. False where the kernel or a container around us forbids it. */
async function overlayOfRoot(lower: string, upper: string, work: string, merged: string): Promise<boolean> {
  const options = overlayOptions({ lower, upper, work }, 'metacopy=on');
  return run('mount', ['-t', 'overlay', 'overlay', '-o', options, '--', merged], { timeout: A_MINUTE_MS }).then(
    () => true,
    () => false,
  );
}

/** Lazily: a process that is on its way out may still have a file open. */
async function unmount(path: string): Promise<void> {
  await run('umount', ['--lazy', '--', path], { timeout: A_MINUTE_MS });
}

/** Pure. The kernel's own way to write a path with a comma or a colon in it. */
export function overlayOptions(
  { lower, upper, work }: { readonly lower: string; readonly upper: string; readonly work: string },
  ...more: string[]
): string {
  const path = (text: string) => text.replace(/[\\,:]/g, (sign) => `\\${sign}`);
  return [`lowerdir=${path(lower)}`, `upperdir=${path(upper)}`, `workdir=${path(work)}`, ...more].join(',');
}

function isPlaced(mount: Mount): mount is Exclude<Mount, { readonly kind: 'writable' }> {
  return mount.kind !== 'writable';
}
