// What errands need of the database: they are noted with the delivery that brings them, and come back until they are done.
import type { DryRunRequest } from '../incident/dry-run.ts';
import type { Errand } from '../incident/errand.ts';
import type { Incident } from '../incident/incident.ts';
import type { ProposedPolicy } from '../incident/proposed-policy.ts';
import type { Scoreboard } from '../incident/scoreboard.ts';
import type { SetupDelivery } from './setup.ts';

/** What intake needs of it. */
export interface ErrandRegistry {
  /** Delivery and job in one transaction; false where the delivery came before. */
  dryRunAsked(delivery: SetupDelivery, request: DryRunRequest): Promise<boolean>;
  /** The same; it takes the place of one that waits for the same pull request or branch. */
  policyProposed(delivery: SetupDelivery, request: ProposedPolicy): Promise<boolean>;
}

/** What the worker of errands needs of it. */
export interface ErrandShelf {
  load(incidentId: string): Promise<Incident | undefined>;
  /** With its first job, unless one about the same run is open: that one. */
  openDryRun(incident: Incident): Promise<Incident>;
  /** The same once more, later. */
  again(errand: Errand, at: Date): Promise<void>;
  loadScoreboard(repository: string): Promise<Scoreboard | undefined>;
  /** False, and nothing saved, when the stored revision is not the one before. */
  saveScoreboard(scoreboard: Scoreboard): Promise<boolean>;
  /** Incidents of shadow mode that closed since then, the oldest first. */
  shadowed(repository: string, since: Date): Promise<Incident[]>;
}

/** What the clock needs of it. */
export interface ScoreboardClock {
  /** Sees to a job for each scoreboard that is due, and begins those that there is a reason for; says how many are due. */
  dueScoreboards(now: Date): Promise<number>;
}
