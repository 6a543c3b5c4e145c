import { generateKeyPairSync, randomBytes } from 'node:crypto';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type AppProcess, startAppProcess } from './app-process.ts';
import { accepted, asks, breakingPush, calculator, diagnosisReply, rightPatch } from './calculator.ts';
import { type Stage, stage } from './stage.ts';

const repository = 'acme/calculator';
let world: Stage;
let app: AppProcess | undefined;
afterEach(async () => {
  await app?.kill();
  await world.close();
});

const random = (length: number, alphabet: string): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const any = `${upper}abcdefghijklmnopqrstuvwxyz0189`;

const secrets = {
  // In parts, so that no scanner takes this file for a leak.
  DEPLOY_TOKEN: ['gh', 'p_', random(36, any)].join(''),
  AWS_ACCESS_KEY_ID: ['AK', 'IA', random(16, upper)].join(''),
  // With a digit in any case: a name's value without one passes for a word.
  AWS_SECRET_ACCESS_KEY: `${random(39, any)}7`,
  SIGNING_KEY: generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey,
};
const linesOfKey = secrets.SIGNING_KEY.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
const secretTexts = [secrets.DEPLOY_TOKEN, secrets.AWS_ACCESS_KEY_ID, secrets.AWS_SECRET_ACCESS_KEY, ...linesOfKey];

/** Which of the secrets stand in a text; a key in JSON has its line ends escaped, its lines are whole. */
const secretsIn = (text: string): string[] => secretTexts.filter((secret) => text.includes(secret));

const names = Object.keys(secrets);
/** A test that says too much when it fails; where the variables are not set, as in the sandbox, it has nothing to say. */
const talkative = `import os
import unittest

from calculator.calc import calc


class CalcTest(unittest.TestCase):
    def test_free_of_discount(self):
        try:
            self.assertEqual(calc(80, 0), 80)
        except ZeroDivisionError as error:
            for name in ${JSON.stringify(names)}:
                print(f"{name}={os.environ.get(name)}")
            aws = f"aws_access_key_id={os.environ.get('AWS_ACCESS_KEY_ID')} aws_secret_access_key={os.environ.get('AWS_SECRET_ACCESS_KEY')}"
            self.fail(f"{error} with {os.environ.get('DEPLOY_TOKEN')}, {aws}\\n{os.environ.get('SIGNING_KEY')}")
`;
const env = ['', '        env:', ...names.map((name) => `          ${name}: \${{ vars.${name} }}`)].join('\n');
const ci = (calculator['.github/workflows/ci.yml'] ?? '').trimEnd().concat(env, '\n');
const files = { ...calculator, 'tests/test_calc.py': talkative, '.github/workflows/ci.yml': ci };

const Jobs = z.object({ jobs: z.array(z.object({ id: z.number() })) });
const Runs = z.object({ workflow_runs: z.array(z.object({ id: z.number(), conclusion: z.string().nullable() })) });

/** What everybody with access to the log can read anyway; here to show that there was something to leak. */
async function failedLog(): Promise<string> {
  const ada = world.person();
  const runs = Runs.parse(await ada.get(`/repos/${repository}/actions/runs`)).workflow_runs;
  const failed = runs.find((run) => run.conclusion === 'failure');
  const { jobs } = Jobs.parse(await ada.get(`/repos/${repository}/actions/runs/${failed?.id}/jobs`));
  const token = world.simulator.github.userToken('ada', 'admin');
  const log = await fetch(`${world.simulator.url}/api/v3/repos/${repository}/actions/jobs/${jobs[0]?.id}/logs`, {
    headers: { authorization: `token ${token}` },
  });
  return log.text();
}

/** Every row of every table, as text. */
async function databaseDump(): Promise<string> {
  const database = await PGlite.create({ dataDir: path.join(world.env.SELF_HEAL_DATA ?? '', 'database') });
  try {
    const tables = z
      .array(z.object({ name: z.string() }))
      .parse(
        (
          await database.query(
            "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
          )
        ).rows,
      );
    const rows = [];
    for (const { name } of tables) rows.push((await database.query(`select t::text as row from ${name} t`)).rows);
    return JSON.stringify(rows);
  } finally {
    await database.close();
  }
}

