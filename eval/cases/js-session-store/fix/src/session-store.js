import { randomUUID } from 'node:crypto';

const lifetimeMs = 30 * 60 * 1000;

export class SessionStore {
  #sessions = new Map();
  #now;

  constructor(now = Date.now) {
    this.#now = now;
  }

  open(user) {
    const id = randomUUID();
    this.#sessions.set(id, { user, expiresAt: this.#now() + lifetimeMs });
    return id;
  }

  /** Gives the session another 30 minutes; undefined when it has ended. */
  touch(id) {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    session.expiresAt = this.#now() + lifetimeMs;
    return session;
  }

  close(id) {
    this.#sessions.delete(id);
  }

  /** Called every minute: forgets the sessions that have ended. */
  sweep() {
    for (const [id, { expiresAt }] of this.#sessions) if (expiresAt <= this.#now()) this.#sessions.delete(id);
  }
}
