// Lets at most so many tasks run at once; the others wait their turn.

export class Limit {
  private readonly most: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(most: number) {
    this.most = most;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    // Whoever ends hands its place straight on, so a newcomer cannot take it in between.
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
