// One case → a GitHub with its repository, a Gemini or the address of one, and the App between them; all of it the case's own.
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { z } from 'zod';
import { freePort } from '../demo/free-port.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { startSimulator } from '../simulator/start.ts';
import { openStore } from '../src/adapters/database/store.ts';
import { serve } from '../src/cli/serve.ts';
import { requiredSettings } from '../src/config/settings.ts';
import type { Incident } from '../src/incident/incident.ts';
import type { Case } from './case.ts';

/** What answers the App: the case's own replies, or a model at an address (Google's own without one). */
export type Model = { kind: 'recorded' } | { kind: 'real'; apiKey: string; baseUrl: string | undefined };

export interface WorldOptions {
  /** A folder of the case's own. */
  folder: string;
  /** A data folder that a first start left, see `firstStart`. */
  data: string;
  engine: string;
  model: Model;
}

export interface World {
  simulator: Simulator;
  repository: string;
  incidents(): Promise<Incident[]>;
  /** The App's warnings and errors, as it logged them. */
  complaints(): readonly string[];
  ask<Shape>(route: string, shape: z.ZodType<Shape>, body?: object): Promise<Shape>;
  /** What an address of the API answers, as text. */
  read(route: string): Promise<string>;
  /** The address that webhooks go to is told only now: what happened before is history. */
  listen(): void;
  close(): Promise<void>;
}

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A first start takes seconds, so one is made for all cases and copied. */
export async function firstStart(data: string): Promise<void> {
  const store = await openStore({ dataDirectory: data, log: pino({ level: 'silent' }) });
  await store.close();
}

export async function openWorld(one: Case, options: WorldOptions): Promise<World> {
  const { folder, model, engine } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const repository = `acme/${one.name}`;
    const replies = await repliesOf(one, folder);
    const simulator = await startSimulator({
      dataDirectory: path.join(folder, 'github'),
      repositories: [
        { directory: path.join(one.directory, 'sound'), fullName: repository, variables: { SELF_HEAL_ENGINE: engine } },
      ],
      appManifest: here('../app.yml'),
      installedBefore: true,
      localActions: { 'self-heal-app/self-heal/action': here('../action') },
      geminiReplies: replies,
    });
    closers.push(() => simulator.close());
    const data = path.join(folder, 'data');
    await cp(options.data, data, { recursive: true });
    const own = { ...simulator.env(), SELF_HEAL_DATA: data, HOST: '127.0.0.1', PORT: String(await freePort()) };
    const complaints: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => complaints.push(line.trimEnd()) });
    const app = await serve(
      requiredSettings(environment(own, model), () => ''),
      log,
    );
    closers.push(() => app.close());
    return {
      simulator,
      repository,
      incidents: () => app.store.incidents({ repository, limit: 20 }),
      complaints: () => complaints,
      ...asAda(simulator),
      listen: () => simulator.github.setAppUrl(`${app.url}/api/github/webhooks`),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function environment({ GEMINI_BASE_URL: simulated, ...own }: Record<string, string>, model: Model) {
  if (model.kind === 'recorded') return { ...own, GEMINI_BASE_URL: simulated };
  // How the model is asked is the operator's: GEMINI_LADDER, GEMINI_TEMPERATURE and the like.
  const theirs = Object.entries(process.env).filter(([name]) => /^GEMINI_/.test(name));
  return { ...own, ...Object.fromEntries(theirs), GEMINI_API_KEY: model.apiKey, GEMINI_BASE_URL: model.baseUrl };
}

/** Empty where there are none: then whatever is asked fails, and says so. */
async function repliesOf({ directory, replies }: Case, folder: string): Promise<string> {
  if (replies.length > 0) return path.join(directory, 'replies');
  const empty = path.join(folder, 'replies');
  await mkdir(empty, { recursive: true });
  return empty;
}

function asAda(simulator: Simulator): Pick<World, 'ask' | 'read'> {
  const token = simulator.github.userToken('ada', 'admin');
  const answer = async (route: string, body?: object): Promise<Response> => {
    const response = await fetch(`${simulator.url}/api/v3${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    ask: async (route, shape, body) => shape.parse(await (await answer(route, body)).json()),
    read: async (route) => (await answer(route)).text(),
  };
}
