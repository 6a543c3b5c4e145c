// A sandbox request → the life of one container: created, started, waited for, asked for its exit code, removed.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ActionError } from '../action-error.ts';
import { engineEnvironment } from '../environment.ts';
import type { SandboxUser } from '../host.ts';
import type { Mount } from '../layout.ts';
import { entry, scratchMb } from '../limits.ts';
import { runBounded } from '../run-bounded.ts';
import { type SandboxEnd, type SandboxRequest, sandboxEnd } from './engine.ts';
import { callProgram } from './program.ts';

/** A program with docker's command line. */
export interface ContainerProgram {
  /** The program and what comes before every command, such as `podman --runtime runc`. */
  readonly command: readonly [file: string, ...args: string[]];
  /** What only this program wants at `create`. */
  readonly createArguments: readonly string[];
}

const State = z.object({
  Status: z.string(),
  ExitCode: z.number().int(),
  OOMKilled: z.boolean().default(false),
  Error: z.string().default(''),
});

export async function runInContainer(
  program: ContainerProgram,
  image: string,
  user: SandboxUser,
  request: SandboxRequest,
): Promise<SandboxEnd> {
  const name = `self-heal-${randomUUID()}`;
  const call = (...args: string[]) => callProgram(program.command, args);
  const [file, ...first] = program.command;
  try {
    await call(...containerArguments(program, { name, image, user }, request));
    const end = await runBounded({
      file,
      args: [...first, 'start', '--attach', name],
      env: engineEnvironment(process.env),
      timeoutMs: request.limits.timeoutSeconds * 1000,
      outputBytes: request.limits.outputKb * 1024,
      cancelled: request.cancelled,
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
    await call('rm', '--force', name).catch((error: unknown) => {
      // Nothing to remove is what this step wants; anything else would leave a container of ours behind.
      if (!/no such container|no container with/i.test(String(error))) throw error;
    });
  }
}

/** Pure: everything after the program's name. */
export function containerArguments(
  program: Pick<ContainerProgram, 'createArguments'>,
  container: { readonly name: string; readonly image: string; readonly user: SandboxUser },
  request: SandboxRequest,
): string[] {
  const { limits } = request;
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
    ...['--shm-size', `${scratchMb(limits)}m`, '--ulimit', 'core=0:0'],
    // The log file of a container knows no bound; the output is read from the attached client only.
    ...['--log-driver', 'none', ...program.createArguments],
    ...environment.flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...request.mounts.flatMap(mountArguments),
    ...['--entrypoint', 'bash', container.image],
    ...entry(request.command, request.directory, limits).slice(1),
  ];
}

function mountArguments(mount: Mount): string[] {
  switch (mount.kind) {
    case 'read-only':
      return bind(mount.path, mount.path, true);
    case 'scratch':
      return ['--tmpfs', `${mount.path}:rw,exec,nosuid,nodev,size=${mount.sizeMb}m,mode=1777`];
    case 'work':
      return bind(mount.source, mount.path, false);
    case 'hidden':
      return bind('/dev/null', mount.path, true);
    case 'link':
      // Links are part of the image, see runner-image.ts.
      return [];
  }
}

/** The option's value is one line of CSV. */
function bind(source: string, target: string, readOnly: boolean): string[] {
  const fields = ['type=bind', `source=${source}`, `target=${target}`, ...(readOnly ? ['readonly'] : [])];
  const quoted = fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
  return ['--mount', quoted.join(',')];
}
