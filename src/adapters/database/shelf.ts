// What every query of the store needs at hand.
import type { Logger } from 'pino';
import type { Connection } from './connection.ts';
import type { Jobs } from './jobs.ts';
import type { Tables } from './tables.ts';

export interface Shelf {
  connection: Connection;
  tables: Tables;
  jobs: Jobs;
  now: () => Date;
  log: Logger;
}
