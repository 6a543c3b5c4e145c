import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../../demo/free-port.ts';
import { makeKeys } from '../../simulator/github/app.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { diagnosed, doctor } from '../../src/cli/doctor.ts';
import { policyServer } from '../adapters/policy-engine/stand-in.ts';
import { type Stage, stage } from '../journeys/stage.ts';
import { prepareDatabase } from '../prepared-database.ts';

let world: Stage;
let folder: string;
/** The same App, seen by a doctor who has a database of his own. */
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-doctor-'));
  world = await stage({});
  await world.startApp();
  await world.simulator.github.idle();
  env = { ...world.env, SELF_HEAL_DATA: join(folder, 'data') };
  await prepareDatabase(join(folder, 'data'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function ran(
  args: string[],
  given: Record<string, string | undefined>,
): Promise<{ exitCode: number; printed: string }> {
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: unknown) => {
    lines.push(String(line));
  });
  const exitCode = await doctor.run(args, given);
  return { exitCode, printed: lines.join('\n') };
}

/** Only this is wrong, and it is said how to mend it. */
async function finding(what: string, given: Record<string, string | undefined>) {
  const checks = await diagnosed(given);
  const wrong = checks.filter((check) => !check.ok);
  expect(wrong.map((check) => check.what)).toEqual([what]);
  expect(checks.filter((check) => check.mend !== undefined)).toEqual(wrong);
  return wrong[0];
}

describe('when all is well', () => {
  it('every check says so, and the exit code is 0', async () => {
    const { exitCode, printed } = await ran([], env);
    expect(printed.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
      '✔ settings',
      '✔ database',
      '✔ key',
      '✔ permissions',
      '✔ events',
      '✔ webhook',
      '✔ prices',
      '✔ model',
    ]);
    expect(printed).toContain('gemini-flash-latest and gemini-pro-latest can be asked, by the Gemini API');
    expect(exitCode).toBe(0);
  });

  it('--json says the same to a machine', async () => {
    const { exitCode, printed } = await ran(['--json'], env);
    const checks = z
      .array(z.object({ what: z.string(), ok: z.literal(true), says: z.string() }))
      .parse(JSON.parse(printed));
    expect(checks.length).toBe(8);
    expect(exitCode).toBe(0);
  });
});

describe('what is wrong is told with how to mend it:', () => {
  it('settings, each by its name, and nothing else is tried', async () => {
    const { exitCode, printed } = await ran([], { ...env, PORT: 'eighty', WEBHOOK_SECRET: 'short' });
    expect(exitCode).toBe(1);
    expect(printed).toMatch(/^✘ WEBHOOK_SECRET: .*\n {4}→ .*docs\/configuration\.md\.\n✘ PORT: .*\n {4}→ /);
    expect(printed).not.toContain('database');
  });

  it('an App that is not registered yet', async () => {
    const found = await finding('credentials', { ...env, APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '' });
    expect(found?.mend).toContain('npm start');
  });

  it('a key of another App', async () => {
    const found = await finding('key', { ...env, PRIVATE_KEY: makeKeys().privateKey });
    expect(found?.says).toContain('github-unauthorized');
    expect(found?.mend).toContain('PRIVATE_KEY');
  });

  it('a command that cannot sign; one that can is as good as the key', async () => {
    const file = join(folder, 'sign.mjs');
    await writeFile(
      file,
      `import { sign } from 'node:crypto'; import { readFileSync } from 'node:fs';
       console.log(sign('sha256', readFileSync(0), readFileSync(process.argv[2])).toString('base64'));`,
    );
    const key = join(folder, 'key.pem');
    const commanding = { ...env, PRIVATE_KEY: '', SIGNING_COMMAND: `${process.execPath} ${file} ${key}` };
    const found = await finding('key', commanding);
    expect(found?.says).toContain('signing-failed: The command in SIGNING_COMMAND ended with exit code 1');
    expect(found?.mend).toContain('SIGNING_COMMAND');
    await writeFile(key, env.PRIVATE_KEY ?? '');
    expect((await diagnosed(commanding)).filter((check) => !check.ok)).toEqual([]);
  });

  it('a policy engine without a decision; any decision will do', async () => {
    const policy = await policyServer();
    const asking = { ...env, OPA_URL: policy.url };
    policy.decides(undefined);
    const found = await finding('policy engine', asking);
    expect(found?.says).toContain('policy-engine-unreadable');
    expect(found?.mend).toContain('OPA_URL');
    policy.decides(['there is no patch']);
    expect((await diagnosed(asking)).at(-1)).toEqual({
      what: 'policy engine',
      ok: true,
      says: 'decides (an empty patch it denies: there is no patch)',
    });
    await policy.close();
  });

  it('a database server that does not answer', async () => {
    const url = `postgres://self_heal:a-password@127.0.0.1:${await freePort()}/self_heal`;
    const found = await finding('database', { ...env, DATABASE_URL: url });
    expect(found?.says).toContain('database-unavailable');
    expect(found?.mend).toContain('DATABASE_URL');
    expect(JSON.stringify(found)).not.toContain('a-password');
  });

  it('an embedded database that the running App holds', async () => {
    const found = await finding('database', world.env);
    expect(found?.says).toContain('database-in-use');
    expect(found?.mend).toContain('SELF_HEAL_DATA');
  });

  it('a key of the model that is missing', async () => {
    const found = await finding('model', { ...env, GEMINI_API_KEY: '' });
    expect(found?.mend).toContain('GEMINI_API_KEY');
  });

  it('a price table that is none', async () => {
    const file = join(folder, 'prices.json');
    await writeFile(file, '{"gemini-flash-latest": {"input": "cheap"}}');
    const found = await finding('prices', { ...env, GEMINI_PRICES: file });
    expect(found?.says).toContain('gemini-flash-latest');
  });

  it('a model that nobody serves', async () => {
    for (const variable of ['GEMINI_LADDER', 'GEMINI_ALLOWED_MODELS']) {
      const found = await finding('model', { ...env, [variable]: 'gemini-flash-latest, gemini-nonsense' });
      expect(found?.says).toContain('model-refused');
      expect(found?.says).toContain('gemini-nonsense');
      expect(found?.mend).toContain(variable);
    }
  });

  it('a model that does not answer', async () => {
    const found = await finding('model', { ...env, GEMINI_BASE_URL: `http://127.0.0.1:${await freePort()}` });
    expect(found?.says).toContain('model-unavailable');
    expect(JSON.stringify(found)).not.toContain(world.env.GEMINI_API_KEY);
  });
});

