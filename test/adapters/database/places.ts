// The databases that one contract holds for: the embedded PGlite always, PostgreSQL where a server answers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openStore, type Store } from '../../../src/adapters/database/store.ts';
import { prepareDatabase } from '../../prepared-database.ts';
import { dropSchema, freshSchema, serverAnswers, serverUrl } from './test-server.ts';

export interface Place {
  open(): Promise<Store>;
  /** What the command line of a process needs to open the same. */
  address: string[];
  remove(): Promise<void>;
}

export const logged: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });

async function folder(): Promise<Place> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'self-heal-database-'));
  await prepareDatabase(dataDirectory);
  return {
    open: () => openStore({ dataDirectory, log }),
    address: [dataDirectory],
    remove: () => rm(dataDirectory, { recursive: true, force: true }),
  };
}

async function schemaOnServer(): Promise<Place> {
  const schema = freshSchema();
  return {
    open: () => openStore({ url: serverUrl, schema, log }),
    address: [serverUrl, schema],
    remove: async () => {
      await dropSchema(schema);
    },
  };
}

export const places: { kind: string; newPlace: () => Promise<Place> }[] = [
  { kind: 'pglite', newPlace: folder },
  ...(serverAnswers ? [{ kind: 'postgresql', newPlace: schemaOnServer }] : []),
];
process.stderr.write(`databases tested: ${places.map(({ kind }) => kind).join(', ')}\n`);
