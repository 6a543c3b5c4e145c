// Runs a program in a process group of its own, gives its output line by line, and ends the whole group when told to.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { errorCode } from './error-message.ts';

const INTERRUPT_GRACE_MS = 2_000;
/** Background children may hold the output open after their parent has gone. */
const OUTPUT_GRACE_MS = 1_000;
const LONGEST_LINE_CHARACTERS = 1024 * 1024;

export interface ProcessRequest {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  signal: AbortSignal;
  onLine(line: string): void;
}

/** Splits at \n, \r\n and \r, as .NET's readers do: that is what makes progress bars fill a log. */
function readLines(stream: Readable, onLine: (line: string) => void): () => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let afterReturn = false;
  const take = (text: string): void => {
    const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterReturn = text.endsWith('\r');
    const lines = (rest + fresh).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    while (rest.length > LONGEST_LINE_CHARACTERS) {
      onLine(rest.slice(0, LONGEST_LINE_CHARACTERS));
      rest = rest.slice(LONGEST_LINE_CHARACTERS);
    }
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  return () => {
    take(decoder.end());
    if (rest !== '') onLine(rest);
    rest = '';
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group may have ended on its own in the meantime.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function exitCodeOf(code: number | null, killedBy: NodeJS.Signals | null): number {
  return code ?? 128 + (killedBy ? constants.signals[killedBy] : 0);
}

/** Tells the group to stop, then makes it; returns what calls that off. */
function stopOnAbort(pid: number | undefined, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (pid === undefined) return;
    signalGroup(pid, 'SIGINT');
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), INTERRUPT_GRACE_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  return () => {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}

/** Resolves with the exit code (128 + n for a signal, as a shell says it); rejects if the program cannot be started. */
export function runProcess(request: ProcessRequest): Promise<number> {
  const { file, args, cwd, env, signal, onLine } = request;
  if (signal.aborted) return Promise.resolve(130);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let over = false;
    // What comes later is read and dropped: closing the pipe would end a background process that goes on writing to it.
    const take = (line: string): void => {
      if (!over) onLine(line);
    };
    const endings = [readLines(child.stdout, take), readLines(child.stderr, take)];
    const callOff = stopOnAbort(child.pid, signal);
    let grace: NodeJS.Timeout | undefined;
    const settle = (): void => {
      callOff();
      clearTimeout(grace);
      for (const end of endings) end();
      over = true;
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    const finish = (code: number | null, killedBy: NodeJS.Signals | null): void => {
      if (over) return;
      settle();
      resolve(exitCodeOf(code, killedBy));
    };
    child.once('exit', (code, killedBy) => {
      if (signal.aborted && child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      grace = setTimeout(() => finish(code, killedBy), OUTPUT_GRACE_MS);
    });
    child.once('close', finish);
  });
}

/** Processes that outlived their job, found as the real runner finds them: by the tracking id in their environment. */
export function endOrphans(trackingId: string): { pid: number; name: string }[] {
  // Other systems show no process's environment to us; there the orphans stay.
  if (!existsSync('/proc/self/environ')) return [];
  const orphans: { pid: number; name: string }[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      if (!variables.includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue;
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      process.kill(pid, 'SIGKILL');
      orphans.push({ pid, name });
    } catch {
      // Not ours to read, or gone since the listing: either way no orphan of this job.
    }
  }
  return orphans;
}
