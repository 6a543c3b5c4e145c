// A sandbox request → a bubblewrap command line, run and watched; for machines without a container daemon.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ActionError } from '../action-error.ts';
import { watchDisk } from '../disk-use.ts';
import type { SandboxUser } from '../host.ts';
import { foldersAround } from '../layout.ts';
import { diskMbOf, entry, type Limits, scratchMb } from '../limits.ts';
import { watchMemory } from '../memory-use.ts';
import { type BoundedEnd, runBounded } from '../run-bounded.ts';
import { type Engine, type EngineQuestion, type PlacedMount, type PlacedRequest, sandboxEnd } from './engine.ts';
import { mergedOf, overlaid } from './overlays.ts';
import { onProcessors } from './processors.ts';
import { type StandIns, writeStandIns } from './stand-ins.ts';
import { systemCallFilter } from './system-calls.ts';
import { withWritableFolders } from './writable-folders.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;

export async function openBubblewrap({ host, image, folder }: EngineQuestion): Promise<Engine> {
  if (image !== undefined) throw new ActionError('bubblewrap has no images');
  await needs('bwrap', 'bubblewrap');
  await needs('taskset', 'util-linux');
  const machine: Machine = {
    user: host.user,
    asRoot: process.getuid?.() === 0,
    covered: COVERED.filter((path) => existsSync(path)),
    standIns: await writeStandIns(folder),
  };
  const placing = { folder, user: host.user, asRoot: machine.asRoot, overlays: true };
  return {
    name: 'bubblewrap',
    run: (request) => withWritableFolders(request, placing, (placed) => runIn(placed, machine)),
    close: async () => undefined,
  };
}

export interface Machine {
  readonly user: SandboxUser;
  /** Root drops to `user` inside; anybody else gets a user namespace of their own. */
  readonly asRoot: boolean;
  readonly covered: readonly string[];
  readonly standIns: StandIns;
}

/** Of /proc, what tells about the whole machine; container engines cover the same. */
const COVERED = ['keys', 'key-users', 'kcore', 'timer_list', 'sched_debug', 'latency_stats'].map((it) => `/proc/${it}`);

async function needs(program: string, ofPackage: string): Promise<void> {
  await run(program, ['--version'], { timeout: 10_000 }).catch((cause: unknown) => {
    throw new ActionError(`the program \`${program}\` (package ${ofPackage}) is not installed`, { cause });
  });
}

/**
 * Whatever the runner left open when it started us (an open folder is a way around every mount) would be open inside:
 * bwrap closes nothing. 3 and 4 are read by bwrap itself.
 */
const ONLY_OURS = [
  ...['bash', '--noprofile', '--norc', '-c'],
  `for it in /proc/self/fd/*; do
     it=\${it##*/}; case $it in [0-4]) ;; *) eval "exec $it>&-" ;; esac
   done
   exec "$@"`,
  'self-heal',
];

async function runIn(request: PlacedRequest, machine: Machine) {
  const { limits } = request;
  const bound = onProcessors(limits);
  const program = ['bwrap', ...bubblewrapArguments(request, machine)];
  const [file = 'bash', ...args] = [...ONLY_OURS, ...bound, ...overlaid(request.mounts), ...program];
  const disk = await watchDisk(request.written, diskMbOf(limits));
  const memory = watchMemory(limits);
  const end = await runBounded({
    ...{ file, args },
    // bwrap's own process is process 1 inside, so it has no other environment than the tests.
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1000,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memory(processId) ?? disk.fault(),
    handedOver: systemCallFilter(process.arch, bound.length > 0),
  });
  return sandboxEnd(end, exitCodeOf(end));
}

/** Node 24 reserves 576 MB of private memory before its first line; `ulimit -v` would count even tens of gigabytes. */
const RESERVED_MB = 1024;

export function memoryAndProcessLimits(limits: Limits): string[] {
  return [`-d ${(limits.memoryMb + RESERVED_MB) * 1024}`, `-u ${limits.processes}`];
}

/** Pure. */
export function bubblewrapArguments(request: PlacedRequest, machine: Machine): string[] {
  const { limits } = request;
  const { user, asRoot } = machine;
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const noPowers = ['--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'];
  const namespaces = asRoot
    ? ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try']
    : ['--unshare-all', '--unshare-user', '--uid', String(user.uid), '--gid', String(user.gid), '--disable-userns'];
  const powers = asRoot ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((power) => ['--cap-add', power]) : [];
  return [
    ...namespaces,
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox', '--cap-drop', 'ALL', ...powers],
    ...['--proc', '/proc', ...machine.covered.flatMap((path) => ['--ro-bind', '/dev/null', path])],
    ...['--dev', '/dev', ...scratch('/dev/shm', scratchMb(limits))],
    ...mountsInOrder(request.mounts, machine.standIns),
    ...['--remount-ro', '/', '--chdir', '/', '--json-status-fd', '3', '--seccomp', '4', '--'],
    ...(asRoot ? ['setpriv', ...ids, ...noPowers, '--'] : []),
    ...entry(request.command, request.directory, limits, memoryAndProcessLimits(limits)),
  ];
}

/** bwrap makes missing folders above a mount for root only, so they are made before it: for everybody to pass, and
 * in a folder in memory for everybody to write. */
function mountsInOrder(mounts: readonly PlacedMount[], standIns: StandIns): string[] {
  const made = new Set<string>();
  return mounts.flatMap((mount, index) => {
    // Inside a mounted folder of the machine everything is there already, and could not be made either.
    const { missing, inScratch } = foldersAround(mount.path, mounts.slice(0, index));
    const fresh = missing.filter((path) => !made.has(path));
    for (const path of fresh) made.add(path);
    return [
      ...fresh.flatMap((path) => ['--perms', inScratch ? '1777' : '0755', '--dir', path]),
      ...mountArguments(mount, standIns),
    ];
  });
}

function scratch(path: string, sizeMb: number): string[] {
  return ['--perms', '1777', '--size', String(sizeMb * MB), '--tmpfs', path];
}

function mountArguments(mount: PlacedMount, standIns: StandIns): string[] {
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
      return ['--ro-bind', standIns.fileFor(mount.path), mount.path];
    case 'hidden-folder':
      return ['--ro-bind', standIns.folder, mount.path];
    case 'overlay':
      return ['--bind', mergedOf(mount), mount.path];
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
