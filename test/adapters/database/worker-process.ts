// A process to be killed: its workers start steps that never end, while it saves incidents for ever; it names each of both.
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { openStore } from '../../../src/adapters/database/store.ts';
import { sampleIncident } from './sample-incident.ts';

const [database = '', schema = 'self_heal'] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const where = database.startsWith('postgres') ? { url: database, schema } : { dataDirectory: database };
const store = await openStore({ ...where, log });
const say = (what: 'running' | 'acknowledged', id: string) => process.stdout.write(`${what} ${id}\n`);

await store.work(
  async ({ incidentId }) => {
    say('running', incidentId);
    await new Promise(() => undefined);
  },
  { concurrency: 2 },
);
for (;;) {
  const incident = sampleIncident();
  await store.receive({ id: randomUUID(), event: 'workflow_run', at: new Date() }, incident);
  say('acknowledged', incident.id);
}
