// The route: one table says which desk comes next, and `follow` turns a desk's outcome into the incident's next state and job.
import type { Incident, StepName } from './incident.ts';
import type { Outcome, StopReason } from './outcome.ts';
import { noted, type TimelineEntry } from './timeline.ts';

interface Ways {
  /** Where `done` leads; null closes the incident. */
  next: StepName | null;
  /** Where `again` leads, for steps that may spend an attempt. */
  again?: StepName;
  /** Where `back` leads, for steps that learn of a newer failure, or need to see more of the evidence. */
  back?: StepName;
  undo?: StepName;
}

export const route: Record<StepName, Ways> = {
  collect: { next: 'rerun' },
  rerun: { next: 'diagnose', back: 'collect' },
  diagnose: { next: 'propose', back: 'collect' },
  propose: { next: 'critique', again: 'propose' },
  critique: { next: 'enforce', again: 'propose' },
  enforce: { next: 'push', again: 'propose' },
  push: { next: 'dispatch' },
  dispatch: { next: 'conclude' },
  conclude: { next: 'open', again: 'propose' },
  open: { next: 'settle' },
  settle: { next: 'watch', again: 'propose' },
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
      if (incident.attempt >= limits.attempts)
        return stopped(
          judged,
          'no-patch',
          `${limits.attempts} attempts did not hold. The last: ${outcome.feedback}`,
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
  if (!patch || !last || last.number !== incident.attempt || last.feedback) return incident;
  const attempts = [...patch.attempts.slice(0, -1), { ...last, feedback }];
  return { ...incident, caseFile: { ...incident.caseFile, patch: { attempts } } };
}

/** Until the log is read an incident is named after its run; then after its failure, which is what must be unique. */
function named(incident: Incident): Incident {
  const { evidence } = incident.caseFile;
  return incident.step === 'collect' && evidence
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
