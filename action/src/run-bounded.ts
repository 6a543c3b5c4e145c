// A program with its bounds → how it ended and what it printed; nothing of its process group is left behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { BoundedOutput } from './bounded-output.ts';

export interface BoundedProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly outputBytes: number;
  /** Aborted when the job is cancelled. */
  readonly cancelled: AbortSignal;
  /** Ends what killing the program's own process group would not end, such as a container. */
  readonly stop?: () => Promise<void>;
  /** Looked at four times a second; a text is the reason to end the program. */
  readonly watch?: (processId: number) => string | undefined;
  /** What the program reads from file descriptor 4. */
  readonly handedOver?: Buffer;
}

export interface BoundedEnd {
  readonly exitCode: number | null;
  readonly stopped: { readonly kind: 'timed-out' | 'killed'; readonly reason: string } | undefined;
  readonly output: string;
  readonly outputTruncated: boolean;
  /** Standard error: of the engine, not of the tests, which have both outputs on standard output. */
  readonly errors: string;
  /** What was written to file descriptor 3, where an engine reports out of the tests' reach. */
  readonly status: string;
  readonly durationMs: number;
}

type Stopped = NonNullable<BoundedEnd['stopped']>;

export async function runBounded(program: BoundedProgram): Promise<BoundedEnd> {
  const startedAt = performance.now();
  const child = spawn(program.file, program.args, {
    env: program.env,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(program.handedOver === undefined ? [] : (['pipe'] as const))],
    detached: true,
  });
  if (program.handedOver !== undefined) handOver(child.stdio[4], program.handedOver);
  const output = collect(child.stdout, program.outputBytes);
  const errors = collect(child.stderr, 64 * 1024);
  const status = collect(child.stdio[3], 64 * 1024);
  const ended = waitForEnd(child);
  const bounds = holdToBounds(child, program);
  try {
    const exitCode = await ended;
    return {
      exitCode,
      stopped: bounds.stopped(),
      output: output.text(),
      outputTruncated: output.truncated,
      errors: errors.text(),
      status: status.text(),
      durationMs: Math.round(performance.now() - startedAt),
    };
  } finally {
    await bounds.release();
  }
}

function collect(stream: unknown, limitBytes: number): BoundedOutput {
  const output = new BoundedOutput(limitBytes);
  if (isReadable(stream)) stream.on('data', (chunk: Buffer) => output.write(chunk));
  return output;
}

function handOver(stream: unknown, bytes: Buffer): void {
  if (!(stream instanceof Socket)) return;
  // A program that ends before it has read this says itself why.
  stream.on('error', () => undefined);
  stream.end(bytes);
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'read' in stream;
}

/** A left-behind process can hold the pipes open for ever: they get two seconds after the program itself has ended. */
function waitForEnd(child: ChildProcess): Promise<number | null> {
  return new Promise((fulfil, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const giveUp = setTimeout(() => fulfil(code), 2_000);
      child.once('close', () => {
        clearTimeout(giveUp);
        fulfil(code);
      });
      killGroup(child);
    });
  });
}

function holdToBounds(child: ChildProcess, program: BoundedProgram) {
  let stopped: Stopped | undefined;
  let stopping: Promise<void> | undefined;
  const end = (because: Stopped) => {
    if (stopped !== undefined) return;
    stopped = because;
    if (program.stop === undefined) return killGroup(child);
    stopping = program.stop();
    // The program is given a moment to hand over the last output. An error is met by the one who awaits `release`.
    stopping.then(
      () => setTimeout(() => killGroup(child), 5_000).unref(),
      () => killGroup(child),
    );
  };
  const seconds = program.timeoutMs / 1000;
  const cancel = () => end({ kind: 'killed', reason: 'the job was cancelled' });
  const timer = setTimeout(
    () => end({ kind: 'timed-out', reason: `ended after the time limit of ${seconds} s` }),
    program.timeoutMs,
  );
  const watcher = setInterval(() => {
    const reason = child.pid === undefined ? undefined : program.watch?.(child.pid);
    if (reason !== undefined) end({ kind: 'killed', reason });
  }, 250);
  if (program.cancelled.aborted) cancel();
  program.cancelled.addEventListener('abort', cancel);
  return {
    stopped: () => stopped,
    release: async () => {
      clearTimeout(timer);
      clearInterval(watcher);
      program.cancelled.removeEventListener('abort', cancel);
      await stopping;
    },
  };
}

/** Also meant for what a program that has just ended left behind in its group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    // Nobody of the group is left, or only those that have become somebody else's.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
