// The command `doctor`: looks at everything the App needs, and says line by line what is wrong and how to mend it.
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { parse } from 'yaml';
import { z } from 'zod';
import { openStore } from '../adapters/database/store.ts';
import { availableModels } from '../adapters/gemini/available.ts';
import { type AppAccount, appAccount } from '../adapters/github/app-account.ts';
import { type OpenPolicyAgentOptions, openPolicyAgent } from '../adapters/policy-engine/open-policy-agent.ts';
import { type Credentials, readSettings, type Settings } from '../config/settings.ts';
import { Variables } from '../config/variables.ts';
import { coded } from '../errors.ts';
import type { PolicyQuestion } from '../ports.ts';
import { pricedAs } from '../spending/prices.ts';
import { spendingOf } from '../spending/spending-of.ts';
import { appIdentity } from './app-identity.ts';
import type { Command } from './command.ts';

export interface Check {
  what: string;
  ok: boolean;
  says: string;
  /** What to do; absent when all is well. */
  mend?: string;
}

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Checks settings, database, key, permissions, events, webhook, model and policy engine; says how to mend what is wrong.',
  help: `Usage: self-heal doctor [--json]

One line a check; exit code 0 only when all are well. Changes nothing, apart from opening the database once
(a running App with the embedded database holds it: stop that first, or read its /healthz).`,
  flags: ['--json'],
  run: async (args, env) => {
    const checks = await diagnosed(env);
    if (args.includes('--json')) console.log(JSON.stringify(checks, null, 2));
    else for (const check of checks) console.log(line(check));
    return checks.every((check) => check.ok) ? 0 : 1;
  },
};

const line = (check: Check): string =>
  `${check.ok ? '✔' : '✘'} ${check.what}: ${check.says}${check.mend ? `\n    → ${check.mend}` : ''}`;

export async function diagnosed(env: Record<string, string | undefined>): Promise<Check[]> {
  const reading = readSettings(env, (path) => readFileSync(path, 'utf8'));
  if (!reading.ok)
    return reading.problems.map(({ variable, problem }) => ({
      what: variable,
      ok: false,
      says: problem,
      mend: `${Variables.shape[variable].description} See docs/configuration.md.`,
    }));
  const { settings } = reading;
  const checks: Check[] = [{ what: 'settings', ok: true, says: 'every variable is well formed' }];
  checks.push(await databaseCheck(settings));
  if (settings.credentials) checks.push(...(await gitHubChecks(settings, settings.credentials)));
  else
    checks.push({
      what: 'credentials',
      ok: false,
      says: 'the App is not registered yet',
      mend: 'Run `npm start` without credentials: it opens the registration page.',
    });
  checks.push(await pricesCheck(settings), await modelCheck(settings));
  if (settings.policyEngine) checks.push(await policyEngineCheck(settings.policyEngine));
  return checks;
}

/** A check that throws is a finding, not a crash. */
async function checked(what: string, mend: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (thrown) {
    const error = coded(thrown);
    return { what, ok: false, says: `${error.code}: ${error.message}`, mend };
  }
}

const silent = pino({ level: 'silent' });

function databaseCheck({ database }: Settings): Promise<Check> {
  const where = database.url ? 'DATABASE_URL' : `SELF_HEAL_DATA (${database.dataDirectory})`;
  return checked('database', `Check ${where}: reachable, writable, and used by no other App.`, async () => {
    const store = await openStore({
      ...(database.url ? { url: database.url } : {}),
      dataDirectory: database.dataDirectory,
      log: silent,
    });
    try {
      const health = await store.health();
      return { what: 'database', ok: health.ok, says: health.ok ? `${health.kind} answers` : health.problem };
    } finally {
      await store.close();
    }
  });
}

async function gitHubChecks(settings: Settings, credentials: Credentials): Promise<Check[]> {
  const account = appAccount({ ...appIdentity(credentials), baseUrl: settings.github.baseUrl, log: silent });
  const where = `${settings.github.webUrl}/settings/apps`;
  const named = 'privateKey' in credentials ? 'PRIVATE_KEY' : 'SIGNING_COMMAND';
  const mend = `Check APP_ID and ${named} against the App's page (${where}), and that ${settings.github.baseUrl} is reachable.`;
  let app: Awaited<ReturnType<AppAccount['describe']>> | undefined;
  const key = await checked('key', mend, async () => {
    app = await account.describe();
    return { what: 'key', ok: true, says: `signs for the App ${app.slug}` };
  });
  if (!app) return [key];
  return [key, ...manifestChecks(app, where), await webhookCheck(account, settings)];
}

const Manifest = z.object({
  default_events: z.array(z.string()),
  default_permissions: z.record(z.string(), z.string()),
});

