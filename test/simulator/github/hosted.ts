// Files → a simulator that hosts them, with the App, people and a receiver of webhooks ready to use.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProbotOctokit } from 'probot';
import type { Simulator, SimulatorOptions } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';

interface Received {
  event: string;
  action: string | undefined;
  headers: Record<string, string>;
  text: string;
  payload: Record<string, never>;
}

export type Octokit = InstanceType<typeof ProbotOctokit>;

export interface Hosted {
  simulator: Simulator;
  received: Received[];
  /** What the receiver answers next; 200 otherwise. */
  answers: number[];
  names(): string[];
  person(login: string, permission?: Parameters<Simulator['github']['userToken']>[1]): Octokit;
  withToken(token: string | null): Octokit;
  app(): Octokit;
  installationToken(): Promise<string>;
  installation(request?: { permissions?: Record<string, 'read' | 'write'>; repositories?: string[] }): Promise<Octokit>;
  close(): Promise<void>;
}

export const here = { owner: 'octo', repo: 'demo' };

export async function writeFiles(directory: string, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
}

async function startReceiver(received: Received[], answers: number[]) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const payload = JSON.parse(text);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ event: headers['x-github-event'] ?? '', action: payload.action, headers, text, payload });
      response.writeHead(answers.shift() ?? 200).end('heard');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: `http://127.0.0.1:${address.port}/webhooks` };
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function host(
  files: Record<string, string>,
  options: Partial<SimulatorOptions> & { private?: boolean; secrets?: Record<string, string> } = {},
): Promise<Hosted> {
  const { private: isPrivate, secrets, ...rest } = options;
  const directory = await mkdtemp(join(tmpdir(), 'hosted-'));
  await writeFiles(directory, files);
  const received: Received[] = [];
  const answers: number[] = [];
  const receiver = await startReceiver(received, answers);
  const simulator = await startSimulator({
    repositories: [{ directory, fullName: 'octo/demo', private: isPrivate ?? false, secrets: secrets ?? {} }],
    appUrl: receiver.url,
    ...rest,
  });
  await simulator.github.idle();
  received.splice(0);
  const baseUrl = `${simulator.url}/api/v3`;
  const octokit = (auth: unknown) =>
    new ProbotOctokit({
      baseUrl,
      log: quiet,
      retry: { enabled: false },
      throttle: { enabled: false },
      ...(auth ? { auth } : {}),
    });
  const withToken = (token: string | null) => octokit(token === null ? null : { token });
  const app = () => octokit({ appId: simulator.github.app.id, privateKey: simulator.github.app.privateKey });
  const mint = async (request: { permissions?: Record<string, 'read' | 'write'>; repositories?: string[] } = {}) => {
    const { data } = await app().request('GET /repos/{owner}/{repo}/installation', here);
    const made = await app().request('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: data.id,
      ...request,
    });
    return made.data.token;
  };
  return {
    simulator,
    received,
    answers,
    names: () => received.map(({ event, action }) => (action ? `${event}.${action}` : event)),
    withToken,
    person: (login, permission) => withToken(simulator.github.userToken(login, permission)),
    app,
    installationToken: () => mint(),
    installation: async (request) => withToken(await mint(request)),
    close: async () => {
      await simulator.close();
      receiver.server.closeAllConnections();
      await new Promise((resolve) => receiver.server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The error an API call ends with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number; message: string; headers: Record<string, unknown> }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error) || !('response' in error)) throw error;
    const { data, headers } = Object(error.response);
    return { status: Number(error.status), message: String(data?.message ?? ''), headers: headers ?? {} };
  }
  throw new Error('the call was expected to be refused');
}
