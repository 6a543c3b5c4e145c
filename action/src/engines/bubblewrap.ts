// A sandbox request → a bubblewrap command line, run and watched; for machines without a container daemon.
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ActionError } from '../action-error.ts';
import { contains, type SandboxUser } from '../host.ts';
import type { Mount } from '../layout.ts';
import { entry, type Limits, scratchMb } from '../limits.ts';
import { residentBytesOfTree } from '../process-tree.ts';
import { type BoundedEnd, runBounded } from '../run-bounded.ts';
import { type Engine, type EngineQuestion, type SandboxRequest, sandboxEnd } from './engine.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;

export async function openBubblewrap({ host, image }: EngineQuestion): Promise<Engine> {
  if (image !== undefined) throw new ActionError('bubblewrap has no images');
  try {
    await run('bwrap', ['--version'], { timeout: 10_000 });
  } catch (cause) {
    throw new ActionError('the program `bwrap` is not installed', { cause });
  }
  const asRoot = process.getuid?.() === 0;
  return { name: 'bubblewrap', run: (request) => runIn(request, host.user, asRoot), close: async () => undefined };
}

async function runIn(request: SandboxRequest, user: SandboxUser, asRoot: boolean) {
  const { limits } = request;
  const end = await runBounded({
    file: 'bwrap',
    args: bubblewrapArguments(request, user, asRoot),
    // bwrap's own process is process 1 inside, so it has no other environment than the tests.
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1000,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memoryFault(processId, limits),
  });
  return sandboxEnd(end, exitCodeOf(end));
}

/** All processes together are held by this, a quarter of a second late at most; each alone by `ulimit -d` at once. */
export function memoryFault(processId: number, limits: Limits): string | undefined {
  const used = residentBytesOfTree(processId);
  if (used <= limits.memoryMb * MB) return undefined;
  return `ended because it held ${Math.round(used / MB)} MB of memory, above the limit of ${limits.memoryMb} MB`;
}

/** Node 24 reserves 576 MB of private memory before its first line; `ulimit -v` would count even tens of gigabytes. */
const RESERVED_MB = 1024;

export function memoryAndProcessLimits(limits: Limits): string[] {
  return [`-d ${(limits.memoryMb + RESERVED_MB) * 1024}`, `-u ${limits.processes}`];
}

/** Pure. Root drops to `user` inside; anybody else gets a user namespace of their own. */
export function bubblewrapArguments(request: SandboxRequest, user: SandboxUser, asRoot: boolean): string[] {
  const { limits } = request;
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const noPowers = ['--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'];
  const namespaces = asRoot
    ? ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try']
    : ['--unshare-all', '--unshare-user', '--disable-userns'];
  const powers = asRoot ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((power) => ['--cap-add', power]) : [];
  return [
    ...namespaces,
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox', '--cap-drop', 'ALL', ...powers],
    ...['--proc', '/proc', '--dev', '/dev', ...scratch('/dev/shm', scratchMb(limits))],
    ...mountsInOrder(request.mounts),
    ...['--remount-ro', '/', '--chdir', '/', '--json-status-fd', '3', '--'],
    ...(asRoot ? ['setpriv', ...ids, ...noPowers, '--'] : []),
    ...entry(request.command, request.directory, limits, memoryAndProcessLimits(limits)),
  ];
}

/** bwrap makes missing folders above a mount for root only, so they are made before it, for everybody to pass. */
function mountsInOrder(mounts: readonly Mount[]): string[] {
  const made = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const around = mounts.slice(0, index).findLast(({ path }) => contains(path, mount.path));
    // Inside a mounted folder of the machine everything is there already, and could not be made either.
    if (around !== undefined && around.kind !== 'scratch') return mountArguments(mount);
    const missing: string[] = [];
    const top = around?.path ?? '/';
    for (let at = dirname(mount.path); at !== top && !made.has(at); at = dirname(at)) missing.unshift(at);
    for (const path of missing) made.add(path);
    return [...missing.flatMap((path) => ['--perms', '0755', '--dir', path]), ...mountArguments(mount)];
  });
}

function scratch(path: string, sizeMb: number): string[] {
  return ['--perms', '1777', '--size', String(sizeMb * MB), '--tmpfs', path];
}

function mountArguments(mount: Mount): string[] {
  switch (mount.kind) {
    case 'read-only':
      return ['--ro-bind', mount.path, mount.path];
    case 'scratch':
      return scratch(mount.path, mount.sizeMb);
    case 'link':
      return ['--symlink', mount.target, mount.path];
    case 'work':
      return ['--bind', mount.source, mount.path];
    case 'hidden':
      return ['--ro-bind', '/dev/null', mount.path];
  }
}

const ExitStatus = z.object({ 'exit-code': z.number().int() });

/** bwrap writes it to a pipe that is closed inside the sandbox, so a test cannot write there. */
function exitCodeOf(end: BoundedEnd): number | undefined {
  for (const line of end.status.split('\n').filter((text) => text.trim() !== '')) {
    const parsed = ExitStatus.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data['exit-code'];
  }
  return undefined;
}
