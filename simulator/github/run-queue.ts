// Runs that want to start → those that may now: a few at a time, and of a concurrency group one.
import type { Repository } from './repository.ts';
import type { Run } from './workflow-run.ts';

/** More at once would only make each slower on the machines this runs on. */
const runsAtOnce = 2;

export interface Waiting {
  repository: Repository;
  run: Run;
}

const sameGroup = (a: Waiting, b: Waiting): boolean =>
  a.repository === b.repository && a.run.concurrency !== null && a.run.concurrency.group === b.run.concurrency?.group;

export class RunQueue<T extends Waiting> {
  readonly #waiting: T[] = [];
  readonly #running = new Set<T>();

  /** Answers who has to give way: of a group only the newest waits, and the running one may be asked to stop. */
  add(entry: T): { replaced: T[]; toCancel: T[] } {
    const replaced = this.#waiting.filter((other) => sameGroup(other, entry));
    for (const other of replaced) this.#waiting.splice(this.#waiting.indexOf(other), 1);
    this.#waiting.push(entry);
    const running = [...this.#running].filter((other) => sameGroup(other, entry));
    return { replaced, toCancel: entry.run.concurrency?.cancelInProgress ? running : [] };
  }

  /** The next that may start; it counts as running from now on. */
  take(): T | null {
    if (this.#running.size >= runsAtOnce) return null;
    const free = (entry: T) => ![...this.#running].some((other) => sameGroup(other, entry));
    const next = this.#waiting.find(free);
    if (!next) return null;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#running.add(next);
    return next;
  }

  finished(entry: T): void {
    this.#running.delete(entry);
  }

  /** Takes a run out that has not begun. */
  withdraw(run: Run): T | null {
    const index = this.#waiting.findIndex((entry) => entry.run === run);
    return index < 0 ? null : (this.#waiting.splice(index, 1)[0] ?? null);
  }

  /** Nothing starts any more; answers what is running. */
  close(): T[] {
    this.#waiting.splice(0);
    return [...this.#running];
  }
}
