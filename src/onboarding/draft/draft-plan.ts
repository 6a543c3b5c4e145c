// The words of a draft: steps that prepare, parts of the sandbox command, what was left out, and what a person has to check.

export type Tool =
  | 'npm'
  | 'pnpm'
  | 'yarn'
  | 'bun'
  | 'pip'
  | 'pipenv'
  | 'poetry'
  | 'uv'
  | 'tox'
  | 'nox'
  | 'go'
  | 'cargo'
  | 'maven'
  | 'gradle'
  | 'bundler'
  | 'composer'
  | 'dotnet'
  | 'mix'
  | 'deno';

export interface DraftStep {
  name?: string | undefined;
  uses?: string | undefined;
  with?: Readonly<Record<string, string | number | boolean>> | undefined;
  run?: string | undefined;
  shell?: string | undefined;
  'working-directory'?: string | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  'continue-on-error'?: true | undefined;
}

export interface Statement {
  text: string;
  tool?: Tool | undefined;
}

/** What one step of the job gives to the sandbox command. */
export interface CommandPart {
  statements: readonly Statement[];
  directory: string | undefined;
  env: Readonly<Record<string, string>>;
  /** The source lets it fail (`continue-on-error`). */
  mayFail: boolean;
}

export interface LeftOut {
  what: string;
  why: string;
}

/** Filled while a job is read, step by step. */
export interface DraftPlan {
  runsOn: string | string[];
  checkout: Record<string, string | number | boolean>;
  env: Record<string, string>;
  steps: DraftStep[];
  parts: CommandPart[];
  installs: Set<Tool>;
  /** Folders of the home folder that the tests write into. */
  writablePaths: Set<string>;
  /** Said at the head of the command: true for the tests only, not for the steps before. */
  exports: Record<string, string>;
  /** Names that earlier steps put into the environment of later ones. */
  environment: Set<string>;
  /** The job has services, which this workflow has not. */
  hasServices: boolean;
  left: LeftOut[];
  asks: string[];
}

export const emptyPlan = (): DraftPlan => ({
  ...{ runsOn: 'ubuntu-latest', checkout: {}, env: {}, steps: [], parts: [], installs: new Set() },
  ...{
    readOnlyPaths: new Set(),
    writablePaths: new Set(),
    exports: {},
    environment: new Set(),
    hasServices: false,
    left: [],
    asks: [],
  },
});

const mostNotes = 40;

export function leave(plan: DraftPlan, what: string, why: string): void {
  const one = { what: shortLabel(what), why };
  if (plan.left.length < mostNotes && !plan.left.some((other) => other.what === one.what && other.why === why))
    plan.left.push(one);
}

export function ask(plan: DraftPlan, question: string): void {
  if (plan.asks.length < mostNotes && !plan.asks.includes(question)) plan.asks.push(question);
}

/** Anybody's text as a short name on one line, without anything that ends a comment or begins an expression. */
export function shortLabel(text: string): string {
  const safe = text
    .slice(0, 400)
    .replace(/[^\p{L}\p{N} \-_./:@+,()'&=]+/gu, ' ')
    .replace(/secrets\./gi, 'secrets ')
    .replace(/\s+/g, ' ')
    .trim();
  return safe.length > 80 ? `${safe.slice(0, 79)}…` : safe;
}
