// The simulated GitHub: its accounts, repositories, App, tokens, clock and the paths that events take.
import { join } from 'node:path';
import type { HostedRepository } from '../simulator.ts';
import { type Account, Accounts } from './accounts.ts';
import { Actions } from './actions.ts';
import { Activity } from './activity.ts';
import type { App } from './app.ts';
import {
  eventsOf,
  type Installation,
  type InstalledApp,
  type Manifest,
  makeKeys,
  permissionsOf,
  randomHex,
} from './app.ts';
import { Clock } from './clock.ts';
import type { ApiRequest } from './contract.ts';
import { type GitHubEvent, publish } from './events.ts';
import { host } from './git/host.ts';
import { addDefaultLabels } from './issue-changes.ts';
import { Repository, type Role, roleIncludes } from './repository.ts';
import { installationPayload, repositoriesAddedPayload } from './shapes/app.ts';
import { SignedUrls } from './signed-urls.ts';
import { Tokens } from './tokens.ts';
import { Webhooks } from './webhooks.ts';

export interface GitHubSettings {
  url: string;
  dataDirectory: string;
  manifest: Manifest | null;
  localActions: Record<string, string>;
  installedBefore?: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

export class GitHub {
  readonly url: string;
  readonly dataDirectory: string;
  readonly clock = new Clock();
  readonly activity = new Activity();
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly app: InstalledApp;
  /** GitHub Actions is an App too; its id and slug are those of github.com. */
  readonly actionsApp: App;
  readonly webhooks: Webhooks;
  readonly actions: Actions;
  readonly signedUrls: SignedUrls;
  readonly repositories: Repository[] = [];
  readonly requests: ApiRequest[] = [];
  readonly #roles = new Map<Account, Role>();
  readonly #userTokens = new Map<Account, string>();
  #lastId = 1_000_000;
  readonly #installedBefore: boolean;
  #announced = false;

  constructor(settings: GitHubSettings) {
    this.url = settings.url;
    this.dataDirectory = settings.dataDirectory;
    this.#installedBefore = settings.installedBefore ?? false;
    const timestamp = () => this.clock.timestamp();
    this.accounts = new Accounts(() => this.nextId(), timestamp);
    this.tokens = new Tokens(() => this.clock.nowMs());
    this.app = this.#makeApp(settings.manifest);
    this.actionsApp = {
      id: 15368,
      clientId: 'Iv1.05c79e9ad1f6bdfa',
      slug: 'github-actions',
      name: 'GitHub Actions',
      description: 'Automate your workflow from idea to production',
      owner: this.accounts.obtain('github', 'Organization'),
      permissions: { actions: 'write', checks: 'write', contents: 'read', metadata: 'read' },
      events: [],
      createdAt: '2018-07-30T09:30:17Z',
    };
    this.webhooks = new Webhooks(this.app, this.clock, this.activity, () => this.nextId());
    this.actions = new Actions(this, settings.localActions);
    this.signedUrls = new SignedUrls(this.url, () => this.clock.nowMs());
  }

  get apiUrl(): string {
    return `${this.url}/api/v3`;
  }

