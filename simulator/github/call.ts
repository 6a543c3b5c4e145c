// One API request as an endpoint sees it: who calls, about what, with which parameters and body.
import type { z } from 'zod';
import type { Account } from './accounts.ts';
import { ApiError, notFound, requiresAuthentication } from './errors.ts';
import type { GitHub } from './github.ts';
import { type Issue, isPull, type PullIssue } from './issue.ts';
import type { Repository } from './repository.ts';
import type { Caller } from './tokens.ts';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

type Endpoint = (call: Call) => Answer | Promise<Answer>;
/** By template of GitHub's reference: `GET /repos/{owner}/{repo}`. */
export type Endpoints = Record<string, Endpoint>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const accepted = (body: unknown = {}): Answer => ({ status: 202, body });
export const noContent = (): Answer => ({ status: 204 });

export interface CallSettings {
  github: GitHub;
  caller: Caller;
  repository: Repository | null;
  params: Record<string, string>;
  url: URL;
  headers: Headers;
  rawBody: string;
}

export class Call {
  readonly github: GitHub;
  readonly caller: Caller;
  readonly params: Record<string, string>;
  readonly url: URL;
  readonly headers: Headers;
  readonly #rawBody: string;
  readonly #repository: Repository | null;

  constructor(settings: CallSettings) {
    this.github = settings.github;
    this.caller = settings.caller;
    this.params = settings.params;
    this.url = settings.url;
    this.headers = settings.headers;
    this.#rawBody = settings.rawBody;
    this.#repository = settings.repository;
  }

  get repository(): Repository {
    if (!this.#repository) throw notFound();
    return this.#repository;
  }

  get actor(): Account {
    if (this.caller.kind === 'anonymous' || this.caller.kind === 'app') throw requiresAuthentication();
    return this.caller.account;
  }

  /** Written through the App, or through GitHub Actions. */
  get viaApp(): boolean {
    return this.caller.kind === 'installation';
  }

  get byActions(): boolean {
    return this.caller.kind === 'actions';
  }

  param(name: string): string {
    return this.params[name] ?? '';
  }

  number(name: string): number {
    const value = Number(this.param(name));
    if (!Number.isSafeInteger(value)) throw notFound();
    return value;
  }

  query(name: string): string | null {
    return this.url.searchParams.get(name);
  }

  /** `application/vnd.github.raw+json` → `raw`. */
  get media(): string {
    const accept = this.headers.get('accept') ?? '';
    return /application\/vnd\.github(?:\.v3)?\.(raw|diff|patch|object|html|text|full|sha)/.exec(accept)?.[1] ?? 'json';
  }

  body<T>(schema: z.ZodType<T>): T {
    let outside: unknown;
    try {
      outside = this.#rawBody.trim() === '' ? {} : JSON.parse(this.#rawBody);
    } catch (error) {
      if (error instanceof SyntaxError) throw new ApiError(400, 'Problems parsing JSON');
      throw error;
    }
    const parsed = schema.safeParse(outside);
    if (parsed.success) return parsed.data;
    throw new ApiError(
      422,
      `Invalid request.\n\n${parsed.error.issues.map((issue) => complaint(issue, outside)).join('\n')}`,
    );
  }

  issue(): Issue {
    const issue = this.repository.issues.get(this.number('issue_number'));
    if (!issue) throw notFound();
    return issue;
  }

  pull(): PullIssue {
    const issue = this.repository.issues.get(this.number('pull_number'));
    if (!issue || !isPull(issue)) throw notFound();
    return issue;
  }
}

function complaint(issue: z.core.$ZodIssue, body: unknown): string {
  const name = issue.path.map(String).join('/');
  if (name === '') return `For 'anyOf', ${JSON.stringify(body)?.slice(0, 200)} is not an object.`;
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  return missing ? `"${name}" wasn't supplied.` : `For '${name}', ${issue.message}.`;
}
