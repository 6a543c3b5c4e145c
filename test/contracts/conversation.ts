// Requests to a simulator of one repository → their answers and the webhooks, kept to be held to GitHub's description.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { createAppAuth } from '@octokit/auth-app';
import { z } from 'zod';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { writeFiles } from '../simulator/github/hosted.ts';
import type { Exchange } from './openapi.ts';

/** `POST /repos/octo/demo/issues`, with the query. */
export type Ask = (request: string, body?: unknown) => Promise<unknown>;

export interface Webhook {
  event: string;
  action: string | null;
  payload: unknown;
}

export interface Conversation {
  /** What the repository was made of. */
  directory: string;
  simulator: Simulator;
  exchanges: Exchange[];
  webhooks: Webhook[];
  /** The repository's owner, somebody who may only read it, its App's installation, the App itself, and nobody in particular. */
  owner: Ask;
  reader: Ask;
  app: Ask;
  appItself: Ask;
  anybody: Ask;
  /** Which only GraphQL can. */
  markReady(pull: unknown): Promise<void>;
  setAutoMerge(pull: unknown, on: boolean): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const repo = '/repos/octo/demo';

async function receiver(webhooks: Webhook[]): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const payload: unknown = JSON.parse(await text(request));
    const action = z.looseObject({ action: z.string() }).safeParse(payload).data?.action ?? null;
    webhooks.push({ event: String(request.headers['x-github-event']), action, payload });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function asking(baseUrl: string, exchanges: Exchange[], authorization: string | null): Ask {
  return async (request, body) => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const contentType = response.headers.get('content-type');
    const came = await response.text();
    const answer: unknown =
      contentType?.startsWith('application/json') && came !== '' ? JSON.parse(came) : came || undefined;
    exchanges.push({ method, path, body, status: response.status, contentType, answer });
    return answer;
  };
}

async function installationToken(appItself: Ask): Promise<string> {
  const installation = idIn(await appItself(`GET ${repo}/installation`));
  const minted = await appItself(`POST /app/installations/${installation}/access_tokens`);
  return z.looseObject({ token: z.string() }).parse(minted).token;
}

async function setAutoMerge(url: string, token: string, pull: unknown, on: boolean): Promise<void> {
  const { node_id: pullRequestId } = z.looseObject({ node_id: z.string() }).parse(pull);
  const name = on ? 'enablePullRequestAutoMerge' : 'disablePullRequestAutoMerge';
  const query = `mutation($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId } }`;
  const body = JSON.stringify({ query, variables: { id: pullRequestId } });
  const response = await fetch(url, { method: 'POST', headers: { authorization: `bearer ${token}` }, body });
  z.strictObject({ data: z.object({ [name]: z.object({ clientMutationId: z.null() }) }) }).parse(await response.json());
}

async function markReady(url: string, token: string, pull: unknown): Promise<void> {
  const { node_id: pullRequestId } = z.looseObject({ node_id: z.string() }).parse(pull);
  const query = `mutation($input: MarkPullRequestReadyForReviewInput!) {
    markPullRequestReadyForReview(input: $input) { pullRequest { isDraft } }
  }`;
  const body = JSON.stringify({ query, variables: { input: { pullRequestId } } });
  const response = await fetch(url, { method: 'POST', headers: { authorization: `bearer ${token}` }, body });
  const ready = z.object({ pullRequest: z.object({ isDraft: z.literal(false) }) });
  z.object({ data: z.object({ markPullRequestReadyForReview: ready }) }).parse(await response.json());
}

export async function conversation(files: Record<string, string>): Promise<Conversation> {
  const directory = await mkdtemp(`${tmpdir()}/contract-`);
  await writeFiles(directory, files);
  const webhooks: Webhook[] = [];
  const { url: appUrl, close } = await receiver(webhooks);
  const hosted = { directory, fullName: 'octo/demo', variables: { PLACE: 'here' } };
  const simulator = await startSimulator({ repositories: [hosted], appUrl });
  const { app, userToken, idle } = simulator.github;
  const exchanges: Exchange[] = [];
  const as = (authorization: string | null) => asking(`${simulator.url}/api/v3`, exchanges, authorization);
  const jwt = await createAppAuth({ appId: app.id, privateKey: app.privateKey })({ type: 'app' });
  const appItself = as(`bearer ${jwt.token}`);
  return {
    directory,
    simulator,
    exchanges,
    webhooks,
    owner: as(`token ${userToken('octo')}`),
    reader: as(`token ${userToken('mona', 'read')}`),
    app: as(`token ${await installationToken(appItself)}`),
    appItself,
    anybody: as(null),
    markReady: (pull) => markReady(`${simulator.url}/api/graphql`, userToken('octo'), pull),
    setAutoMerge: (pull, on) => setAutoMerge(`${simulator.url}/api/graphql`, userToken('octo'), pull, on),
    idle,
    close: async () => {
      await simulator.close();
      close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What one answer says and the next request needs. */
export const idIn = (answer: unknown): number => z.looseObject({ id: z.number() }).parse(answer).id;
export const numberIn = (answer: unknown): number => z.looseObject({ number: z.number() }).parse(answer).number;
export const shaIn = (answer: unknown): string => z.looseObject({ sha: z.string() }).parse(answer).sha;
export const firstIn = (answer: unknown, list?: string): unknown => {
  const all = list === undefined ? answer : z.record(z.string(), z.unknown()).parse(answer)[list];
  return z.array(z.unknown()).min(1).parse(all)[0];
};
