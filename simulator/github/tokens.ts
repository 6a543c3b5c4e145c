// Access tokens of people, installations and workflow jobs → who is calling and what they may do.
import { randomBytes } from 'node:crypto';
import type { Account } from './accounts.ts';
import type { Installation, InstalledApp, Permissions } from './app.ts';

export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'app'; app: InstalledApp }
  | { kind: 'user'; account: Account }
  | {
      kind: 'installation';
      account: Account;
      app: InstalledApp;
      installation: Installation;
      permissions: Permissions;
      /** Null: all that the installation covers. */
      repositoryIds: readonly number[] | null;
      token: string;
    }
  | { kind: 'actions'; account: Account; permissions: Permissions; repositoryId: number };

export interface Token {
  value: string;
  caller: Caller;
  expiresAtMs: number;
}

export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  issue(prefix: 'ghp' | 'ghs', lifetimeMs: number, caller: (value: string) => Caller): Token {
    const value = `${prefix}_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x')}`;
    const token = { value, caller: caller(value), expiresAtMs: this.#nowMs() + lifetimeMs };
    this.#tokens.set(value, token);
    return token;
  }

  /** Null when unknown, revoked or expired: GitHub does not tell these apart. */
  find(value: string): Caller | null {
    const token = this.#tokens.get(value);
    return token && token.expiresAtMs > this.#nowMs() ? token.caller : null;
  }

  revoke(value: string): void {
    this.#tokens.delete(value);
  }
}

/** How the request log names a caller. */
export function nameOf(caller: Caller): string {
  return caller.kind === 'user' ? `user:${caller.account.login}` : caller.kind;
}
