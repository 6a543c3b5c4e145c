// An incident → the moves that a worker would save next.
import { randomUUID } from 'node:crypto';
import type { Incident } from '../../../src/incident/incident.ts';
import { follow, type Move, stopped } from '../../../src/incident/lifecycle.ts';

const limits = { attempts: 3 };

export const delivery = (event = 'workflow_run') => ({ id: randomUUID(), event, at: new Date() });

/** The step waits, its job due `inMs` from now. */
export function waiting(incident: Incident, inMs = 0, changes: Partial<Incident> = {}): Move {
  const now = new Date();
  const deadlineAt = new Date(now.getTime() + inMs);
  const outcome = { kind: 'wait', papers: {}, said: 'waits', waitsFor: 'time', deadlineAt } as const;
  const move = follow(incident, outcome, now, limits);
  return { ...move, incident: { ...move.incident, ...changes } };
}

/** As `stop` does it: explain, learn, closed. */
export function closing(incident: Incident): Move[] {
  const now = new Date();
  const explain = stopped(incident, 'flaky', 'comes and goes', now);
  const learn = follow(explain.incident, { kind: 'done', papers: {}, said: 'said' }, now, limits);
  return [explain, learn, follow(learn.incident, { kind: 'done', papers: {}, said: 'learnt' }, now, limits)];
}
