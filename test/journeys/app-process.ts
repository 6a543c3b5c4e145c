// The App as a process of its own, which a test can kill at any moment and start again on the same data.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the worker logs after each step; see src/worker.ts. */
const StepLine = z.object({
  incident: z.string(),
  msg: z.string(),
  step: z.string(),
  next: z.string(),
  state: z.enum(['working', 'waiting', 'closed']),
  stopReason: z.string().nullable(),
});
export type StepLine = z.infer<typeof StepLine>;

export interface AppProcess {
  url: string;
  /** Everything it wrote. */
  output(): string;
  /** The log's errors: lines of level 50 and above. */
  errors(): string[];
  /** The first step it logged that is as wished, already or in time; fails with the whole log when there is none. */
  step(wish: (line: StepLine) => boolean, withinMs?: number): Promise<StepLine>;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const readyWithinMs = 30_000;
const stepWithinMs = 60_000;

export async function startAppProcess(env: Record<string, string>, nodeArguments: string[] = []): Promise<AppProcess> {
  const child = spawn(process.execPath, [...nodeArguments, main, 'serve'], {
    cwd: checkout,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env, LOG_FORMAT: 'json' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = new Log(child);
  const ready = z.object({ msg: z.literal('Self-Heal is ready'), url: z.string() });
  try {
    const { url } = await log.find((line) => ready.safeParse(line).data, readyWithinMs, 'never ready');
    return {
      url,
      output: () => log.text(),
      errors: () => log.errors(),
      step: (wish, withinMs = stepWithinMs) => {
        const wished = (line: unknown) => {
          const step = StepLine.safeParse(line).data;
          return step && wish(step) ? step : undefined;
        };
        return log.find(wished, withinMs, `no step as wished (${wish})`);
      },
      kill: () => ended(child, 'SIGKILL').then(() => undefined),
      stop: () => ended(child, 'SIGTERM'),
    };
  } catch (thrown) {
    await ended(child, 'SIGKILL');
    throw thrown;
  }
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}

class Log {
  readonly #lines: string[] = [];
  readonly #data: unknown[] = [];
  #changed = Promise.withResolvers<void>();
  #over = false;

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#add(line));
    }
    child.once('exit', () => {
      this.#over = true;
      this.#tell();
    });
  }

  text(): string {
    return this.#lines.join('\n');
  }

  errors(): string[] {
    const Errors = z.object({ level: z.number().min(50) });
    return this.#lines.filter((_, i) => Errors.safeParse(this.#data[i]).success);
  }

  async find<T>(read: (line: unknown) => T | undefined, withinMs: number, otherwise: string): Promise<T> {
    const deadlineMs = Date.now() + withinMs;
    for (let seen = 0; ; seen += 1) {
      while (seen >= this.#data.length) {
        const leftMs = deadlineMs - Date.now();
        if (leftMs <= 0 || this.#over) throw new Error(`${otherwise}:\n${this.text()}`);
        const timer = Promise.withResolvers<void>();
        const timeout = setTimeout(timer.resolve, leftMs);
        await Promise.race([this.#changed.promise, timer.promise]);
        clearTimeout(timeout);
      }
      const found = read(this.#data[seen]);
      if (found !== undefined) return found;
    }
  }

  #add(line: string): void {
    this.#lines.push(line);
    this.#data.push(jsonOf(line));
    this.#tell();
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not a log line of the App: a warning of Node, for instance.
    return undefined;
  }
}
