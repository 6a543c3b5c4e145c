// Takes an errand, does it with a token of its own, and brings it back later where an error is worth another try.
import { coded } from '../errors.ts';
import { type DryRunRequest, dryRunMarker } from '../incident/dry-run.ts';
import { type Errand, errandKey } from '../incident/errand.ts';
import type { ProposedPolicy } from '../incident/proposed-policy.ts';
import type { Repository } from '../incident/repository.ts';
import type { ErrandShelf } from '../ports/errand.ts';
import type { GitHub, Permissions, World } from '../ports.ts';
import { dryRun } from './dry-run/dry-run.ts';
import { cannotBeDone } from './dry-run/dry-run-words.ts';
import { checkPolicy, policyCheckMay } from './policy-check/check-policy.ts';
import { interrupted, retryAt } from './retries.ts';
import { putOff, tellWeek } from './scoreboard/tell-week.ts';

export interface ErrandWorkerOptions {
  shelf: ErrandShelf;
  world: Pick<World, 'github' | 'now'>;
  timeoutMs: number;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

export const dryRunMay: Permissions = { actions: 'read', issues: 'write', metadata: 'read', pull_requests: 'write' };
export const scoreboardMay: Permissions = { actions: 'read', contents: 'read', issues: 'write', metadata: 'read' };

/** An incident may be saved a moment after the time it says it closed at. */
const overlapMs = 24 * 3_600_000;

export function errandWorker(options: ErrandWorkerOptions): (errand: Errand, signal: AbortSignal) => Promise<void> {
  const { shelf, world, log } = options;

  return async (errand, stopping) => {
    const key = errandKey(errand);
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(options.timeoutMs)]);
    try {
      const said = await Promise.race([done(errand, signal), interrupted(signal, 'the errand')]);
      log.info({ errand: key }, `${errand.kind}: ${said}`);
    } catch (thrown) {
      if (stopping.aborted) return;
      const error = coded(thrown);
      log[error.tell === 'operator' ? 'error' : 'warn']({ errand: key, code: error.code, err: error }, error.message);
      const at = retryAt(errand.failures, error, world.now());
      if (at) await shelf.again({ ...errand, failures: errand.failures + 1 }, at);
      else await givenUp(errand);
    }
  };

  function done(errand: Errand, signal: AbortSignal): Promise<string> {
    switch (errand.kind) {
      case 'dry-run':
        return answered(errand.request, signal);
      case 'policy-check':
        return checked(errand.request, signal);
      case 'scoreboard':
        return scoreboard(errand.repository, signal);
    }
  }

  function answered(request: DryRunRequest, signal: AbortSignal): Promise<string> {
    const run = (github: GitHub) => dryRun(request, { github, shelf, now: world.now() });
    return withGitHub(request.repository, dryRunMay, signal, run);
  }

  async function checked(request: ProposedPolicy, signal: AbortSignal): Promise<string> {
    const check = await withGitHub(request.repository, policyCheckMay(request), signal, (github) =>
      checkPolicy({ github }, request),
    );
    return check.kind === 'answered' ? check.said : check.why;
  }

  async function scoreboard(key: string, signal: AbortSignal): Promise<string> {
    const now = world.now();
    const before = await shelf.loadScoreboard(key);
    if (!before?.nextAt || Date.parse(before.nextAt) > now.getTime()) return 'nothing is due';
    const incidents = await shelf.shadowed(key, new Date(Date.parse(before.lookedUntil) - overlapMs));
    const next = await withGitHub(before.repository, scoreboardMay, signal, (github) =>
      tellWeek(before, { github, incidents, now }),
    );
    const saved = await shelf.saveScoreboard({ ...next, revision: before.revision + 1 });
    return saved ? `${next.entries.length} failures, next ${next.nextAt ?? 'never'}` : 'somebody else was faster';
  }

  /** What is interrupted still hangs up, and so reaches GitHub no more. */
  async function withGitHub<T>(
    repository: Repository,
    may: Permissions,
    signal: AbortSignal,
    run: (github: GitHub) => Promise<T>,
  ): Promise<T> {
    const github = world.github(repository, may);
    try {
      return await Promise.race([run(github), interrupted(signal, 'the errand')]);
    } finally {
      github.hangUp();
    }
  }

  /** No silent end, as far as GitHub still lets us speak. */
  async function givenUp(errand: Errand): Promise<void> {
    const key = errandKey(errand);
    if (errand.kind === 'scoreboard') {
      const before = await shelf.loadScoreboard(errand.repository);
      if (before?.nextAt) await shelf.saveScoreboard({ ...putOff(before, world.now()), revision: before.revision + 1 });
      return;
    }
    // A policy that could not be looked at now is looked at when it is changed, or comes into force.
    if (errand.kind === 'policy-check') return;
    const { request } = errand;
    const why = 'GitHub did not answer, or does not let Self-Heal look. Try again later; the log of the App says more.';
    const said = withGitHub(request.repository, dryRunMay, AbortSignal.timeout(options.timeoutMs), (github) =>
      github.comment(request.issueNumber, dryRunMarker(request), cannotBeDone(why)),
    );
    await said.catch((error: unknown) => log.warn({ errand: key, err: error }, 'could not say that it is given up'));
  }
}
