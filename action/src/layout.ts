// What a sandbox shall show → the list of its mounts, outermost first; pure, and the same for every engine.
import { contains, type Host } from './host.ts';

export type Mount =
  /** A folder or file of the machine that can be read, and not written. */
  | { readonly kind: 'read-only'; readonly path: string }
  /** An empty folder in memory, for anybody to write. */
  | { readonly kind: 'scratch'; readonly path: string; readonly sizeMb: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** The copy of the prepared base, writable, at the path of the original. */
  | { readonly kind: 'work'; readonly path: string; readonly source: string }
  /** A file that is covered up. */
  | { readonly kind: 'hidden'; readonly path: string };

export interface LayoutQuestion {
  readonly host: Host;
  /** An empty HOME. */
  readonly home: string;
  /** Where the base was prepared; tools write this path into what they install. */
  readonly directory: string;
  readonly workTree: string;
  readonly readOnlyPaths: readonly string[];
  readonly scratchMb: number;
  /** The system comes from a container image, not from this machine. */
  readonly ownImage: boolean;
}

export function planMounts(ask: LayoutQuestion): Mount[] {
  const { host, home, directory, scratchMb: sizeMb } = ask;
  const mounts: Mount[] = [];
  const readOnly = (paths: readonly string[]) =>
    mounts.push(...paths.map((path) => ({ kind: 'read-only', path }) as const));
  for (const path of ['/tmp', '/var/tmp', home]) mounts.push({ kind: 'scratch', path, sizeMb });
  if (!ask.ownImage) {
    for (const { path, linkTo } of host.system) {
      mounts.push(linkTo === undefined ? { kind: 'read-only', path } : { kind: 'link', path, target: linkTo });
    }
    readOnly(host.settings);
    readOnly(host.tools);
    for (const path of host.credentials) mounts.push({ kind: 'hidden', path });
  }
  readOnly(ask.readOnlyPaths.filter((path) => !contains(directory, path)));
  mounts.push({ kind: 'work', path: directory, source: ask.workTree });
  return sorted(mounts);
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
