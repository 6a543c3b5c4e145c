// Takes a repository's job, looks at it with a token of its own, and saves what came out, outcome or error.
import { coded, type SelfHealError } from '../errors.ts';
import type { Repository } from '../incident/incident.ts';
import type { Setup } from '../incident/setup.ts';
import type { SetupShelf } from '../ports/setup.ts';
import type { Permissions, World } from '../ports.ts';
import { interrupted, retryAt } from './retries.ts';
import { setUp } from './set-up.ts';

export interface SetupWorkerOptions {
  shelf: SetupShelf;
  world: Pick<World, 'github' | 'now'>;
  timeoutMs: number;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

export const setupMay: Permissions = { actions: 'read', contents: 'read', issues: 'write', metadata: 'read' };

export function setupWorker(
  options: SetupWorkerOptions,
): (job: { repository: string }, signal: AbortSignal) => Promise<void> {
  const { shelf, world, log } = options;
  return async ({ repository: key }, signal) => {
    const setup = await shelf.loadSetup(key);
    if (!setup || setup.state === 'removed') return;
    const { next, lookAgainAt } = await looked(setup, signal);
    if (signal.aborted) return;
    // What came in meanwhile has a job of its own, which looks again.
    const saved = await shelf.saveSetup({ ...next, revision: setup.revision + 1 }, lookAgainAt);
    log.info({ repository: key, state: next.state, issue: next.issue?.number, saved }, `set-up: ${next.detail}`);
  };

  async function looked(setup: Setup, stopping: AbortSignal): Promise<{ next: Setup; lookAgainAt: Date | null }> {
    const github = world.github(repositoryOf(setup), setupMay);
    try {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(options.timeoutMs)]);
      const next = await Promise.race([
        setUp(setup, { github, now: world.now() }),
        interrupted(signal, 'the look at the repository'),
      ]);
      return { next, lookAgainAt: null };
    } catch (thrown) {
      const error = coded(thrown);
      const { owner, name } = setup.repository;
      const level = error.tell === 'operator' ? 'error' : 'warn';
      if (!stopping.aborted)
        log[level]({ repository: `${owner}/${name}`, code: error.code, err: error }, error.message);
      return afterError(setup, error, world.now());
    } finally {
      github.hangUp();
    }
  }
}

/** Until the first look nobody knows the default branch: GitHub calls it HEAD. */
const repositoryOf = ({ repository }: Setup): Repository => ({ ...repository, defaultBranch: 'HEAD' });

/** It is given up in the end: the next news of the repository is another chance. */
export function afterError(setup: Setup, error: SelfHealError, now: Date): { next: Setup; lookAgainAt: Date | null } {
  const detail = `${error.code}: ${error.message}`.slice(0, 1_000).toWellFormed();
  const lookAgainAt = retryAt(setup.failures, error, now);
  if (!lookAgainAt) return { next: { ...setup, state: 'failed', detail, failures: 0 }, lookAgainAt: null };
  return { next: { ...setup, detail, failures: setup.failures + 1 }, lookAgainAt };
}
