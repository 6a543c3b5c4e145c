// The route: one table says which desk comes next, and `follow` turns a desk's outcome into the incident's next state and job.
import { dryRunOf } from './case-file.ts';
import type { Incident, StepName } from './incident.ts';
import type { Outcome, StopReason } from './outcome.ts';
import { noted, type TimelineEntry } from './timeline.ts';

interface Ways {
  /** Where `done` leads; null closes the incident. */
  next: StepName | null;
  /** Where `again` leads, for steps that may spend an attempt. */
  again?: StepName;
  /** Where `back` leads: for steps that learn of a newer failure, need to see more of the evidence, or are let do more. */
  back?: StepName;
  undo?: StepName;
  /** Where the end of an attempt leads while a pull request that was proven before waits for people. */
  stands?: StepName;
}

export const route: Record<StepName, Ways> = {
  collect: { next: 'rerun' },
  rerun: { next: 'diagnose', back: 'collect' },
  diagnose: { next: 'propose', back: 'collect' },
  propose: { next: 'critique', again: 'propose', stands: 'settle' },
  critique: { next: 'enforce', again: 'propose', stands: 'settle' },
  enforce: { next: 'push', again: 'propose', stands: 'settle' },
  push: { next: 'dispatch', stands: 'settle' },
  dispatch: { next: 'conclude', stands: 'settle' },
  conclude: { next: 'open', again: 'propose', stands: 'settle' },
  open: { next: 'settle', back: 'rebase' },
  rebase: { next: 'enforce' },
  settle: { next: 'watch', again: 'propose', back: 'open' },
  watch: { next: 'learn', undo: 'revert' },
  revert: { next: 'learn' },
  explain: { next: 'learn' },
  learn: { next: null },
};

/** The job that goes into the database together with the record. */
export interface NextJob {
  incidentId: string;
  revision: number;
  runAt: Date;
}

export interface Move {
  incident: Incident;
  job: NextJob | null;
}

export interface Limits {
  attempts: number;
}

/** Steps whose `done` gives the incident its closing reason; every other way out is a `stop` that carries one. */
const endsWell: Partial<Record<StepName, StopReason>> = { watch: 'healed', revert: 'reverted' };

/** Reasons that end the attempts at what reviewers asked for, and leave the pull request as it was proven. */
const endsRound: ReadonlySet<StopReason> = new Set([
  'no-patch',
  'forbidden',
  'too-risky',
  'low-confidence',
  'budget-spent',
  'model-failed',
  'base-moved',
  'exposed',
  'no-workflow',
  'not-reproduced',
  'flaky',
  'sandbox-unavailable',
]);

/** The number of the last attempt that may be spent: of the first proof, or of the round that reviewers asked for. */
export const lastAttempt = ({ caseFile }: Incident, limits: Limits): number =>
  caseFile.review?.round?.lastAttempt ?? limits.attempts;

export function follow(incident: Incident, outcome: Outcome, now: Date, limits: Limits): Move {
  const paperwork: Incident = { ...incident, failures: 0, caseFile: { ...incident.caseFile, ...outcome.papers } };
  switch (outcome.kind) {
    case 'done':
      return done(paperwork, outcome.said, now);
    case 'wait': {
      const checkAt = outcome.checkAt && outcome.checkAt < outcome.deadlineAt ? outcome.checkAt : outcome.deadlineAt;
      const sameWait = incident.state === 'waiting' && incident.waitsFor === outcome.waitsFor;
      return move(
        { ...paperwork, state: 'waiting', waitsFor: outcome.waitsFor, deadlineAt: outcome.deadlineAt.toISOString() },
        sameWait ? null : { kind: 'waits', text: outcome.said },
        now,
        checkAt,
      );
    }
    case 'again': {
      const again = route[incident.step].again;
      if (!again) throw new TypeError(`step ${incident.step} may not spend an attempt`);
      const judged = withFeedback(paperwork, outcome.feedback);
      if (incident.attempt >= lastAttempt(judged, limits))
        return stopped(
          judged,
          'no-patch',
          `${judged.caseFile.review?.round ? 'The' : limits.attempts} attempts did not hold. The last: ${outcome.feedback}`,
          now,
        );
      const next: Incident = { ...working(judged, again), attempt: incident.attempt + 1 };
      return move(next, { kind: 'again', text: outcome.feedback }, now, now, incident.step);
    }
    case 'back': {
      const back = route[incident.step].back;
      if (!back) throw new TypeError(`step ${incident.step} has no earlier desk to go back to`);
      return move(working(paperwork, back), { kind: 'back', text: outcome.said }, now, now, incident.step);
    }
    case 'undo': {
      const undo = route[incident.step].undo;
      if (!undo) throw new TypeError(`step ${incident.step} has nothing to undo`);
      return move(working(paperwork, undo), { kind: 'undo', text: outcome.said }, now, now, incident.step);
    }
    case 'stop':
      return stopped(paperwork, outcome.reason, outcome.said, now);
  }
}

