// One hosted repository: its settings, and everything people, the App and Actions have put on it.
import type { Account } from './accounts.ts';
import type { CheckRun, CheckSuite, CommitStatus } from './check.ts';
import { ObjectReader } from './git/object-reader.ts';
import type { Comment, CommitComment, Issue, Label } from './issue.ts';
import type { Protection } from './protection.ts';
import type { Artifact, Run, Workflow } from './workflow-run.ts';

const roles = ['none', 'read', 'triage', 'write', 'admin'] as const;
export type Role = (typeof roles)[number];

export const roleIncludes = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

export class Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly gitDirectory: string;
  readonly defaultBranch: string;
  readonly createdAt: string;
  updatedAt: string;
  pushedAt: string;
  readonly secrets: Record<string, string>;
  readonly variables: Map<string, { value: string; createdAt: string; updatedAt: string }>;
  readonly objects: ObjectReader;
  readonly issues = new Map<number, Issue>();
  readonly labels = new Map<string, Label>();
  readonly commitComments: CommitComment[] = [];
  readonly checkSuites: CheckSuite[] = [];
  readonly checkRuns: CheckRun[] = [];
  readonly statuses: CommitStatus[] = [];
  readonly workflows: Workflow[] = [];
  readonly runs: Run[] = [];
  readonly artifacts: Artifact[] = [];
  /** By branch. */
  readonly protections = new Map<string, Protection>();
  /** Off, as on github.com, until an administrator switches it on. */
  allowsAutoMerge = false;
  #lastNumber = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(settings: {
    id: number;
    owner: Account;
    name: string;
    private: boolean;
    gitDirectory: string;
    defaultBranch: string;
    at: string;
    secrets: Record<string, string>;
    variables: Record<string, string>;
  }) {
    this.id = settings.id;
    this.owner = settings.owner;
    this.name = settings.name;
    this.private = settings.private;
    this.gitDirectory = settings.gitDirectory;
    this.defaultBranch = settings.defaultBranch;
    this.createdAt = settings.at;
    this.updatedAt = settings.at;
    this.pushedAt = settings.at;
    this.secrets = settings.secrets;
    const dated = (value: string) => ({ value, createdAt: settings.at, updatedAt: settings.at });
    this.variables = new Map(Object.entries(settings.variables).map(([name, value]) => [name, dated(value)]));
    this.objects = new ObjectReader(settings.gitDirectory);
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  get defaultRef(): string {
    return `refs/heads/${this.defaultBranch}`;
  }

  /** Issues and pull requests share their numbers. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  findComment(id: number): { issue: Issue; comment: Comment } | undefined {
    for (const issue of this.issues.values()) {
      const comment = issue.comments.find((candidate) => candidate.id === id);
      if (comment) return { issue, comment };
    }
    return undefined;
  }

  findLabel(name: string): Label | undefined {
    return this.labels.get(name.toLowerCase());
  }

  /** One writer at a time, so that what changed is what this writer changed. */
  exclusively<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#writing.then(write);
    this.#writing = result.catch(() => undefined);
    return result;
  }
}
