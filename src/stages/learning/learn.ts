// Step: keeps what was learnt, and closes the incident.
import type { Incident } from '../../incident/incident.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { Desk } from '../../ports.ts';
import { lesson } from './lesson.ts';

export async function learn(incident: Incident, desk: Desk): Promise<Outcome> {
  const learnt = lesson(incident, desk.now);
  if (learnt) await desk.memory.remember(learnt);
  return { kind: 'done', said: learnt ? 'Remembered for the next time.' : 'Nothing new to remember.', papers: {} };
}
