// Work under way behind the answers (deliveries, runs) → a promise of quiet, and word of every change.

export class Activity {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #listeners = new Set<() => void>();
  readonly #defects: unknown[] = [];

  /** Keeps an eye on work that no answer waits for; its failure is a defect of the simulator and is shown by `settled`. */
  track(work: Promise<unknown>): void {
    const watched = work
      .catch((defect: unknown) => {
        this.#defects.push(defect);
        console.error('simulator: work behind an answer failed:', defect);
      })
      .finally(() => {
        this.#pending.delete(watched);
        this.changed();
      });
    this.#pending.add(watched);
  }

  /** Resolves once nothing is under way; rejects when something failed on the way there. */
  async settled(): Promise<void> {
    await this.drained();
    const defects = this.#defects.splice(0);
    if (defects.length > 0) throw new AggregateError(defects, 'The simulator failed behind the scenes');
  }

  async drained(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