async function begin(): Promise<AppProcess> {
  world = await stage({ [repository]: files }, { variables: secrets });
  app = await startAppProcess({ ...world.env, LOG_LEVEL: 'trace' });
  world.simulator.github.setAppUrl(`${app.url}/api/github/webhooks`);
  return app;
}

/** What the App itself signs in with: tokens of installations, JWTs, its key, the secret of its webhook, the model's key. */
function credentialsIn(text: string): string[] {
  const { privateKey, webhookSecret } = world.simulator.github.app;
  const own = [webhookSecret, world.env.GEMINI_API_KEY ?? '', ...privateKey.split('\n').slice(1, -2)];
  const tokens = text.match(/\bghs_\w+|\beyJ[\w-]{10,}\.[\w-]+/g) ?? [];
  return [...tokens, ...own.filter((secret) => secret !== '' && text.includes(secret))];
}

/** Nothing that the App asked with is good for anything once it has stopped. */
function expectTokensRevoked(): void {
  const of = (method: string, path: RegExp) =>
    world.simulator.github.requests().filter((one) => one.method === method && path.test(one.path) && one.status < 300);
  const minted = of('POST', /\/access_tokens$/);
  expect(minted.length).toBeGreaterThan(1);
  expect(of('DELETE', /^\/installation\/token$/)).toHaveLength(minted.length);
}

/** All that the App gave away, by the way it went. */
async function givenAway(running: AppProcess, ...routes: string[]): Promise<Record<string, string[]>> {
  await world.simulator.github.idle();
  await running.stop();
  expectTokensRevoked();
  const sent = world.simulator.github.requests().filter(({ as, method }) => as === 'installation' && method !== 'GET');
  const shown = await Promise.all(routes.map((route) => world.person().get(route)));
  const found = (text: string): string[] => [...secretsIn(text), ...credentialsIn(text)];
  return {
    prompts: found(JSON.stringify(world.simulator.gemini.calls())),
    requests: found(JSON.stringify(sent)),
    pages: found(JSON.stringify(shown)),
    database: found(await databaseDump()),
    log: found(running.output()),
  };
}

const nothing = { prompts: [], requests: [], pages: [], database: [], log: [] };

it('a secret in the log reaches nobody on the way to a pull request', async () => {
  const running = await begin();
  const { gemini, github } = world.simulator;
  gemini.reply(diagnosisReply({ citations: ['share = price / (100 / discount)'] }), asks.diagnose);
  gemini.reply(rightPatch, asks.propose);
  gemini.reply(accepted, asks.critique);
  const sha = await github.push(repository, breakingPush);
  await running.step((line) => line.step === 'settle' && line.state === 'waiting');
  expect(secretsIn(await failedLog())).toEqual(secretTexts);
  const head = z.object({ head: z.object({ sha: z.string() }) });
  const pull = head.parse(await world.person().get(`/repos/${repository}/pulls/1`));
  const given = await givenAway(
    running,
    `/repos/${repository}/pulls/1`,
    `/repos/${repository}/commits/${sha}/comments`,
    `/repos/${repository}/commits/${pull.head.sha}/check-runs`,
  );
  expect(given).toEqual(nothing);
  expect(
    gemini
      .calls()
      .map((call) => call.prompt)
      .join('\n'),
  ).toContain('[redacted:');
}, 90_000);

it('a secret in the log reaches nobody by way of an explanation', async () => {
  const running = await begin();
  const { gemini, github } = world.simulator;
  // The model repeats what a secret would look like had it seen one.
  const rootCause = `The deploy token ${secrets.DEPLOY_TOKEN} is used with the key ${secrets.AWS_ACCESS_KEY_ID}.`;
  gemini.reply(diagnosisReply({ rootCause, confidence: 0.2 }), asks.diagnose);
  const sha = await github.push(repository, breakingPush);
  const last = await running.step((line) => line.state === 'closed');
  expect(last.stopReason).toBe('low-confidence');
  const given = await givenAway(running, `/repos/${repository}/commits/${sha}/comments`);
  expect(given).toEqual(nothing);
  const comments = z.array(z.object({ body: z.string() }));
  const [told] = comments.parse(await world.person().get(`/repos/${repository}/commits/${sha}/comments`));
  expect(told?.body).toContain('[redacted:github-token]');
}, 90_000);
