// Repositories and addresses → a GitHub and a Gemini running on this machine.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Hono } from 'hono';
import { type GeminiOptions, startGemini } from './gemini/server.ts';
import { Api } from './github/api.ts';
import { readManifest } from './github/app.ts';
import { control } from './github/control.ts';
import { endpoints } from './github/endpoints.ts';
import { FailingApi } from './github/failing-api.ts';
import { apiFor, beyondApi } from './github/for-pages.ts';
import { GitHub } from './github/github.ts';
import { listen, routes } from './github/server.ts';
import { pages } from './pages/pages.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';

function geminiOptions(options: SimulatorOptions, dataDirectory: string): GeminiOptions {
  const { geminiPort: port = 0, geminiReplies: replies, geminiUpstream: upstream } = options;
  const recordTo = options.geminiRecordTo ?? join(dataDirectory, 'gemini-replies');
  return {
    port,
    ...(replies === undefined ? {} : { replies }),
    ...(upstream === undefined ? {} : { upstream, recordTo }),
  };
}

function environment(github: GitHub, geminiUrl: string): Record<string, string> {
  const { protocol, host } = new URL(github.url);
  return {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_CLIENT_ID: github.app.clientId,
    GITHUB_CLIENT_SECRET: github.app.clientSecret,
    GHE_HOST: host,
    GHE_PROTOCOL: protocol.replace(':', ''),
    GEMINI_API_KEY: 'simulated-gemini-key',
    GEMINI_BASE_URL: geminiUrl,
  };
}

/** Steps run in folders of their own, so an action's folder is told in full. */
function localActions(options: SimulatorOptions): Record<string, string> {
  const actions = Object.entries(options.localActions ?? {}).map(([name, directory]) => [name, resolve(directory)]);
  for (const [name = '', directory = ''] of actions) {
    if (['action.yml', 'action.yaml'].some((file) => existsSync(join(directory, file)))) continue;
    throw new Error(`${directory} has no action.yml: it cannot stand for the action ${name}`);
  }
  return Object.fromEntries(actions);
}

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const own = options.dataDirectory === undefined;
  const dataDirectory = own ? await mkdtemp(join(tmpdir(), 'simulator-')) : resolve(options.dataDirectory ?? '');
  await mkdir(dataDirectory, { recursive: true });
  const open: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of open.splice(0).reverse()) await step();
    if (own) await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    // Addresses hold the port, so the port comes first.
    let serving: Hono | undefined;
    const starting = () => new Response('The simulator is starting', { status: 503 });
    const listening = await listen((request, env) => serving?.fetch(request, env) ?? starting(), options.port ?? 0);
    open.push(() => listening.close());
    const manifest = options.appManifest === undefined ? null : readManifest(options.appManifest);
    const url = `http://localhost:${listening.port}`;
    const actions = localActions(options);
    const { installedBefore = false } = options;
    const github = new GitHub({ url, dataDirectory, manifest, localActions: actions, installedBefore });
    open.push(() => github.close());
    for (const hosted of options.repositories) await github.host(hosted);
    const faults = new FailingApi();
    const app = routes(github, new Api(github, endpoints, faults));
    app.route('/', pages(apiFor(github, app), beyondApi(github)));
    serving = app;
    const gemini = await startGemini(geminiOptions(options, dataDirectory));
    open.push(() => gemini.close());
    if (options.appUrl) github.setAppUrl(options.appUrl);
    return { url, github: control(github, faults), gemini, env: () => environment(github, gemini.url), close };
  } catch (error) {
    await close();
    throw error;
  }
}
