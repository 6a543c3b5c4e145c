// A stream of any length → its head and its tail as clean text, in bounded memory.
import { stripVTControlCharacters } from 'node:util';

/** Keeps the first and the last half of `limitBytes`; the process behind it is never held up. */
export class BoundedOutput {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #totalBytes = 0;

  constructor(limitBytes: number) {
    this.#half = Math.floor(limitBytes / 2);
  }

  write(chunk: Buffer): void {
    this.#totalBytes += chunk.length;
    const room = this.#half - this.#headBytes;
    const first = chunk.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.#head.push(first);
      this.#headBytes += first.length;
    }
    if (chunk.length > first.length) this.#writeTail(chunk.subarray(first.length));
  }

  get truncated(): boolean {
    return this.#totalBytes > this.#half * 2;
  }

  text(): string {
    const tail = Buffer.concat(this.#tail);
    const kept = tail.subarray(Math.max(0, tail.length - this.#half));
    const left = this.#totalBytes - this.#headBytes - kept.length;
    const gap = left > 0 ? [Buffer.from(`\n[… ${left} bytes left out …]\n`)] : [];
    return clean(Buffer.concat([...this.#head, ...gap, kept]).toString('utf8'));
  }

  #writeTail(chunk: Buffer): void {
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    if (this.#tailBytes <= this.#half * 2 && this.#tail.length < 1_000) return;
    const joined = Buffer.concat(this.#tail);
    // A copy, so that the long buffer it is cut from can be freed.
    const kept = Buffer.from(joined.subarray(Math.max(0, joined.length - this.#half)));
    this.#tail = [kept];
    this.#tailBytes = kept.length;
  }
}

/** Colours, cursor movements and control characters taken out; line ends made `\n`. */
function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r+\n/g, '\n')
    .replace(/\r/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}
