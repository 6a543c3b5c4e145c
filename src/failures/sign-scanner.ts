// Bytes → which of many literals occur in them: one table look-up a byte, however many literals there are (Aho–Corasick).

export interface SignTable {
  readonly signs: readonly string[];
  /** State × byte → state; `ending` is set where a sign ends. */
  readonly next: Uint16Array;
  /** For each state the signs that end there. */
  readonly ends: readonly (readonly number[])[];
}

/**
 * Written here because the published ones work on strings through maps: this one runs on a log's bytes as they arrive,
 * which is what makes a log of 1 GB a matter of seconds (docs/decisions/0005, `npm run bench -- evidence`).
 */
export class SignScanner {
  /** Line ends seen so far: line feeds, and carriage returns that none follows, as editors count. */
  newlines = 0;
  private state = 0;
  private last = 0;
  private readonly table: SignTable;

  constructor(table: SignTable) {
    this.table = table;
  }

  /** Tells `found` the index of every sign that ends in these bytes; a sign may begin in earlier ones. */
  scan(bytes: Uint8Array, length: number, found: (sign: number) => void): void {
    const { next, ends } = this.table;
    let { state, newlines, last } = this;
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[index] ?? 0;
      state = next[(state << 8) | byte] ?? 0;
      if ((state & ending) !== 0) {
        state &= ~ending;
        for (const sign of ends[state] ?? []) found(sign);
      }
      if (byte === 13 || (byte === 10 && last !== 13)) newlines += 1;
      last = byte;
    }
    this.state = state;
    this.last = last;
    this.newlines = newlines;
  }
}

/** Marks a state in which a sign ends; leaves 32,767 states, some 2,000 signs. */
const ending = 0x8000;

export function signTable(literals: readonly string[]): SignTable {
  const signs = [...new Set(literals)];
  const branches: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  for (const [index, sign] of signs.entries()) {
    let state = 0;
    for (const byte of Buffer.from(sign)) {
      const known = branches[state]?.get(byte);
      if (known === undefined) {
        branches[state]?.set(byte, branches.length);
        state = branches.push(new Map()) - 1;
        ends.push([]);
      } else state = known;
    }
    if (state !== 0) ends[state]?.push(index);
  }
  if (branches.length >= ending) throw new Error(`${branches.length} states are more than a table entry can name.`);
  return { signs, next: tableOf(branches, ends), ends };
}

/** Breadth first, so that a state's shorter suffix is finished before the state itself. */
function tableOf(branches: readonly ReadonlyMap<number, number>[], ends: number[][]): Uint16Array {
  const table = new Uint16Array(branches.length * 256);
  const fallback = new Uint16Array(branches.length);
  const queue = [0];
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    if (state !== 0) {
      table.copyWithin(state * 256, back * 256, back * 256 + 256);
      ends[state]?.push(...(ends[back] ?? []));
    }
    for (const [byte, child] of branches[state] ?? []) {
      fallback[child] = state === 0 ? 0 : (table[back * 256 + byte] ?? 0);
      table[state * 256 + byte] = child;
      queue.push(child);
    }
  }
  return table.map((state) => ((ends[state]?.length ?? 0) > 0 ? state | ending : state));
}
