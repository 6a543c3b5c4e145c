// The folders that a run may write into without changing them → the words before `bwrap` that lay them over the machine's own.
import { join } from 'node:path';
import type { Overlay, PlacedMount } from './engine.ts';
import { overlayOptions } from './writable-folders.ts';

/**
 * Pure. In a user namespace of one's own the kernel (from 5.11 on) mounts overlays for everybody, and they are gone with
 * the last process. bwrap makes the next namespace inside of that one, with the person's own number again.
 * bwrap's own `--overlay` came with 0.11, which most machines do not have yet.
 */
export function overlaid(mounts: readonly PlacedMount[]): string[] {
  const overlays = mounts.filter((mount): mount is Overlay => mount.kind === 'overlay');
  if (overlays.length === 0) return [];
  const script = [
    'set -e',
    'while [ "$1" != -- ]; do mount -t overlay overlay -o "$1" -- "$2"; shift 2; done',
    'shift',
    'exec "$@"',
  ].join('\n');
  const words = overlays.flatMap((mount) => {
    const options = overlayOptions({ lower: mount.path, upper: mount.upper, work: mount.work }, 'userxattr');
    return [options, mergedOf(mount)];
  });
  const namespace = ['unshare', '--user', '--map-root-user', '--mount', '--'];
  return [...namespace, 'bash', '--noprofile', '--norc', '-c', script, 'self-heal', ...words, '--'];
}

/** Pure. */
export function mergedOf({ upper }: Overlay): string {
  return join(upper, '../merged');
}
