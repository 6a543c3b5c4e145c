// The command `calls`: the database's record of the model's calls → what was asked, what it cost, and what is left of the budgets.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openStore, type Store } from '../adapters/database/store.ts';
import { requiredSettings, type Settings } from '../config/settings.ts';
import { SelfHealError } from '../errors.ts';
import { callText, listText } from './calls-text.ts';
import type { Command } from './command.ts';

const help = `Usage: self-heal calls [INCIDENT] [--json]
       self-heal calls --show N [--json]

The calls to the model: when, for which incident and step, tokens in, cached, out and thought, cost, seconds, outcome.
Then what they come to, by repository in 24 hours and by installation in 30 days, next to the operator's budgets.
A repository's own policy may set lower ones (budget in .github/self-heal.yml).

  INCIDENT   only the calls of this incident (the ten characters at the end of its pull request or explanation)
  --show N   one call with what was asked and answered, redacted; texts are kept for 30 days
  --json     as JSON; up to 1,000 calls instead of the newest 50

An embedded database belongs to the App that runs on it: stop the App first. Exit code 0 when the record could be read;
2 for arguments that name nothing; 1 where the database does not open.`;

export const calls: Command = {
  name: 'calls',
  summary: 'Lists the calls to the model with what they cost; shows one with its prompt and reply.',
  help,
  flags: 'its own',
  run: async (args, env) => {
    const { show, incident, json } = parsed(args);
    const settings = requiredSettings(env, (file) => readFileSync(file, 'utf8'));
    const store = await opened(settings.database);
    try {
      console.log(show === undefined ? await list(store, settings, incident, json) : await one(store, show, json));
    } finally {
      await store.close();
    }
    return 0;
  },
};

function parsed(args: string[]) {
  const { values, positionals } = readArguments(args);
  const [incident, ...others] = positionals;
  if (others.length > 0) throw misused(`One incident at a time, not ${JSON.stringify(positionals.join(' '))}.`);
  if (incident !== undefined && !/^[0-9a-hjkmnp-tv-z]{10}$/.test(incident))
    throw misused(`${JSON.stringify(incident)} is no incident: it has ten small letters and digits.`);
  if (values.show !== undefined && !/^[1-9]\d{0,14}$/.test(values.show))
    throw misused(`--show takes the number of a call, not ${JSON.stringify(values.show)}.`);
  if (values.show !== undefined && incident !== undefined) throw misused('--show goes without an incident.');
  return { incident, show: values.show === undefined ? undefined : Number(values.show), json: values.json };
}

function readArguments(args: string[]) {
  try {
    const options = { show: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error));
  }
}

const misused = (what: string): SelfHealError =>
  new SelfHealError('input-invalid', `${what}\nself-heal calls --help tells what it takes.`);

function opened({ url, dataDirectory }: Settings['database']): Promise<Store> {
  // Looking must not make a database where there is none.
  if (!url && !existsSync(path.join(dataDirectory, 'database')))
    throw new SelfHealError(
      'input-invalid',
      `There is no database in ${dataDirectory}: set SELF_HEAL_DATA or DATABASE_URL as the App has it.`,
    );
  return openStore({ ...(url ? { url } : {}), dataDirectory, log: pino({ level: 'silent' }) });
}

async function list(store: Store, { spending }: Settings, incidentId: string | undefined, json: boolean) {
  const filter = incidentId === undefined ? {} : { incidentId };
  const limit = json || incidentId !== undefined ? 1_000 : 50;
  const found = await store.calls({ ...filter, limit: limit + 1 });
  const { incidentUsd, dayUsd, monthUsd } = spending;
  const report = {
    calls: found.slice(0, limit),
    ...(await store.totals()),
    budgets: { incidentUsd, dayUsd, monthUsd },
  };
  return json ? JSON.stringify(report, null, 2) : listText(report, { incidentId, isCut: found.length > limit });
}

async function one(store: Store, id: number, json: boolean): Promise<string> {
  const call = await store.call(id);
  if (!call) throw new SelfHealError('input-invalid', `There is no call ${id}. self-heal calls lists them.`);
  return json ? JSON.stringify(call, null, 2) : callText(call);
}
