// Starts the App as its user would, as a process of its own with an environment of its own, and reads its log.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the worker logs after each step; see src/worker.ts. */
const StepLine = z.object({
  time: z.number(),
  msg: z.string(),
  incident: z.string(),
  repository: z.string(),
  step: z.string(),
  next: z.string(),
  state: z.enum(['working', 'waiting', 'closed']),
  stopReason: z.string().nullable(),
  tookMs: z.number(),
  tokens: z.number(),
});
export type StepLine = z.infer<typeof StepLine>;

const Ready = z.object({ msg: z.literal('Self-Heal is ready'), url: z.string() });
const Leveled = z.object({ level: z.number() });
const warning = 40;

export interface AppProcess {
  url: string;
  /** Its warnings and errors, for when something went wrong. */
  complaints(): string;
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

export interface Listeners {
  onStep(line: StepLine): void;
  /** Ends the wait for an App that is not ready yet. */
  signal: AbortSignal;
}

const readyWithinMs = 30_000;

export async function startApp(env: Record<string, string>, { onStep, signal }: Listeners): Promise<AppProcess> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env, LOG_FORMAT: 'json', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a process group of its own: Ctrl-C on the terminal is for the demo, which then ends the App in its turn.
    detached: true,
  });
  const complaints: string[] = [];
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const { promise: url, resolve: ready, reject: failed } = Promise.withResolvers<string>();
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const data = jsonOf(line);
    const step = StepLine.safeParse(data);
    if (step.success) onStep(step.data);
    const first = Ready.safeParse(data);
    if (first.success) ready(first.data.url);
    if ((Leveled.safeParse(data).data?.level ?? warning) >= warning) complaints.push(line);
  });
  const late = setTimeout(() => failed(new Error(`not ready within ${readyWithinMs / 1_000} s`)), readyWithinMs);
  exited.then((code) => failed(new Error(`it ended with code ${code}`)));
  signal.addEventListener('abort', () => failed(signal.reason), { once: true });
  try {
    return { url: await url, complaints: () => complaints.join('\n'), exited, stop: () => stop(child, exited) };
  } catch (cause) {
    await stop(child, exited);
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The App did not start: ${why}\n${complaints.join('\n')}`.trim(), { cause });
  } finally {
    clearTimeout(late);
  }
}

const graceMs = 12_000;

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not a log line of the App: a warning of Node, for instance.
    return undefined;
  }
}
