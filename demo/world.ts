// The stories' repositories → a GitHub and a Gemini on this machine, a slow warehouse, and the App as its user starts it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { availableEngine } from '../action/src/engines/available.ts';
import type { Simulator, SimulatorOptions } from '../simulator/simulator.ts';
import { startSimulator } from '../simulator/start.ts';
import { type AppProcess, type StepLine, startApp } from './app-process.ts';
import { freePorts, type Ports } from './ports.ts';
import { slowWarehouse } from './slow-warehouse.ts';
import type { Person, Story } from './story.ts';

const owner = 'acme';
const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export const fullNameOf = (story: Story): string => `${owner}/${story.repository}`;

export interface WorldOptions {
  stories: readonly Story[];
  ports: Ports;
  /** Folder of scripted replies; without one the recorded ones, or the real Gemini where `geminiKey` is set. */
  replies: string | undefined;
  geminiKey: string | undefined;
  onStep(line: StepLine): void;
  signal: AbortSignal;
}

export interface World {
  simulator: Simulator;
  app: AppProcess;
  person: Person;
  /** The sandbox engine, or `none` where no engine works. */
  engine: string;
  /** Ends everything, the last first; nothing stays behind. */
  close(): Promise<void>;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  async function opened<T>(opening: Promise<T>, closeIt: (one: T) => Promise<unknown>): Promise<T> {
    const one = await opening;
    closers.push(() => closeIt(one));
    options.signal.throwIfAborted();
    return one;
  }
  try {
    const ports = await freePorts(options.ports);
    const engine = await chosenEngine();
    const folder = await opened(mkdtemp(path.join(tmpdir(), 'self-heal-demo-')), (one) =>
      rm(one, { recursive: true, force: true, maxRetries: 5 }),
    );
    const warehouse = await opened(slowWarehouse(), (one) => one.close());
    const variables = { WAREHOUSE_URL: warehouse.url, SELF_HEAL_ENGINE: engine };
    const simulator = await opened(startSimulator(simulation(options, ports, folder, variables)), (one) => one.close());
    const env = {
      ...environment(simulator, options),
      SELF_HEAL_DATA: path.join(folder, 'data'),
      PORT: String(ports.app),
    };
    const app = await opened(startApp(env, options), (one) => one.stop());
    simulator.github.setAppUrl(`${app.url}/api/github/webhooks`);
    return { simulator, app, person: personOf(simulator, 'ada'), engine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Bubblewrap first: it starts in milliseconds, and a story should be short. */
async function chosenEngine(): Promise<string> {
  return (await availableEngine('bubblewrap')) ?? (await availableEngine()) ?? 'none';
}

function simulation(
  { stories, replies }: WorldOptions,
  ports: Ports,
  folder: string,
  variables: Record<string, string>,
): SimulatorOptions {
  return {
    port: ports.github,
    geminiPort: ports.gemini,
    dataDirectory: path.join(folder, 'github'),
    repositories: stories.map((story) => ({
      directory: here(`./repositories/${story.repository}`),
      fullName: fullNameOf(story),
      variables,
    })),
    geminiReplies: replies ?? here('./replies'),
    appManifest: here('../app.yml'),
    installedBefore: true,
    localActions: { 'self-heal-app/self-heal/action': here('../action') },
  };
}

function environment(simulator: Simulator, { geminiKey, replies }: WorldOptions): Record<string, string> {
  const own = { ...simulator.env(), HOST: 'localhost' };
  if (!geminiKey || replies !== undefined) return own;
  const { GEMINI_BASE_URL: _, ...real } = { ...own, GEMINI_BASE_URL: '' };
  return { ...real, GEMINI_API_KEY: geminiKey };
}

function personOf(simulator: Simulator, login: string): Person {
  const token = simulator.github.userToken(login, 'admin');
  const ask = async (method: string, route: string, body?: object): Promise<Response> => {
    const response = await fetch(`${simulator.url}/api/v3${route}`, {
      method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    login,
    read: async <Shape>(route: string, shape: z.ZodType<Shape>) => shape.parse(await (await ask('GET', route)).json()),
    write: async (method, route, body) => {
      await ask(method, route, body);
    },
  };
}
