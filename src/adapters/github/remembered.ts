// Answers that came with an ETag → asked for again only if they changed; a bounded memory that a process shares.

interface Kept {
  etag: string;
  /** As JSON: whoever gets it may do with it as they like. */
  text: string;
}

/** In characters of JSON. Larger answers are rarely asked for twice. */
const limits = { one: 4_000_000, all: 24_000_000 } as const;

/** Keyed by address and by what the token may see: another token may be shown something else. */
export class Remembered {
  readonly #kept = new Map<string, Kept>();
  #size = 0;

  etag(key: string): string | undefined {
    return this.#kept.get(key)?.etag;
  }

  /** What it was, when GitHub says that it still is. */
  data(key: string): unknown {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return JSON.parse(kept.text);
  }

  keep(key: string, etag: string, data: unknown): void {
    this.#drop(key);
    const text = JSON.stringify(data);
    if (text.length > limits.one) return;
    this.#kept.set(key, { etag, text });
    this.#size += text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= limits.all) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#kept.get(key)?.text.length ?? 0;
    this.#kept.delete(key);
  }
}
