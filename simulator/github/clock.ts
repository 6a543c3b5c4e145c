// The simulator's time: the machine's, moved forward on demand, so that tokens can be seen to expire.

export class Clock {
  #aheadMs = 0;

  nowMs(): number {
    return Date.now() + this.#aheadMs;
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** GitHub's timestamps: ISO 8601 in UTC, whole seconds. */
  timestamp(atMs: number = this.nowMs()): string {
    return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  }
}