  now(): string {
    return this.clock.timestamp();
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async host(hosted: HostedRepository): Promise<Repository> {
    const [ownerLogin, name, ...rest] = hosted.fullName.split('/');
    if (!ownerLogin || !name || rest.length > 0)
      throw new Error(`"${hosted.fullName}" is no repository name: write owner/name`);
    if (this.findRepository(ownerLogin, name))
      throw new Error(`${hosted.fullName} is hosted twice: give each repository a name of its own`);
    const owner = this.accounts.obtain(ownerLogin);
    const gitDirectory = join(this.dataDirectory, 'repositories', owner.login, `${name}.git`);
    const author = { name: owner.login, email: owner.email, date: this.now() };
    const repository = new Repository({
      id: this.nextId(),
      owner,
      name,
      private: hosted.private ?? false,
      gitDirectory,
      defaultBranch: await host(hosted.directory, gitDirectory, author),
      at: this.now(),
      secrets: hosted.secrets ?? {},
      variables: hosted.variables ?? {},
    });
    addDefaultLabels(this, repository);
    this.repositories.push(repository);
    this.#install(repository);
    return repository;
  }

  /** The App is installed on all of an owner's repositories, also on those that come later. */
  #install(repository: Repository): void {
    const known = this.app.installations.find((one) => one.account === repository.owner);
    const installation = known ?? { id: this.nextId(), account: repository.owner, createdAt: this.now() };
    if (!known) this.app.installations.push(installation);
    if (!this.#announced) return;
    const about = { installationId: installation.id, repositoryId: null };
    this.webhooks.send(
      known
        ? {
            event: 'installation_repositories',
            action: 'added',
            ...about,
            payload: repositoriesAddedPayload(this, installation, [repository]),
          }
        : { event: 'installation', action: 'created', ...about, payload: installationPayload(this, installation) },
    );
  }

  findRepository(owner: string, name: string): Repository | undefined {
    const wanted = `${owner}/${name.replace(/\.git$/, '')}`.toLowerCase();
    return this.repositories.find((repository) => repository.fullName.toLowerCase() === wanted);
  }

  /** By `owner/name`, for those who have hosted it. */
  repository(fullName: string): Repository {
    const repository = this.repositories.find((one) => one.fullName.toLowerCase() === fullName.toLowerCase());
    if (!repository) throw new Error(`${fullName} is not hosted here`);
    return repository;
  }

  installationOf(repository: Repository): Installation {
    const installation = this.app.installations.find((one) => one.account === repository.owner);
    if (!installation) throw new Error(`the App is not installed on ${repository.fullName}`);
    return installation;
  }

  roleOf(account: Account, repository: Repository): Role {
    if (account === repository.owner) return 'admin';
    const role = this.#roles.get(account) ?? 'none';
    return repository.private || roleIncludes(role, 'read') ? role : 'read';
  }

  /** A person's token; the person's permission is changed only when one is given. */
  userToken(login: string, role?: Role): string {
    const account = this.accounts.obtain(login);
    if (role || !this.#roles.has(account)) this.#roles.set(account, role ?? 'write');
    const known = this.#userTokens.get(account);
    if (known) return known;
    const token = this.tokens.issue('ghp', 365 * dayMs, () => ({ kind: 'user', account })).value;
    this.#userTokens.set(account, token);
    return token;
  }

  publish(event: GitHubEvent): void {
    publish(this, event);
  }

  /** The App gets its first address: GitHub pings it, and every owner installs it. */
  setAppUrl(url: string): void {
    this.webhooks.setUrl(url);
    if (this.#announced) return;
    this.#announced = true;
    const config = { content_type: 'json', insecure_ssl: '0', url, secret: '********' };
    const hook = {
      type: 'App',
      id: this.webhooks.hookId,
      name: 'web',
      active: true,
      events: this.app.events,
      config,
      created_at: this.app.createdAt,
      updated_at: this.app.createdAt,
      app_id: this.app.id,
    };
    const ping = { zen: 'Keep it logically awesome.', hook_id: hook.id, hook };
    this.webhooks.send({ event: 'ping', action: null, installationId: null, repositoryId: null, payload: ping });
    for (const installation of this.#installedBefore ? [] : this.app.installations) {
      const payload = installationPayload(this, installation);
      const about = { installationId: installation.id, repositoryId: null };
      this.webhooks.send({ event: 'installation', action: 'created', ...about, payload });
    }
  }

  /** Ends what is under way: runs are cancelled, their processes gone, when this resolves. */
  async close(): Promise<void> {
    this.webhooks.close();
    this.actions.close();
    await this.activity.drained();
    for (const repository of this.repositories) repository.objects.close();
  }

  #makeApp(manifest: Manifest | null): InstalledApp {
    const slug = (manifest?.name ?? 'Self-Heal').toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return {
      id: this.nextId(),
      clientId: `Iv23li${randomHex(7)}`,
      slug,
      name: manifest?.name ?? 'Self-Heal',
      description: manifest?.description ?? null,
      owner: this.accounts.obtain('octocat'),
      permissions: permissionsOf(manifest),
      events: eventsOf(manifest),
      createdAt: this.now(),
      ...makeKeys(),
      webhookSecret: randomHex(20),
      clientSecret: randomHex(20),
      bot: this.accounts.obtain(`${slug}[bot]`),
      installations: [],
    };
  }
}
