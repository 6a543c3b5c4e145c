// What is asked of a sandbox engine, and what it answers: the one shape of docker, podman, bubblewrap and none.
import type { Host } from '../host.ts';
import type { Mount } from '../layout.ts';
import type { Limits } from '../limits.ts';
import { STARTED } from '../limits.ts';
import type { BoundedEnd } from '../run-bounded.ts';

export type EngineName = 'docker' | 'podman' | 'bubblewrap' | 'none';

export interface SandboxRequest {
  readonly command: string;
  readonly mounts: readonly Mount[];
  /** Where the command starts. */
  readonly directory: string;
  /** The copy that is mounted there. */
  readonly workTree: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly cancelled: AbortSignal;
}

/** A writable folder that the engine itself lays over the machine's own: `upper` takes what is written. */
export interface Overlay {
  readonly kind: 'overlay';
  readonly path: string;
  readonly upper: string;
  /** A folder that the kernel wants besides, on the same disk. */
  readonly work: string;
}

export type PlacedMount = Exclude<Mount, { readonly kind: 'writable' }> | Overlay;

/** A request whose writable folders have a place on the disk. */
export interface PlacedRequest extends Omit<SandboxRequest, 'mounts'> {
  readonly mounts: readonly PlacedMount[];
  /** The folders on the disk that the run may write into, which the limit on it is about. */
  readonly written: readonly string[];
}

export interface SandboxEnd {
  /** Null unless the command ended by itself. */
  readonly exitCode: number | null;
  readonly ended: 'completed' | 'timed-out' | 'killed' | 'not-started';
  readonly reason?: string;
  readonly output: string;
  readonly outputTruncated: boolean;
  readonly durationMs: number;
}

export interface Engine {
  readonly name: EngineName;
  run(request: SandboxRequest): Promise<SandboxEnd>;
  close(): Promise<void>;
}

/** What an engine may need to know to open. */
export interface EngineQuestion {
  readonly host: Host;
  readonly image: string | undefined;
  /** A folder of our own, outside of every mount. */
  readonly folder: string;
}

/** Opens an engine; rejects with an ActionError that says why it cannot work here. */
export type OpenEngine = (ask: EngineQuestion) => Promise<Engine>;

/** `exitCode` is what the engine itself says about the command, undefined where it says nothing. */
export function sandboxEnd(end: BoundedEnd, exitCode: number | undefined, killedBecause?: string): SandboxEnd {
  const { output, outputTruncated, durationMs } = end;
  const rest = { output, outputTruncated, durationMs };
  if (end.stopped !== undefined) {
    return { exitCode: null, ended: end.stopped.kind, reason: end.stopped.reason, ...rest };
  }
  if (killedBecause !== undefined) return { exitCode: null, ended: 'killed', reason: killedBecause, ...rest };
  if (exitCode === undefined || !end.errors.includes(STARTED)) {
    const said = end.errors.replace(STARTED, '').trim() || `it ended with ${end.exitCode} and said nothing`;
    return {
      exitCode: null,
      ended: 'not-started',
      reason: `the sandbox did not start: ${said}`.slice(0, 480),
      ...rest,
    };
  }
  return { exitCode, ended: 'completed', ...rest };
}
