// Answers by name → a desk with a telephone to a GitHub that gives just these, notes every call, and fails on any other.
import type { Policy } from '../../src/config/policy.ts';
import { defaultPolicy } from '../../src/config/policy.ts';
import type { GitHub, GitHubDesk, Memory } from '../../src/ports.ts';

interface Call {
  name: string;
  args: unknown[];
}

export interface DeskOptions {
  now?: Date;
  resumed?: boolean;
  policy?: Partial<Policy>;
  memory?: Partial<Memory>;
}

interface TestDesk {
  desk: GitHubDesk;
  /** Of GitHub and the memory, in the order they came. */
  calls: Call[];
  /** The arguments of every call of that name. */
  argsOf(name: keyof GitHub | keyof Memory): unknown[][];
}

export const now = new Date('2026-03-02T09:00:00.000Z');

export const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

export function deskWith(answers: Partial<GitHub> = {}, options: DeskOptions = {}): TestDesk {
  const calls: Call[] = [];
  const desk: GitHubDesk = {
    now: options.now ?? now,
    resumed: options.resumed ?? false,
    policy: { ...defaultPolicy, ...options.policy },
    signal: new AbortController().signal,
    memory: noting<Memory>({ ...noMemory, ...options.memory }, calls),
    github: noting<GitHub>({ ...noGitHub, ...answers }, calls),
  };
  return { desk, calls, argsOf: (name) => calls.filter((call) => call.name === name).map((call) => call.args) };
}

function noting<T extends object>(port: T, calls: Call[]): T {
  return new Proxy(port, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        calls.push({ name: String(name), args });
        return Reflect.apply(method, target, args);
      };
    },
  });
}

const unexpected =
  (name: string) =>
  (...args: unknown[]): Promise<never> =>
    Promise.reject(new Error(`nobody expected ${name}(${JSON.stringify(args).slice(1, -1)})`));

/** A log as it comes: piece by piece. */
export async function* streamed(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 1_000) yield bytes.subarray(start, start + 1_000);
}

const noMemory: Memory = {
  openTwin: unexpected('openTwin'),
  earlier: unexpected('earlier'),
  sightings: unexpected('sightings'),
  lessons: unexpected('lessons'),
  remember: unexpected('remember'),
  outcomes: unexpected('outcomes'),
  withoutWorkflow: unexpected('withoutWorkflow'),
};

const noGitHub: GitHub = {
  jobs: unexpected('jobs'),
  jobLog: unexpected('jobLog'),
  jobAnnotations: unexpected('jobAnnotations'),
  run: unexpected('run'),
  runsOf: unexpected('runsOf'),
  commit: unexpected('commit'),
  compare: unexpected('compare'),
  tree: unexpected('tree'),
  files: unexpected('files'),
  filesOf: unexpected('filesOf'),
  branchHead: unexpected('branchHead'),
  file: unexpected('file'),
  versions: unexpected('versions'),
  permission: unexpected('permission'),
  artifact: unexpected('artifact'),
  artifacts: unexpected('artifacts'),
  artifactFiles: unexpected('artifactFiles'),
  pull: unexpected('pull'),
  pullOfBranch: unexpected('pullOfBranch'),
  reviews: unexpected('reviews'),
  replyToReview: unexpected('replyToReview'),
  issue: unexpected('issue'),
  standing: unexpected('standing'),
  comments: unexpected('comments'),
  rerunFailedJobs: unexpected('rerunFailedJobs'),
  createCommit: unexpected('createCommit'),
  setBranch: unexpected('setBranch'),
  deleteBranch: unexpected('deleteBranch'),
  setTag: unexpected('setTag'),
  dispatch: unexpected('dispatch'),
  openPull: unexpected('openPull'),
  enableAutoMerge: unexpected('enableAutoMerge'),
  disableAutoMerge: unexpected('disableAutoMerge'),
  updatePull: unexpected('updatePull'),
  addLabels: unexpected('addLabels'),
  comment: unexpected('comment'),
  commitComment: unexpected('commitComment'),
  checkRun: unexpected('checkRun'),
  facts: unexpected('facts'),
  failedRuns: unexpected('failedRuns'),
  ownIssue: unexpected('ownIssue'),
  openOwnIssue: unexpected('openOwnIssue'),
  editOwnIssue: unexpected('editOwnIssue'),
  requests: () => ({ sent: 0, unchanged: 0, mints: 0, revocations: 0 }),
  hangUp: () => undefined,
};
