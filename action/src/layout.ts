// What a sandbox shall show → the list of its mounts, outermost first; pure, and the same for every engine.
import { dirname } from 'node:path';
import { contains, type Host } from './host.ts';

export type Mount =
  /** A folder or file of the machine that can be read, and not written. */
  | { readonly kind: 'read-only'; readonly path: string }
  /** An empty folder in memory, for anybody to write. */
  | { readonly kind: 'scratch'; readonly path: string; readonly sizeMb: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** The copy of the prepared base, writable, at the path of the original. */
  | { readonly kind: 'work'; readonly path: string; readonly source: string }
  /** A folder of the machine that a run may write into without changing it; each engine has its own way. */
  | { readonly kind: 'writable'; readonly path: string }
  /** A file that is covered up. */
  | { readonly kind: 'hidden'; readonly path: string }
  | { readonly kind: 'hidden-folder'; readonly path: string };

export interface LayoutQuestion {
  readonly host: Host;
  /** An empty HOME. */
  readonly home: string;
  /** Where the base was prepared; tools write this path into what they install. */
  readonly directory: string;
  readonly workTree: string;
  readonly readOnlyPaths: readonly string[];
  /** Each run sees them as they are; what it writes there is gone after it. */
  readonly writablePaths?: readonly string[];
  readonly scratchMb: number;
  /** The system comes from a container image, not from this machine. */
  readonly ownImage: boolean;
}

export function planMounts(ask: LayoutQuestion): Mount[] {
  const { host, home, directory, scratchMb: sizeMb } = ask;
  const mounts: Mount[] = [];
  const outside = (paths: readonly string[]) => paths.filter((path) => !contains(directory, path));
  const readOnly = (paths: readonly string[]) =>
    mounts.push(...paths.map((path) => ({ kind: 'read-only', path }) as const));
  const writable = outside(ask.writablePaths ?? []);
  for (const path of ['/tmp', '/var/tmp', home]) mounts.push({ kind: 'scratch', path, sizeMb });
  if (!ask.ownImage) {
    for (const { path, linkTo } of host.system) {
      mounts.push(linkTo === undefined ? { kind: 'read-only', path } : { kind: 'link', path, target: linkTo });
    }
    readOnly(host.settings);
    // Of a folder that may be written, no part is taken back because it is also known as some tool's.
    readOnly(host.tools.filter((tool) => !writable.some((path) => contains(path, tool))));
  }
  readOnly(outside(ask.readOnlyPaths));
  for (const path of writable) mounts.push({ kind: 'writable', path });
  mounts.push(...hiddenMounts(ask));
  mounts.push({ kind: 'work', path: directory, source: ask.workTree });
  return sorted(mounts);
}

/** Of an image's own system nothing is covered up, only of what the machine lays over it. */
function hiddenMounts({ host, ownImage, readOnlyPaths, writablePaths = [] }: LayoutQuestion): Mount[] {
  const named = [...readOnlyPaths, ...writablePaths];
  const shown = (path: string) => !ownImage || named.some((folder) => contains(folder, path));
  return [
    ...host.credentials.filter(shown).map((path) => ({ kind: 'hidden', path }) as const),
    ...host.credentialFolders.filter(shown).map((path) => ({ kind: 'hidden-folder', path }) as const),
  ];
}

/**
 * Folders in memory that have to be made around a mount, such as ~/.cache around ~/.cache/uv: other tools want to
 * make theirs in them.
 */
export function foldersAround(path: string, before: readonly { readonly kind: string; readonly path: string }[]) {
  const around = before.findLast((mount) => contains(mount.path, path));
  const missing: string[] = [];
  if (around !== undefined && around.kind !== 'scratch') return { missing, inScratch: false };
  const top = around?.path ?? '/';
  for (let at = dirname(path); at !== top; at = dirname(at)) missing.unshift(at);
  return { missing, inScratch: around !== undefined };
}

/** One mount a path, the one named last; a folder before what lies in it; nothing twice below the same folder. */
function sorted(mounts: readonly Mount[]): Mount[] {
  const byPath = new Map(mounts.map((mount) => [mount.path, mount]));
  const all = [...byPath.values()].sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
  return all.filter((mount) => mount.kind !== 'read-only' || innermostAround(mount, all)?.kind !== 'read-only');
}

function innermostAround(mount: Mount, all: readonly Mount[]): Mount | undefined {
  return all.findLast((other) => other !== mount && contains(other.path, mount.path));
}

function depth(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}