describe('with Vertex AI, the model', () => {
  /** Takes the token of a workload that another provider vouches for, as Google's token service does. */
  const tokenService = createServer((_, response) => {
    const token = { access_token: 'ya29.of-the-doctor', token_type: 'Bearer', expires_in: 3_599 };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...token, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' }));
  });
  const vertex = () => ({
    ...env,
    GEMINI_API_KEY: '',
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: 'demo-project',
    GOOGLE_CLOUD_LOCATION: 'europe-west4',
  });

  beforeAll(async () => {
    tokenService.listen(0, '127.0.0.1');
    await once(tokenService, 'listening');
    const address = tokenService.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await writeFile(join(folder, 'workload.jwt'), 'vouched for');
    await writeFile(
      join(folder, 'credentials.json'),
      JSON.stringify({
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/ci',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `http://127.0.0.1:${address.port}/v1/token`,
        credential_source: { file: join(folder, 'workload.jwt') },
      }),
    );
  });
  afterEach(() => {
    delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
  });
  afterAll(() => {
    tokenService.close();
  });

  it('needs no key, and it is said whom the App asks', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, 'credentials.json');
    expect((await diagnosed(vertex())).at(-1)).toEqual({
      what: 'model',
      ok: true,
      says: 'gemini-flash-latest and gemini-pro-latest can be asked, by Vertex AI (project demo-project, europe-west4)',
    });
  });

  it('cannot be asked when the machine cannot sign in', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, 'no-credentials.json');
    const found = await finding('model', vertex());
    expect(found?.says).toContain('model-unauthorized');
    expect(found?.mend).toContain('GOOGLE_APPLICATION_CREDENTIALS');
  });

  it('needs a project', async () => {
    const found = await finding('GOOGLE_CLOUD_PROJECT', { ...vertex(), GOOGLE_CLOUD_PROJECT: '' });
    expect(found?.says).toContain('although GOOGLE_GENAI_USE_VERTEXAI is set');
  });
});

describe('an App that is registered otherwise than app.yml says', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    const appManifest = join(folder, 'app.yml');
    await writeFile(
      appManifest,
      'name: lacking\ndefault_events: [issues, workflow_run]\ndefault_permissions: {actions: write, checks: read, contents: write, issues: write, metadata: read, administration: write}\n',
    );
    const geminiReplies = await mkdtemp(join(folder, 'replies-'));
    simulator = await startSimulator({ repositories: [], appManifest, geminiReplies });
  });
  afterAll(() => simulator.close());

  it('is told what it lacks, and that it has no webhook', async () => {
    const checks = await diagnosed({ ...simulator.env(), SELF_HEAL_DATA: join(folder, 'data') });
    const says = Object.fromEntries(checks.map((check) => [check.what, check]));
    expect(says.permissions).toMatchObject({ ok: false, says: 'lacks checks: write, pull_requests: write' });
    expect(says.permissions?.mend).toContain('accept the change in each installation');
    expect(says.events).toMatchObject({
      ok: false,
      says: 'does not hear issue_comment, pull_request, pull_request_review, pull_request_review_comment, push',
    });
    expect(says.webhook).toMatchObject({
      ok: false,
      says: 'the App has no webhook URL',
      mend: expect.stringContaining('/api/github/webhooks'),
    });
  });

  it('is told when its webhook goes nowhere', async () => {
    simulator.github.setAppUrl(`http://127.0.0.1:${await freePort()}/api/github/webhooks`);
    await simulator.github.idle();
    const checks = await diagnosed({ ...simulator.env(), SELF_HEAL_DATA: join(folder, 'data') });
    expect(checks.find((check) => check.what === 'webhook')).toMatchObject({
      ok: false,
      says: expect.stringMatching(/does not answer from here: .*fetch failed/),
    });
  });

  it('is told when something else answers there, and when deliveries were missed', async () => {
    let status = 200;
    const other = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const address = other.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      simulator.github.setAppUrl(`http://127.0.0.1:${address.port}/api/github/webhooks`);
      const webhook = async () =>
        (await diagnosed({ ...simulator.env(), SELF_HEAL_DATA: join(folder, 'data') })).find(
          (check) => check.what === 'webhook',
        );
      expect(await webhook()).toMatchObject({
        ok: false,
        says: expect.stringContaining('answers with 200, which a running App does not'),
      });
      status = 400;
      expect(await webhook()).toMatchObject({ ok: false, says: expect.stringMatching(/could not deliver \d+ event/) });
    } finally {
      other.close();
    }
  });
});
