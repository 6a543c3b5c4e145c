// A sandbox request → the life of one container: created, started, waited for, asked for its exit code, removed.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ActionError } from '../action-error.ts';
import { watchDisk } from '../disk-use.ts';
import { engineEnvironment } from '../environment.ts';
import type { SandboxUser } from '../host.ts';
import { foldersAround } from '../layout.ts';
import { cpusOf, diskMbOf, entry, scratchMb } from '../limits.ts';
import { runBounded } from '../run-bounded.ts';
import { type Overlay, type PlacedMount, type PlacedRequest, type SandboxEnd, sandboxEnd } from './engine.ts';
import { callProgram } from './program.ts';
import type { StandIns } from './stand-ins.ts';

/** A program with docker's command line. */
export interface ContainerProgram {
  /** The program and what comes before every command, such as `podman --runtime runc`. */
  readonly command: readonly [file: string, ...args: string[]];
  /** What only this program wants at `create`. */
  readonly createArguments: readonly string[];
  /** How it lays a folder to write into over one of the machine's. */
  readonly overlayArguments: (overlay: Overlay) => string[];
}

const State = z.object({
  Status: z.string(),
  ExitCode: z.number().int(),
  OOMKilled: z.boolean().default(false),
  Error: z.string().default(''),
});

export interface Inside {
  readonly image: string;
  readonly user: SandboxUser;
  readonly standIns: StandIns;
}

export async function runInContainer(
  program: ContainerProgram,
  inside: Inside,
  request: PlacedRequest,
): Promise<SandboxEnd> {
  const name = `self-heal-${randomUUID()}`;
  const call = (...args: string[]) => callProgram(program.command, args);
  const [file, ...first] = program.command;
  const disk = await watchDisk(request.written, diskMbOf(request.limits));
  try {
    await call(...containerArguments(program, { name, ...inside }, request));
    const end = await runBounded({
      file,
      args: [...first, 'start', '--attach', name],
      env: engineEnvironment(process.env),
      timeoutMs: request.limits.timeoutSeconds * 1000,
      outputBytes: request.limits.outputKb * 1024,
      cancelled: request.cancelled,
      watch: () => disk.fault(),
      stop: async () => {
        await call('kill', name);
      },
    });
    const state = State.parse(JSON.parse(await call('inspect', '--format', '{{json .State}}', name)));
    const limit = `the limit of ${request.limits.memoryMb} MB of memory`;
    const tooMuch = state.OOMKilled && state.ExitCode === 137 ? `ended because it went above ${limit}` : undefined;
    return sandboxEnd(end, /^(exited|stopped)$/.test(state.Status) ? state.ExitCode : undefined, tooMuch);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const reason = `the sandbox did not start: ${error.message}`.slice(0, 480);
    return { exitCode: null, ended: 'not-started', reason, output: '', outputTruncated: false, durationMs: 0 };
  } finally {
    await call('rm', '--force', '--volumes', name).catch((error: unknown) => {
      // Nothing to remove is what this step wants; anything else would leave a container of ours behind.
      if (!/no such container|no container with/i.test(String(error))) throw error;
    });
  }
}

/** Pure: everything after the program's name. */
export function containerArguments(
  program: Pick<ContainerProgram, 'createArguments' | 'overlayArguments'>,
  container: Inside & { readonly name: string },
  request: PlacedRequest,
): string[] {
  const { limits } = request;
  const cpus = cpusOf(limits);
  const memory = `${limits.memoryMb}m`;
  // Docker's client fills proxy variables from its own configuration, with credentials in them; given ones win.
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];
  const noProxies = proxies.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, ''] as const);
  const environment = [...noProxies, ...Object.entries(request.environment)];
  return [
    ...['create', '--name', container.name, '--hostname', 'sandbox', '--network', 'none', '--pull', 'never'],
    ...['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    // Where SELinux is on, labels would hide the machine's own folders, which are mounted read-only.
    ...['--security-opt', 'label=disable'],
    ...['--user', `${container.user.uid}:${container.user.gid}`],
    ...['--pids-limit', String(limits.processes), '--memory', memory, '--memory-swap', memory],
    ...(cpus === undefined ? [] : ['--cpus', String(cpus)]),
    ...['--shm-size', `${scratchMb(limits)}m`, '--ulimit', 'core=0:0'],
    // The log file of a container knows no bound; the output is read from the attached client only.
    ...['--log-driver', 'none', ...program.createArguments],
    ...environment.flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...mountsInOrder(request, container.standIns, program.overlayArguments),
    ...['--entrypoint', 'bash', container.image],
    ...entry(request.command, request.directory, limits).slice(1),
  ];
}

/** What runc makes around a mount belongs to root, so a folder in memory is put there, in which everybody may write. */
function mountsInOrder(
  { mounts, limits }: PlacedRequest,
  standIns: StandIns,
  overlay: ContainerProgram['overlayArguments'],
): string[] {
  const sizeMb = scratchMb(limits);
  const made = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const { missing, inScratch } = foldersAround(mount.path, mounts.slice(0, index));
    const fresh = inScratch ? missing.filter((path) => !made.has(path)) : [];
    for (const path of fresh) made.add(path);
    return [...fresh.flatMap((path) => scratch(path, sizeMb)), ...mountArguments(mount, standIns, overlay)];
  });
}

function mountArguments(
  mount: PlacedMount,
  standIns: StandIns,
  overlay: ContainerProgram['overlayArguments'],
): string[] {
  switch (mount.kind) {
    case 'read-only':
      return bind(mount.path, mount.path, true);
    case 'scratch':
      return scratch(mount.path, mount.sizeMb);
    case 'work':
      return bind(mount.source, mount.path, false);
    case 'hidden':
      return bind(standIns.fileFor(mount.path), mount.path, true);
    case 'hidden-folder':
      return bind(standIns.folder, mount.path, true);
    case 'overlay':
      return overlay(mount);
    case 'link':
      // Links are part of the image, see runner-image.ts.
      return [];
  }
}

function scratch(path: string, sizeMb: number): string[] {
  return ['--tmpfs', `${path}:rw,exec,nosuid,nodev,size=${sizeMb}m,mode=1777`];
}

function bind(source: string, target: string, readOnly: boolean): string[] {
  return mountOption(['type=bind', `source=${source}`, `target=${target}`, ...(readOnly ? ['readonly'] : [])]);
}

/** The option's value is one line of CSV. */
export function mountOption(fields: readonly string[]): string[] {
  const quoted = fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
  return ['--mount', quoted.join(',')];
}
