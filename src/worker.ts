// Takes a job, calls `advance`, and turns what came out, outcome or error, into the incident's next saved state.
import { coded, type ErrorCode, SelfHealError } from './errors.ts';
import type { ModelCall } from './incident/case-file.ts';
import { fullName, type Incident } from './incident/incident.ts';
import { follow, type Move, retried, stopped } from './incident/lifecycle.ts';
import type { StopReason } from './incident/outcome.ts';
import { noted } from './incident/timeline.ts';
import { advance, policyOf } from './pipeline.ts';
import type { GitHub, RequestCount, World } from './ports.ts';

/** What the worker needs of the database. */
export interface Cabinet {
  load(id: string): Promise<Incident | undefined>;
  /** Notes that this revision's step begins; true when it was begun before. */
  begin(id: string, revision: number): Promise<boolean>;
  save(move: Move): Promise<boolean>;
}

export interface WorkerOptions {
  cabinet: Cabinet;
  world: World;
  stepTimeoutMs: number;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

const retriesPerStep = 6;
const firstRetryMs = 2_000;
const longestRetryMs = 15 * 60_000;

/** One step of one incident. Returns once the result is saved, or found to be superseded. */
export function worker(options: WorkerOptions): (job: { incidentId: string }, signal: AbortSignal) => Promise<void> {
  const { cabinet, world, log } = options;
  return async ({ incidentId }, signal) => {
    const incident = await cabinet.load(incidentId);
    if (!incident || incident.state === 'closed') return;
    // A step that ended in an error has been begun before, too: the request that seemed to fail may have arrived.
    const resumed = (await cabinet.begin(incident.id, incident.revision)) || incident.failures > 0;
    const startedMs = world.now().getTime();
    const move = await step(incident, resumed, signal);
    if (signal.aborted) return;
    const saved = await cabinet.save(move);
    const fields = {
      incident: incident.id,
      repository: fullName(incident.repository),
      step: incident.step,
      next: move.incident.step,
      state: move.incident.state,
      stopReason: move.incident.stopReason,
      attempt: incident.attempt,
      tookMs: world.now().getTime() - startedMs,
      tokens: tokensOf(move.incident) - tokensOf(incident),
      costUsd: Number((costOf(move.incident) - costOf(incident)).toFixed(6)),
      requests: requestsOf(move.incident) - requestsOf(incident),
    };
    if (saved) log.info(fields, move.incident.timeline.at(-1)?.text ?? 'moved');
    else log.warn(fields, 'another worker was faster; this result is dropped');
  };

  async function step(incident: Incident, resumed: boolean, stopping: AbortSignal): Promise<Move> {
    const timeout = AbortSignal.timeout(options.stepTimeoutMs);
    const signal = AbortSignal.any([stopping, timeout]);
    const { counted, hangUp, withRequests } = countingRequests(world);
    const calls: ModelCall[] = [];
    const run = { signal, resumed, onCall: (call: ModelCall) => calls.push(call) };
    try {
      const outcome = await Promise.race([advance(incident, counted, run), interrupted(signal)]).finally(hangUp);
      const move = follow(withRequests(incident), outcome, world.now(), { attempts: policyOf(incident).attempts });
      return sayingTried(move, calls);
    } catch (thrown) {
      const error = coded(thrown);
      if (!stopping.aborted)
        log.error({ incident: incident.id, step: incident.step, code: error.code, err: error }, error.message);
      return afterError(withRequests(incident), error, world.now(), calls);
    }
  }
}

/** Errors cost requests, too: they are counted around the step, not in what it returns. So is the end of its tokens. */
function countingRequests(world: World) {
  const telephones: GitHub[] = [];
  const counted: World = {
    ...world,
    github: (repository, permissions) => {
      const github = world.github(repository, permissions);
      telephones.push(github);
      return github;
    },
  };
  const withRequests = (incident: Incident): Incident => {
    const counts = telephones.map((github) => github.requests());
    const before = incident.caseFile.githubRequests;
    const all = [...(before ? [before] : []), ...counts];
    if (counts.length === 0) return incident;
    const sum = (name: keyof RequestCount) => all.reduce((total, count) => total + (count[name] ?? 0), 0);
    const githubRequests = {
      sent: sum('sent'),
      unchanged: sum('unchanged'),
      mints: sum('mints'),
      revocations: sum('revocations'),
    };
    return { ...incident, caseFile: { ...incident.caseFile, githubRequests } };
  };
  const hangUp = (): void => {
    for (const github of telephones) github.hangUp();
  };
  return { counted, hangUp, withRequests };
}

/** Whatever the step waits for, the worker goes on; what the step may still write, the next try finds. */
function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => reject(new SelfHealError('step-timed-out', 'the step did not end in time'));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

const tokensOf = (incident: Incident): number =>
  incident.caseFile.modelCalls.reduce(
    (sum, call) => sum + call.inputTokens + call.outputTokens + call.thinkingTokens,
    0,
  );

const requestsOf = ({ caseFile }: Incident): number => caseFile.githubRequests?.sent ?? 0;

const costOf = (incident: Incident): number =>
  incident.caseFile.modelCalls.reduce((sum, call) => sum + (call.costUsd ?? 0), 0);

const longestSaid = 500;

/** Models that were asked in vain stand in the timeline, behind the first line of what the step said. */
function sayingTried(move: Move, calls: readonly ModelCall[]): Move {
  const tries = calls.flatMap(({ model, tried = [] }) =>
    tried.length === 0
      ? []
      : [...tried.map(({ model: other, code, detail }) => `${other}: ${code}: ${detail}`), `${model} answered`],
  );
  const { timeline } = move.incident;
  const last = timeline.at(-1);
  if (tries.length === 0 || !last) return move;
  const [first = '', ...others] = last.text.split('\n');
  const said = first.length > longestSaid ? `${first.slice(0, longestSaid).toWellFormed()}…` : first;
  const text = [`${said} (${tries.join('; ').replaceAll('\n', ' ')})`, ...others].join('\n');
  return { ...move, incident: { ...move.incident, timeline: noted(timeline.slice(0, -1), { ...last, text }) } };
}

/** A step that comes back gets the same answers again; where it does not, those it got belong to what the incident cost. */
export function afterError(failed: Incident, error: SelfHealError, now: Date, calls: readonly ModelCall[] = []): Move {
  const text = `${error.code}: ${error.message}`;
  if (error.next === 'retry' && failed.failures < retriesPerStep) {
    const backoffMs = Math.min(firstRetryMs * 4 ** failed.failures, longestRetryMs);
    return retried(failed, text, now, new Date(now.getTime() + Math.max(backoffMs, error.retryAfterMs ?? 0)));
  }
  const { caseFile } = failed;
  const incident = { ...failed, caseFile: { ...caseFile, modelCalls: [...caseFile.modelCalls, ...calls] } };
  return stopped(incident, reasonOf(error.code), text, now);
}

/** What the maintainer reads when an error ended the incident. */
function reasonOf(code: ErrorCode): StopReason {
  if (code === 'budget-spent') return 'budget-spent';
  if (code.startsWith('github-') || code === 'signing-failed') return 'access-lost';
  if (code.startsWith('model-')) return 'model-failed';
  return 'defect';
}
