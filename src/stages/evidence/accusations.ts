// Signs that point at files → suspects: each file's score of 0 to 1, its lines of interest, and the reasons in words.
import type { Suspect } from '../../incident/case-file.ts';

export interface Sign {
  /** 0 to 1: how likely the file has to change, were this all that is known. */
  weight: number;
  reason: string;
  /** Several signs of one kind are one, the strongest: a file in ten traces is not ten times as guilty. */
  kind: string;
  lines?: readonly number[];
}

const mostReasons = 6;
const mostLines = 20;

export class Accusations {
  readonly #signs = new Map<string, Map<string, Sign>>();
  readonly #lines = new Map<string, Set<number>>();

  add(path: string, sign: Sign): void {
    const signs = this.#signs.get(path) ?? new Map<string, Sign>();
    this.#signs.set(path, signs);
    const known = signs.get(sign.kind);
    if (!known || known.weight < sign.weight) signs.set(sign.kind, sign);
    const lines = this.#lines.get(path) ?? new Set<number>();
    this.#lines.set(path, lines);
    for (const line of sign.lines ?? []) if (line > 0 && lines.size < mostLines) lines.add(line);
  }

  get paths(): string[] {
    return [...this.#signs.keys()];
  }

  has(path: string): boolean {
    return this.#signs.has(path);
  }

  /** Independent signs add up as chances do, and never beyond 1; `doubt` lessens what only looks guilty. */
  suspects(doubt: (path: string) => { factor: number; reason?: string }): Suspect[] {
    const all = [...this.#signs].map(([path, signs]) => {
      const strongest = [...signs.values()].sort((a, b) => b.weight - a.weight || (a.reason < b.reason ? -1 : 1));
      const innocence = strongest.reduce((chance, { weight }) => chance * (1 - weight), 1);
      const { factor, reason } = doubt(path);
      const reasons = strongest.map((sign) => sign.reason);
      const lines = [...(this.#lines.get(path) ?? [])].sort((a, b) => a - b);
      return {
        path,
        score: Math.round((1 - innocence) * factor * 100) / 100,
        reasons: [...new Set(reasons)].slice(0, mostReasons).concat(reason ?? []),
        ...(lines.length > 0 ? { lines } : {}),
      };
    });
    return all.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
  }
}
