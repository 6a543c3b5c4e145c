// A whole world for one story: a simulated GitHub with repositories, a scripted model, and the App in between.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { HostedRepository, Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { type Served, serve } from '../../src/cli/serve.ts';
import { requiredSettings } from '../../src/config/settings.ts';
import { fullName, type Incident } from '../../src/incident/incident.ts';
import { prepareDatabase } from '../prepared-database.ts';
import { freePort } from './free-port.ts';
import { sandboxEngine } from './sandbox-engine.ts';

export interface Person {
  get(route: string): Promise<unknown>;
  post(route: string, body?: unknown): Promise<unknown>;
  put(route: string, body?: unknown): Promise<unknown>;
  patch(route: string, body?: unknown): Promise<unknown>;
}

export interface Stage {
  simulator: Simulator;
  /** What a process of the App needs to work on this stage; `startApp` starts one within this process instead. */
  env: Readonly<Record<string, string>>;
  /** Starts the App, or starts it again on the same data. */
  startApp(): Promise<Served>;
  /** The App's clock goes on from here; whatever waits for it has to be woken. */
  skip(ms: number): void;
  stopApp(): Promise<void>;
  app(): Served;
  person(login?: string, permission?: 'admin' | 'write' | 'triage' | 'read'): Person;
  /** Waits until an incident of the repository is as wished; fails with its timeline when it never is. */
  until(repository: string, wish: (incident: Incident) => boolean, withinMs?: number): Promise<Incident>;
  close(): Promise<void>;
}

const actionFolder = fileURLToPath(new URL('../../action', import.meta.url));
const manifest = fileURLToPath(new URL('../../app.yml', import.meta.url));

export async function stage(
  repositories: Record<string, Record<string, string>>,
  {
    settings: also = {},
    installedBefore = true,
    ...options
  }: Partial<Pick<HostedRepository, 'secrets' | 'variables' | 'private'>> & {
    settings?: Record<string, string>;
    /** False: the App is installed when it starts, and sets the repositories up. */
    installedBefore?: boolean;
  } = {},
): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'self-heal-journey-'));
  const { name: engine } = await sandboxEngine();
  const hosted: HostedRepository[] = [];
  for (const [name, files] of Object.entries(repositories)) {
    const directory = path.join(folder, 'sources', name);
    await writeFiles(directory, files);
    const variables = { SELF_HEAL_ENGINE: engine, ...options.variables };
    hosted.push({ ...options, directory, fullName: name, variables });
  }
  const replies = path.join(folder, 'replies');
  await mkdir(replies);
  const simulator = await startSimulator({
    repositories: hosted,
    dataDirectory: path.join(folder, 'github'),
    geminiReplies: replies,
    appManifest: manifest,
    installedBefore,
    localActions: { 'self-heal-app/self-heal/action': actionFolder },
  });
  let served: Served | undefined;
  let skippedMs = 0;
  const now = (): Date => new Date(Date.now() + skippedMs);
  const running = (): Served => {
    if (!served) throw new Error('the App is not running');
    return served;
  };
  const env = {
    ...simulator.env(),
    SELF_HEAL_DATA: path.join(folder, 'data'),
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    ...also,
  };
  await prepareDatabase(env.SELF_HEAL_DATA);
  const settings = requiredSettings(env, () => '');
  return {
    simulator,
    env,
    app: running,
    skip: (ms) => {
      skippedMs += ms;
    },
    async startApp() {
      served = await serve(settings, pino({ level: process.env.JOURNEY_LOG ?? 'silent' }), now);
      simulator.github.setAppUrl(`${served.url}/api/github/webhooks`);
      return served;
    },
    async stopApp() {
      await served?.close();
      served = undefined;
    },
    person: (login = 'ada', permission = 'admin') => personOf(simulator, login, permission),
    until: (repository, wish, withinMs = 60_000) => until(running, repository, wish, withinMs),
    async close() {
      await served?.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function writeFiles(directory: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function personOf(simulator: Simulator, login: string, permission: 'admin' | 'write' | 'triage' | 'read'): Person {
  const token = simulator.github.userToken(login, permission);
  const ask = async (method: string, route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/api/v3${route}`, {
      method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json', 'x-request-id': randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    get: (route) => ask('GET', route),
    post: (route, body) => ask('POST', route, body),
    put: (route, body) => ask('PUT', route, body),
    patch: (route, body) => ask('PATCH', route, body),
  };
}

const pollMs = 100;

async function until(
  running: () => Served,
  repository: string,
  wish: (incident: Incident) => boolean,
  withinMs: number,
): Promise<Incident> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const incidents = await running().store.incidents({ limit: 50 });
    const there = incidents.filter((incident) => fullName(incident.repository) === repository);
    const found = there.find(wish);
    if (found) return found;
    if (Date.now() > deadline)
      throw new Error(`nothing in ${repository} came out as wished:\n${there.map(story).join('\n\n')}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const story = (incident: Incident): string =>
  [
    `${incident.id} ${incident.state} at ${incident.step}`,
    ...incident.timeline.map((entry) => `  ${entry.at} ${entry.step} ${entry.kind}: ${entry.text}`),
  ].join('\n');
