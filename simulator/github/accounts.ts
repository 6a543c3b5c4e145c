// Logins and commit e-mail addresses → the accounts (people, bots) they belong to.

export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization';
  name: string | null;
  email: string;
  createdAt: string;
}

/** The account behind every `GITHUB_TOKEN`; its id on github.com. */
const actionsBotId = 41898282;

export class Accounts {
  readonly #byLogin = new Map<string, Account>();
  readonly #nextId: () => number;
  readonly #timestamp: () => string;

  constructor(nextId: () => number, timestamp: () => string) {
    this.#nextId = nextId;
    this.#timestamp = timestamp;
    this.#add({ id: actionsBotId, login: 'github-actions[bot]', type: 'Bot' });
    this.#add({ id: 19864447, login: 'web-flow', type: 'User', name: 'GitHub', email: 'noreply@github.com' });
  }

  get actionsBot(): Account {
    return this.obtain('github-actions[bot]');
  }

  find(login: string): Account | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** The account of this login, made when it is not there yet. */
  obtain(login: string, type: Account['type'] = login.endsWith('[bot]') ? 'Bot' : 'User'): Account {
    return this.find(login) ?? this.#add({ id: this.#nextId(), login, type });
  }

  /** Who a commit's e-mail address belongs to, as GitHub links commits to accounts. */
  findByEmail(email: string): Account | undefined {
    const noreply = /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/i.exec(email);
    if (noreply?.[1]) return this.find(noreply[1]);
    for (const account of this.#byLogin.values()) {
      if (account.email.toLowerCase() === email.toLowerCase()) return account;
    }
    return undefined;
  }

  #add(account: Pick<Account, 'id' | 'login' | 'type'> & Partial<Account>): Account {
    const complete: Account = {
      name: null,
      email: `${account.id}+${account.login}@users.noreply.github.com`,
      createdAt: this.#timestamp(),
      ...account,
    };
    this.#byLogin.set(account.login.toLowerCase(), complete);
    return complete;
  }
}