/** The same step once more, later: an error that time may mend. A step that waits goes on waiting. */
export function retried(incident: Incident, text: string, now: Date, runAt: Date): Move {
  const next: Incident = { ...incident, failures: incident.failures + 1 };
  return move(next, { kind: 'error', text }, now, runAt);
}

/** The end of the road by an error or a refusal: explained if that is still possible, closed in any case. */
export function stopped(incident: Incident, reason: StopReason, detail: string, now: Date): Move {
  const entry = { kind: 'stopped' as const, text: detail };
  const { stands } = route[incident.step];
  const { review } = incident.caseFile;
  if (stands && review?.round && endsRound.has(reason)) {
    const failed = { ...review, round: { ...review.round, failed: { reason, detail } } };
    const next = working({ ...incident, failures: 0, caseFile: { ...incident.caseFile, review: failed } }, stands);
    return move(next, { kind: 'back', text: detail }, now, now, incident.step);
  }
  if (incident.step === 'learn') return closed(incident, entry, now);
  const next = incident.step === 'explain' ? 'learn' : 'explain';
  const kept = incident.stopReason ?? reason;
  return move(
    { ...working(incident, next), stopReason: kept, stopDetail: incident.stopDetail ?? detail },
    entry,
    now,
    now,
    incident.step,
  );
}

function done(incident: Incident, said: string, now: Date): Move {
  const { next } = route[incident.step];
  const entry = { kind: 'did' as const, text: said };
  const reason = incident.stopReason ?? endsWell[incident.step] ?? null;
  if (!next) return closed(incident, entry, now);
  return move({ ...working(named(incident), next), stopReason: reason }, entry, now, now, incident.step);
}

/** Why an attempt was given up stands with the attempt: the next prompt and the explanation read it there. */
function withFeedback(incident: Incident, feedback: string): Incident {
  const { patch } = incident.caseFile;
  const last = patch?.attempts.at(-1);
  if (!patch || !last || last.feedback) return incident;
  const attempts = [...patch.attempts.slice(0, -1), { ...last, feedback }];
  return { ...incident, caseFile: { ...incident.caseFile, patch: { ...patch, attempts } } };
}

/** Until the log is read an incident is named after its run; then after its failure, which is what must be unique. A dry run stands in nobody's way. */
function named(incident: Incident): Incident {
  const { evidence } = incident.caseFile;
  return incident.step === 'collect' && evidence && !dryRunOf(incident.caseFile)
    ? { ...incident, fingerprint: `failure:${evidence.failureFingerprints[0]}` }
    : incident;
}

const working = (incident: Incident, step: StepName): Incident => ({
  ...incident,
  step,
  state: 'working',
  waitsFor: null,
  deadlineAt: null,
});

function closed(incident: Incident, entry: Pick<TimelineEntry, 'kind' | 'text'>, now: Date): Move {
  const at = now.toISOString();
  const timeline = noted(incident.timeline, { at, step: incident.step, ...entry });
  const reason = incident.stopReason ?? 'defect';
  const end = { at, step: incident.step, kind: 'closed' as const, text: reason };
  return {
    incident: {
      ...incident,
      revision: incident.revision + 1,
      state: 'closed',
      waitsFor: null,
      deadlineAt: null,
      closedAt: at,
      stopReason: reason,
      timeline: noted(timeline, end),
    },
    job: null,
  };
}

function move(
  next: Incident,
  entry: Pick<TimelineEntry, 'kind' | 'text'> | null,
  now: Date,
  runAt: Date,
  saidBy: StepName = next.step,
): Move {
  const timeline = entry ? noted(next.timeline, { at: now.toISOString(), step: saidBy, ...entry }) : next.timeline;
  const incident = { ...next, revision: next.revision + 1, timeline };
  return { incident, job: { incidentId: incident.id, revision: incident.revision, runAt } };
}