/** What the App has against what `app.yml` asks for. */
function manifestChecks(app: { permissions: Record<string, string>; events: string[] }, where: string): Check[] {
  const manifest = Manifest.parse(parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')));
  const lacking = Object.entries(manifest.default_permissions)
    .filter(([name, level]) => app.permissions[name] !== level && app.permissions[name] !== 'write')
    .map(([name, level]) => `${name}: ${level}`);
  const excess = Object.keys(app.permissions).filter((name) => !(name in manifest.default_permissions));
  const unheard = manifest.default_events.filter((event) => !app.events.includes(event));
  const permissions: Check =
    lacking.length > 0
      ? {
          what: 'permissions',
          ok: false,
          says: `lacks ${lacking.join(', ')}`,
          mend: `Grant them under ${where} → Permissions, then accept the change in each installation.`,
        }
      : {
          what: 'permissions',
          ok: true,
          says:
            excess.length > 0 ? `all granted (and more than needed: ${excess.join(', ')})` : 'exactly those of app.yml',
        };
  const events: Check =
    unheard.length > 0
      ? {
          what: 'events',
          ok: false,
          says: `does not hear ${unheard.join(', ')}`,
          mend: `Subscribe to them under ${where} → Permissions & events.`,
        }
      : { what: 'events', ok: true, says: `hears ${manifest.default_events.join(', ')}` };
  return [permissions, events];
}

const reachTimeoutMs = 5_000;
const dayMs = 24 * 3_600_000;

function webhookCheck(account: AppAccount, settings: Settings): Promise<Check> {
  const mend = `Set the App's webhook URL to https://YOUR-HOST${settings.server.webhookPath}, start the App there, and let GitHub reach it.`;
  return checked('webhook', mend, async () => {
    const url = await account.webhookUrl();
    if (!url) return { what: 'webhook', ok: false, says: 'the App has no webhook URL', mend };
    const missed = await account.missedDeliveries(new Date(Date.now() - dayMs));
    const reached = await reachable(url);
    if (reached !== true)
      return { what: 'webhook', ok: false, says: `${url} does not answer from here: ${reached}`, mend };
    if (missed.length > 0)
      return {
        what: 'webhook',
        ok: false,
        says: `${url} answers, but GitHub could not deliver ${missed.length} event(s) in the last day`,
        mend: 'They are fetched when the App runs; look at the App’s “Recent deliveries” if the number grows.',
      };
    return { what: 'webhook', ok: true, says: `${url} answers, nothing was missed in the last day` };
  });
}

/** A webhook without event or signature is refused with 400 or 415 by a running App: that answer is what is looked for. */
async function reachable(url: string): Promise<true | string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(reachTimeoutMs),
    });
    return response.status === 400 ? true : `it answers with ${response.status}, which a running App does not`;
  } catch (error) {
    return error instanceof Error
      ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
      : String(error);
  }
}

/** A table that cannot be read would stop the start; a model without a price counts as the dearest, which is worth knowing. */
function pricesCheck(settings: Settings): Promise<Check> {
  const mend = 'Mend the file that GEMINI_PRICES names (docs/configuration.md shows its form).';
  return checked('prices', mend, async () => {
    const { prices, allowedModels } = spendingOf(settings, (path) => readFileSync(path, 'utf8'));
    const unpriced = allowedModels.filter((model) => pricedAs(model, prices) === undefined);
    const says =
      unpriced.length === 0
        ? 'every model has a price'
        : `nobody priced ${unpriced.join(', ')}: counted as the dearest model that is priced (GEMINI_PRICES tells better)`;
    return { what: 'prices', ok: true, says };
  });
}

/** A patch without files: whether it is denied does not matter, only that there is a decision. */
const noPatch: PolicyQuestion = {
  incident: { id: 'doctor', repository: 'none/none', private: true, branch: '', sha: '', attempt: 1, trigger: 'issue' },
  diagnosis: { kind: 'unknown', rootCause: '', mechanism: '', files: [], change: '', risk: 'low', confidence: 0 },
  files: [],
};

function policyEngineCheck(options: OpenPolicyAgentOptions): Promise<Check> {
  const mend =
    'Check OPA_URL, OPA_TOKEN and the rule (docs/configuration.md, “Policy as code”): without a decision nothing is pushed.';
  return checked('policy engine', mend, async () => {
    const denials = await openPolicyAgent(options).denials(noPatch, AbortSignal.timeout(reachTimeoutMs));
    const says = denials.length > 0 ? `decides (an empty patch it denies: ${denials[0]})` : 'decides';
    return { what: 'policy engine', ok: true, says };
  });
}

function modelCheck({ gemini }: Settings): Promise<Check> {
  const { vertex, apiKey } = gemini;
  const by = vertex ? `Vertex AI (project ${vertex.project}, ${vertex.location})` : 'the Gemini API';
  const mend = vertex
    ? 'Let the machine sign in (`gcloud auth application-default login`, a service account, or GOOGLE_APPLICATION_CREDENTIALS) as somebody with the role “Vertex AI User” in GOOGLE_CLOUD_PROJECT, and check GOOGLE_CLOUD_LOCATION, GEMINI_LADDER and GEMINI_ALLOWED_MODELS.'
    : 'Set GEMINI_API_KEY to a key that may use the models (https://aistudio.google.com/apikey), and check GEMINI_LADDER and GEMINI_ALLOWED_MODELS.';
  return checked('model', mend, async () => {
    if (!vertex && !apiKey) return { what: 'model', ok: false, says: 'GEMINI_API_KEY is missing', mend };
    const names = await availableModels({ ...gemini, models: gemini.allowedModels });
    return { what: 'model', ok: true, says: `${names.join(' and ')} can be asked, by ${by}` };
  });
}
