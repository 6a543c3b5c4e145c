// The command `serve`: settings → adapters → a running App; without credentials, the registration page.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Probot, run as runRegistration, Server } from 'probot';
import { openStore, type Store } from '../adapters/database/store.ts';
import { geminiModel } from '../adapters/gemini/model.ts';
import { appAccount } from '../adapters/github/app-account.ts';
import { gitHubOf } from '../adapters/github/github.ts';
import { bodyGate } from '../adapters/http/body-gate.ts';
import { openPolicyAgent } from '../adapters/policy-engine/open-policy-agent.ts';
import { app } from '../app.ts';
import { requiredSettings, type Settings } from '../config/settings.ts';
import { SelfHealError } from '../errors.ts';
import { errandWorker } from '../onboarding/errand-worker.ts';
import { setupWorker } from '../onboarding/setup-worker.ts';
import type { World } from '../ports.ts';
import { schedule } from '../schedule.ts';
import { spendingOf } from '../spending/spending-of.ts';
import { logger } from '../telemetry/log.ts';
import { worker } from '../worker.ts';
import { appIdentity } from './app-identity.ts';
import type { Command } from './command.ts';
import { healthHandler } from './health.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Receives webhooks and heals; without credentials, opens the registration page of the GitHub App.',
  help: `Usage: self-heal serve

Reads its settings from the environment (docs/configuration.md). Without APP_ID, PRIVATE_KEY and WEBHOOK_SECRET it
serves the page that registers the GitHub App from app.yml; with them it receives webhooks and works on incidents.
Stops cleanly on SIGINT and SIGTERM: running steps get ten seconds to end, and go on at the next start.`,
  flags: [],
  run: async (_args, env) => {
    const settings = requiredSettings(env, (path) => readFileSync(path, 'utf8'));
    if (!settings.credentials) return register(env);
    const log = await logger({ level: settings.logLevel, pretty: process.stdout.isTTY && env.LOG_FORMAT !== 'json' });
    const served = await serve(settings, log);
    log.info({ url: served.url, database: served.store.kind }, 'Self-Heal is ready');
    return stopped(served, log);
  },
};

export interface Served {
  url: string;
  store: Store;
  close(): Promise<void>;
}

/** The running App; what was started is stopped in reverse. */
export async function serve(settings: Settings, log: Logger, now = (): Date => new Date()): Promise<Served> {
  const { credentials, gemini } = settings;
  if (!credentials)
    throw new SelfHealError('settings-invalid', 'APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are needed to serve');
  if (!gemini.apiKey && !gemini.vertex)
    throw new SelfHealError(
      'settings-invalid',
      'GEMINI_API_KEY is missing (or GOOGLE_GENAI_USE_VERTEXAI): without a model no failure can be diagnosed',
    );

  const spending = spendingOf(settings, (path) => readFileSync(path, 'utf8'));
  const store = await openStore({
    ...(settings.database.url ? { url: settings.database.url } : {}),
    dataDirectory: settings.database.dataDirectory,
    now,
    log,
  });
  try {
    const asApp = { ...appIdentity(credentials), baseUrl: settings.github.baseUrl, log };
    const github = gitHubOf(asApp);
    const world: World = {
      now,
      github,
      model: geminiModel({ ...gemini, log }),
      policyEngine: settings.policyEngine && openPolicyAgent(settings.policyEngine),
      ledger: store.ledger,
      spending,
      memory: store,
    };
    const server = await listen(settings, store, log, now);
    const work = worker({ cabinet: store, world, stepTimeoutMs: settings.stepTimeoutMs, log });
    await store.work(work, { concurrency: settings.workers });
    await store.workOnSetups(setupWorker({ shelf: store, world, timeoutMs: settings.stepTimeoutMs, log }));
    await store.workOnErrands(errandWorker({ shelf: store, world, timeoutMs: settings.stepTimeoutMs, log }));
    const account = appAccount(asApp);
    const mailroom = { ...account, knownDeliveries: (guids: readonly string[]) => store.knownDeliveries(guids) };
    const stopSchedule = schedule({ mailroom, scoreboards: store, now, log });
    return {
      url: `http://${settings.server.host}:${server.port}`,
      store,
      close: async () => {
        await stopSchedule();
        await server.stop();
        await store.close();
        await github.quiet();
      },
    };
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** Probot wants a key or a token, and needs none: it hears events and never asks GitHub, so the key stays out of its reach. */
const noToken = 'none';

/** Probot's own server, with the gate in front: Probot offers no place before its webhook middleware. */
async function listen(settings: Settings, store: Store, log: Logger, now: () => Date): Promise<Server> {
  const { credentials, github } = settings;
  if (!credentials) throw new TypeError('listen without credentials');
  const server = new Server({
    host: settings.server.host,
    port: settings.server.port,
    webhookPath: settings.server.webhookPath,
    ...(settings.server.webhookProxyUrl ? { webhookProxy: settings.server.webhookProxyUrl } : {}),
    log,
    Probot: Probot.defaults({
      githubToken: noToken,
      secret: credentials.webhookSecret,
      baseUrl: github.baseUrl,
      log,
    }),
  });
  await server.load((probot, { addHandler }) => {
    app(probot, { registry: store, setups: store, errands: store, randomBytes }, now);
    addHandler(healthHandler(store));
  });
  guard(await server.start());
  return server;
}

function guard(http: HttpServer): void {
  const listeners = http.listeners('request');
  http.removeAllListeners('request');
  http.on('request', (request, response) => {
    if (bodyGate(request, response)) return;
    for (const listener of listeners) listener.call(http, request, response);
  });
}

/** Probot's manifest flow: the page that creates the App, and writes its credentials to `.env`. */
async function register(env: Record<string, string | undefined>): Promise<number> {
  await runRegistration(() => undefined, { env });
  return new Promise(() => undefined);
}

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

function stopped(served: Served, log: Logger): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (signal: string): void => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      served.close().then(
        () => resolve(0),
        (error: unknown) => {
          log.error({ err: error }, 'could not stop cleanly');
          resolve(1);
        },
      );
    };
    for (const signal of stopSignals) process.on(signal, stop);
  });
}
