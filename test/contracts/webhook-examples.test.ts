// Every webhook that GitHub publishes as an example, whole and maimed, is answered with 200 by a real App, which goes on.

import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { freePort } from '../../demo/free-port.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { type AppProcess, startAppProcess } from '../journeys/app-process.ts';
import { prepareDatabase } from '../prepared-database.ts';

type Payload = z.infer<typeof Payload>;
const Payload = z.record(z.string(), z.unknown());
const Examples = z.array(z.object({ name: z.string(), examples: z.array(Payload) }));

interface Example {
  event: string;
  payload: Payload;
}

const require = createRequire(import.meta.url);
const examples: unknown = require('@octokit/webhooks-examples');
const published: Example[] = Examples.parse(examples).flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, payload })),
);

let folder: string;
let simulator: Simulator;
let app: AppProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
  simulator = await startSimulator({ repositories: [], dataDirectory: join(folder, 'github') });
  const env = { SELF_HEAL_DATA: join(folder, 'data'), HOST: '127.0.0.1', PORT: String(await freePort()) };
  await prepareDatabase(env.SELF_HEAL_DATA);
  app = await startAppProcess({ ...simulator.env(), ...env });
});
afterAll(async () => {
  await app?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

async function answerTo({ event, payload }: Example): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', simulator.env().WEBHOOK_SECRET ?? '')
    .update(body)
    .digest('hex');
  const response = await fetch(`${app.url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': randomUUID(),
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${signature}`,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

const atOnce = 16;

/** What was not answered with 200, in words. */
async function refused(all: readonly Example[]): Promise<string[]> {
  const wrong: string[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    const batch = all.slice(from, from + atOnce);
    const statuses = await Promise.all(batch.map(answerTo));
    for (const [i, status] of statuses.entries())
      if (status !== 200) wrong.push(`${status} ${batch[i]?.event}.${String(batch[i]?.payload.action)}`);
  }
  return wrong;
}

const Line = z.object({ level: z.number(), msg: z.string(), kind: z.string().optional() });

/** The App's log in its order, once it tells of this many opened incidents. */
async function logUntilOpened(count: number): Promise<{ opened: number; errorsBefore: unknown[] }> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const lines = app
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const log = lines.map((line) => Line.parse(JSON.parse(line)));
    const opened = log.filter(({ msg, kind }) => msg === 'received' && kind === 'opened');
    if (opened.length >= count || Date.now() > deadlineMs) {
      const before = log.slice(0, opened[0] === undefined ? log.length : log.indexOf(opened[0]));
      return { opened: opened.length, errorsBefore: before.filter(({ level }) => level >= 50) };
    }
    await sleep(20);
  }
}

const without =
  (...keys: string[]) =>
  ({ event, payload }: Example): Example => ({
    event,
    payload: Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key))),
  });
const installed = ({ event, payload }: Example): Example => ({
  event,
  payload: { ...payload, installation: { id: 1 } },
});

describe("GitHub's example webhooks", () => {
  it('are all there', () => {
    expect(published.length).toBeGreaterThanOrEqual(329);
    expect(new Set(published.map(({ event }) => event)).size).toBeGreaterThanOrEqual(58);
  });

  it.each([
    ['as they are', (example: Example) => example],
    ['to an installation', installed],
    ['without an installation', without('installation')],
    ['without a sender', without('sender')],
    ['without a repository', without('repository')],
    ['without any of them', without('installation', 'sender', 'repository')],
  ])('%s, are answered with 200', async (_, change) => {
    expect(await refused(published.map(change))).toEqual([]);
  });
});

function theExample(event: string, action: string): Example {
  const found = published.find((example) => example.event === event && example.payload.action === action);
  if (!found) throw new Error(`the examples have no ${event}.${action}`);
  return found;
}

/** One of the examples, told as a failed run of a push: what the App is there for. */
function failedRun(): Example {
  const { event, payload } = theExample('workflow_run', 'completed');
  const { id } = z.looseObject({ id: z.number() }).parse(payload.repository);
  const failed = { conclusion: 'failure', event: 'push', path: '.github/workflows/ci.yml', run_attempt: 1 };
  const workflow_run = { ...Payload.parse(payload.workflow_run), ...failed, head_repository: { id } };
  return installed({ event, payload: { ...payload, workflow_run } });
}

function labelledIssue(): Example {
  const { event, payload } = theExample('issues', 'labeled');
  return installed({ event, payload: { ...payload, label: { name: 'auto-heal' } } });
}

function command(): Example {
  const { event, payload } = theExample('issue_comment', 'created');
  const issue = { ...Payload.parse(payload.issue), pull_request: {} };
  const comment = { ...Payload.parse(payload.comment), body: '/heal release' };
  return installed({ event, payload: { ...payload, issue, comment } });
}

describe('what the App is there for', () => {
  it('opens an incident, once, which no example did before', async () => {
    expect(await refused([failedRun()])).toEqual([]);
    expect(await logUntilOpened(1)).toEqual({ opened: 1, errorsBefore: [] });
    expect(await refused([failedRun()])).toEqual([]);
    expect(await refused([labelledIssue()])).toEqual([]);
    expect(await logUntilOpened(2)).toMatchObject({ opened: 2 });
  });

  it('is answered with 200 whatever anybody writes into it', async () => {
    const bases = {
      run: failedRun(),
      issue: labelledIssue(),
      review: installed(theExample('pull_request_review', 'submitted')),
      comment: installed(theExample('pull_request_review_comment', 'created')),
      command: command(),
      pull: installed(theExample('pull_request', 'closed')),
    };
    const base = fc.constantFrom('run', 'issue', 'review', 'comment', 'command', 'pull');
    const odd = fc.constantFrom('\u0000', 'a\u0000b', '\ud800', '', 1e308, -1, null);
    const value = fc.oneof(odd, fc.jsonValue({ maxDepth: 1 }));
    await fc.assert(
      fc.asyncProperty(base, fc.nat({ max: 10_000 }), value, async (name, place, written) => {
        const { event, payload } = bases[name];
        const paths = writable(payload);
        const path = paths[place % paths.length] ?? [];
        const refusals = await refused([{ event, payload: Payload.parse(replaced(payload, path, written)) }]);
        expect({ path, refusals }).toEqual({ path, refusals: [] });
      }),
      { numRuns: 200 },
    );
    // It is still there, and nothing was thrown where nobody caught it.
    expect(await app.stop()).toBe(0);
  });
});

/** GitHub chooses these itself; Probot authenticates by the installation before the App hears of the event. */
const chosenByGitHub = /^installation\b/;

/** Every place of the payload, three levels deep. */
function writable(payload: Payload): string[][] {
  const paths: string[][] = [];
  const walk = (node: unknown, path: string[]): void => {
    if (path.length > 0 && !chosenByGitHub.test(path.join('.'))) paths.push(path);
    if (typeof node !== 'object' || node === null || path.length > 2) return;
    for (const [key, inner] of Object.entries(node)) walk(inner, [...path, key]);
  };
  walk(payload, []);
  return paths;
}

function replaced(node: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  return { ...Object(node), [key]: rest.length === 0 ? value : replaced(Object(node)[key], rest, value) };
}
