// The bounds a person asks for → the bounds one sandboxed run is held to.
import { availableParallelism } from 'node:os';

export interface Limits {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Processors at a time, also a part of one; 0 or none: all of them. */
  readonly cpus?: number;
  readonly processes: number;
  /** What a run may add to its work tree and its writable folders; none: the default of the Action's input. */
  readonly diskMb?: number;
  readonly outputKb: number;
}

const DEFAULT_DISK_MB = 4096;

export function diskMbOf({ diskMb = DEFAULT_DISK_MB }: Limits): number {
  return diskMb;
}

/** Undefined where a run may use all processors. No engine can give more than there are. */
export function cpusOf({ cpus = 0 }: Limits, present: number = availableParallelism()): number | undefined {
  return cpus > 0 && cpus < present ? cpus : undefined;
}

/** The size of each writable folder that lives in memory (/tmp, HOME). */
export function scratchMb(limits: Limits): number {
  return Math.max(16, Math.ceil(limits.memoryMb / 4));
}

/** What stands on standard error when the sandbox is up, just before the command starts. */
export const STARTED = 'self-heal: sandbox is up';

/**
 * The arguments that run `command` in `directory` inside a sandbox, the same in every engine.
 *
 * The outer bash lowers the limits, says that the sandbox is up, and joins both outputs in the order in which they are
 * written. It stays as the parent (no exec), because process 1 of a container ignores signals it does not handle.
 */
export function entry(
  command: string,
  directory: string,
  limits: Limits,
  extraLimits: readonly string[] = [],
): string[] {
  const cpuSeconds = Math.ceil(limits.timeoutSeconds * (cpusOf(limits) ?? availableParallelism()));
  // No single file may be larger than everything together: the one bound on the disk that is never late.
  const lowered = ['-c 0', `-t ${cpuSeconds}`, `-f ${diskMbOf(limits) * 1024}`, ...extraLimits];
  const script = [
    'set -e',
    ...lowered.map((limit) => `ulimit ${limit}`),
    'cd -- "$1"',
    'shift',
    `echo '${STARTED}' >&2`,
    'set +e',
    '"$@" 2>&1',
    'exit $?',
  ].join('\n');
  // The flags are those of `shell: bash` in a workflow, so that a command behaves as it does in a workflow step.
  const shell = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command];
  return ['bash', '--noprofile', '--norc', '-c', script, 'self-heal', directory, ...shell];
}
