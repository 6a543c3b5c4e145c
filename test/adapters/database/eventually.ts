// A look that finds nothing yet → what it finds in the end; the test's own time limit is the bound.
import { setTimeout as sleep } from 'node:timers/promises';

export async function eventually<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(10);
  }
}
