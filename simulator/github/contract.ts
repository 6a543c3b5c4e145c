// What a test, the demo or the command line can do to the simulated GitHub beyond its public API.
import type { HostedRepository } from '../simulator.ts';

export interface DeliveryFaults {
  /** Share or count of deliveries, applied to the next ones that match `event` (all when absent). */
  event?: string;
  drop?: number;
  duplicate?: number;
  delayMs?: number;
  /** Holds this many deliveries back and sends them in reverse order. */
  reorder?: number;
}

/** A request that the API answered, for counting and for tests of what the App asked. */
export interface ApiRequest {
  method: string;
  /** With the query string, without the host and `/api/v3`. */
  path: string;
  status: number;
  /** `app`, `installation`, `user:<login>`, `actions`, `anonymous`. */
  as: string;
  body?: unknown;
  at: string;
}

/** A webhook that was sent, as the delivery log has it. */
interface SentDelivery {
  guid: string;
  event: string;
  action: string | null;
  redelivery: boolean;
  statusCode: number;
  payload: unknown;
}

export interface GitHubControl {
  /** The App that is installed on every hosted repository. */
  app: { id: number; slug: string; privateKey: string; webhookSecret: string; botLogin: string };
  /** One more repository, on which the App is installed at once. */
  host(hosted: HostedRepository): Promise<void>;
  /** Where webhooks go from now on. The first time GitHub pings the App and tells it of its installations. */
  setAppUrl(url: string): void;
  /** A personal access token for a person; the person is made when unknown. Permission is on every hosted repository. */
  userToken(login: string, permission?: 'admin' | 'write' | 'triage' | 'read' | 'none'): string;
  /** Path of a repository's bare git directory. */
  gitDirectory(fullName: string): string;
  /** Commits files on a branch as a person would push them; fires the webhooks and workflow runs of a push. Null deletes. */
  push(
    fullName: string,
    change: { branch: string; files: Record<string, string | null>; message: string; author?: string },
  ): Promise<string>;
  /** Runs a workflow's `on: schedule` now; answers the run's id. */
  fireSchedule(fullName: string, workflowPath: string): Promise<number>;
  faults(faults: DeliveryFaults): void;
  /** Fails matching API requests; for tests of retries. `times` 0 clears. */
  failApi(fault: {
    method?: string;
    path: RegExp;
    status: number;
    body?: unknown;
    headers?: Record<string, string>;
    times: number;
  }): void;
  requests(): ApiRequest[];
  /** The newest first. */
  deliveries(): SentDelivery[];
  /** Moves the simulator's clock forward, so that tokens and signed addresses expire. */
  advanceClock(ms: number): void;
  /** Resolves once no workflow run is in progress and no delivery is under way; rejects when something failed behind the scenes. */
  idle(): Promise<void>;
  /** Told whenever anything changed; for live pages and tests that wait for a state. Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
}
