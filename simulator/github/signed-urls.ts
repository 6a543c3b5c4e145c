// Files of this machine → short-lived addresses that need no token, as GitHub hands out for logs and artifacts.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What an address stands for; `produce` is asked when somebody comes for it. */
export interface Download {
  contentType: string;
  fileName: string;
  produce(): Promise<Uint8Array>;
}

/** GitHub's own redirects are good for one minute. */
const lifetimeMs = 60_000;

export class SignedUrls {
  readonly #url: string;
  readonly #nowMs: () => number;
  readonly #key = randomBytes(32);
  readonly #downloads = new Map<string, Download>();

  constructor(url: string, nowMs: () => number) {
    this.#url = url;
    this.#nowMs = nowMs;
  }

  issue(download: Download): string {
    const name = randomBytes(12).toString('hex');
    this.#downloads.set(name, download);
    const expires = String(this.#nowMs() + lifetimeMs);
    const query = new URLSearchParams({ se: expires, sig: this.#sign(name, expires) });
    return `${this.#url}/_downloads/${name}?${query}`;
  }

  /** Null when the address was never given out, was changed or is too old. */
  find(name: string, query: URLSearchParams): Download | null {
    const expires = query.get('se') ?? '';
    const given = Buffer.from(query.get('sig') ?? '');
    const expected = Buffer.from(this.#sign(name, expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return Number(expires) > this.#nowMs() ? (this.#downloads.get(name) ?? null) : null;
  }

  #sign(name: string, expires: string): string {
    return createHmac('sha256', this.#key).update(`${name}\n${expires}`).digest('base64url');
  }
}
