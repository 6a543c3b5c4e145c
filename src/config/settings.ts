// The environment → settings, or a list of what is wrong with it, variable by variable.
import { z } from 'zod';
import { SelfHealError } from '../errors.ts';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const dollars = z.coerce.number().min(0).max(1_000_000);
const names = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(
    z
      .array(z.string().regex(/^[\w.-]{1,100}$/, 'names of models, separated by commas'))
      .min(1)
      .max(20),
  );

/** One entry a variable; its description is what `doctor` and docs/configuration.md say about it. */
export const Variables = z.object({
  APP_ID: whole(1, Number.MAX_SAFE_INTEGER).optional().describe("The GitHub App's id."),
  PRIVATE_KEY: z.string().optional().describe("The App's private key (PEM), newlines as they are or as `\\n`."),
  PRIVATE_KEY_PATH: z.string().optional().describe('A file that holds the private key, instead of PRIVATE_KEY.'),
  WEBHOOK_SECRET: z.string().min(8).optional().describe('The secret that signs webhooks; at least 8 characters.'),
  GHE_HOST: z.string().optional().describe('Host of a GitHub Enterprise Server; github.com without it.'),
  GHE_PROTOCOL: z.enum(['http', 'https']).default('https').describe('Protocol of that host.'),
  HOST: z.string().default('localhost').describe('Address that the App listens on.'),
  PORT: whole(1, 65_535).default(3_000).describe('Port that the App listens on.'),
  WEBHOOK_PATH: z.string().startsWith('/').default('/api/github/webhooks').describe('Path that receives webhooks.'),
  WEBHOOK_PROXY_URL: z.url().optional().describe('A smee.io channel, for development behind a firewall.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('How much is logged.'),
  GEMINI_API_KEY: z.string().min(1).optional().describe('Key of the Gemini API; not needed with Vertex AI.'),
  GEMINI_BASE_URL: z
    .url()
    .optional()
    .describe('Address of the Gemini API or of Vertex AI, when it is not Google’s own.'),
  GEMINI_LADDER: names
    .default(['gemini-flash-latest', 'gemini-flash-latest', 'gemini-pro-latest'])
    .describe('Models of the first attempt, the second and so on, separated by commas.'),
  GEMINI_ALLOWED_MODELS: names.optional().describe('Models that a repository may name besides those of the ladder.'),
  // A low one makes the replies of Gemini 2.5 alike from run to run; Gemini 3 loops and reasons worse below its own 1.0, says Google.
  GEMINI_TEMPERATURE: z.coerce
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe('Temperature of the replies; the model’s own without it, which is best for Gemini 3.'),
  // `minimal` exists, and is refused by the Pro models and by newer Flash ones: a ladder of both could not use it.
  GEMINI_THINKING_LEVEL: z
    .enum(['low', 'medium', 'high'])
    .optional()
    .describe('How much the models think: low is cheaper and faster, high finds more; the model’s own without it.'),
  // Replies are a little more alike with the same seed, which helps to compare prompts; in production it only costs variety.
  GEMINI_SEED: whole(0, 2_147_483_647)
    .optional()
    .describe('Seed of the replies, to compare runs with one another; a random one for each reply without it.'),
  GEMINI_MAX_OUTPUT_TOKENS: whole(1_024, 65_536).default(32_768).describe('Limit of one reply, thoughts included.'),
  GEMINI_CONCURRENCY: whole(1, 64).default(2).describe('Calls to the model at the same time by one process.'),
  GEMINI_PRICES: z.string().optional().describe('A JSON file with prices in dollars per million tokens, by model.'),
  GOOGLE_GENAI_USE_VERTEXAI: z
    .stringbool()
    .default(false)
    .describe('Vertex AI instead of the Gemini API; signs in by application default credentials.'),
  GOOGLE_CLOUD_PROJECT: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.:-]{0,99}$/, 'is not the id or number of a project')
    .optional()
    .describe('Id of the Google Cloud project that pays for Vertex AI; only needed with it.'),
  GOOGLE_CLOUD_LOCATION: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,49}$/, 'is not the name of a location, as `global` or `europe-west4` are')
    .default('global')
    .describe('Location of Vertex AI.'),
  SELF_HEAL_BUDGET_INCIDENT_USD: dollars.default(1).describe('What the model may cost for one incident, in dollars.'),
  SELF_HEAL_BUDGET_DAY_USD: dollars.default(10).describe('What it may cost for one repository in 24 hours.'),
  SELF_HEAL_BUDGET_MONTH_USD: dollars.default(100).describe('What it may cost for one installation in 30 days.'),
  GEMINI_TIMEOUT_SECONDS: whole(1, 600).default(120).describe('Time-out of one call to the model.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('A PostgreSQL server; without it the embedded database in SELF_HEAL_DATA.'),
  SELF_HEAL_DATA: z.string().min(1).default('./data').describe('Folder of the embedded database.'),
  SELF_HEAL_WORKERS: whole(1, 32).default(4).describe('Incidents worked on at the same time by one process.'),
  SELF_HEAL_STEP_TIMEOUT_SECONDS: whole(5, 3_600).default(600).describe('Time-out of one step as a whole.'),
});
type Values = z.infer<typeof Variables>;
export type VariableName = keyof Values;

export interface Credentials {
  appId: number;
  privateKey: string;
  webhookSecret: string;
}

export interface Settings {
  /** Absent before the App is registered: then the registration page is served. */
  credentials: Credentials | undefined;
  github: { baseUrl: string; webUrl: string };
  server: { host: string; port: number; webhookPath: string; webhookProxyUrl: string | undefined };
  logLevel: Values['LOG_LEVEL'];
  gemini: {
    apiKey: string | undefined;
    baseUrl: string | undefined;
    /** Vertex AI, which signs in by the machine's application default credentials. */
    vertex: { project: string; location: string } | undefined;
    ladder: readonly string[];
    /** All that a repository may choose from. */
    allowedModels: readonly string[];
    temperature: number | undefined;
    thinkingLevel: Values['GEMINI_THINKING_LEVEL'];
    seed: number | undefined;
    maxOutputTokens: number;
    concurrency: number;
    timeoutMs: number;
  };
  spending: {
    /** Path of the operator's price table. */
    pricesPath: string | undefined;
    incidentUsd: number;
    dayUsd: number;
    monthUsd: number;
  };
  database: { url: string | undefined; dataDirectory: string };
  workers: number;
  stepTimeoutMs: number;
}

type Environment = Record<string, string | undefined>;
type ReadFile = (path: string) => string;

export interface Problem {
  variable: VariableName;
  problem: string;
}

export type SettingsReading = { ok: true; settings: Settings } | { ok: false; problems: Problem[] };

const isVariable = (name: unknown): name is VariableName => typeof name === 'string' && name in Variables.shape;

/** Empty variables count as absent, as compose files and CI set them. */
export function readSettings(env: Environment, readFile: ReadFile): SettingsReading {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => isVariable(name) && value !== ''));
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => {
      const variable = issue.path[0];
      return isVariable(variable) ? [{ variable, problem: issue.message }] : [];
    });
    return { ok: false, problems };
  }
  const key = privateKey(parsed.data, readFile);
  const problems = [...key.problems, ...incomplete(parsed.data, key.text), ...withoutProject(parsed.data)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: settingsOf(parsed.data, key.text) };
}

function privateKey(values: Values, readFile: ReadFile): { text: string | undefined; problems: Problem[] } {
  if (values.PRIVATE_KEY) return checkedKey(values.PRIVATE_KEY.replaceAll('\\n', '\n'), 'PRIVATE_KEY');
  const path = values.PRIVATE_KEY_PATH;
  if (!path) return { text: undefined, problems: [] };
  try {
    return checkedKey(readFile(path), 'PRIVATE_KEY_PATH');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { text: undefined, problems: [{ variable: 'PRIVATE_KEY_PATH', problem: `cannot be read: ${why}` }] };
  }
}

function checkedKey(text: string, variable: VariableName): { text: string | undefined; problems: Problem[] } {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  if (/-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END (RSA )?PRIVATE KEY-----/.test(decoded))
    return { text: decoded, problems: [] };
  return {
    text: undefined,
    problems: [{ variable, problem: 'is not a private key in PEM form (-----BEGIN … PRIVATE KEY-----)' }],
  };
}

/** All of an App's credentials or none: half of them is a mistake, not a wish for the registration page. */
function incomplete(values: Values, key: string | undefined): Problem[] {
  const given = { APP_ID: values.APP_ID, PRIVATE_KEY: key, WEBHOOK_SECRET: values.WEBHOOK_SECRET };
  const missing = Object.entries(given).flatMap(([name, value]) =>
    value === undefined && isVariable(name) ? [name] : [],
  );
  if (missing.length === 0 || missing.length === 3) return [];
  return missing.map((variable) => ({ variable, problem: 'is missing, although the App’s other credentials are set' }));
}

function withoutProject(values: Values): Problem[] {
  if (!values.GOOGLE_GENAI_USE_VERTEXAI || values.GOOGLE_CLOUD_PROJECT) return [];
  return [{ variable: 'GOOGLE_CLOUD_PROJECT', problem: 'is missing, although GOOGLE_GENAI_USE_VERTEXAI is set' }];
}

function settingsOf(values: Values, key: string | undefined): Settings {
  const { APP_ID: appId, WEBHOOK_SECRET: webhookSecret, GHE_HOST: host } = values;
  const credentials = appId && key && webhookSecret ? { appId, privateKey: key, webhookSecret } : undefined;
  const webUrl = host ? `${values.GHE_PROTOCOL}://${host}` : 'https://github.com';
  return {
    credentials,
    github: { baseUrl: host ? `${webUrl}/api/v3` : 'https://api.github.com', webUrl },
    server: {
      host: values.HOST,
      port: values.PORT,
      webhookPath: values.WEBHOOK_PATH,
      webhookProxyUrl: values.WEBHOOK_PROXY_URL,
    },
    logLevel: values.LOG_LEVEL,
    gemini: {
      apiKey: values.GEMINI_API_KEY,
      baseUrl: values.GEMINI_BASE_URL,
      vertex:
        values.GOOGLE_GENAI_USE_VERTEXAI && values.GOOGLE_CLOUD_PROJECT
          ? { project: values.GOOGLE_CLOUD_PROJECT, location: values.GOOGLE_CLOUD_LOCATION }
          : undefined,
      ladder: values.GEMINI_LADDER,
      allowedModels: [...new Set([...values.GEMINI_LADDER, ...(values.GEMINI_ALLOWED_MODELS ?? [])])],
      temperature: values.GEMINI_TEMPERATURE,
      thinkingLevel: values.GEMINI_THINKING_LEVEL,
      seed: values.GEMINI_SEED,
      maxOutputTokens: values.GEMINI_MAX_OUTPUT_TOKENS,
      concurrency: values.GEMINI_CONCURRENCY,
      timeoutMs: values.GEMINI_TIMEOUT_SECONDS * 1_000,
    },
    spending: {
      pricesPath: values.GEMINI_PRICES,
      incidentUsd: values.SELF_HEAL_BUDGET_INCIDENT_USD,
      dayUsd: values.SELF_HEAL_BUDGET_DAY_USD,
      monthUsd: values.SELF_HEAL_BUDGET_MONTH_USD,
    },
    database: { url: values.DATABASE_URL, dataDirectory: values.SELF_HEAL_DATA },
    workers: values.SELF_HEAL_WORKERS,
    stepTimeoutMs: values.SELF_HEAL_STEP_TIMEOUT_SECONDS * 1_000,
  };
}

/** For commands that cannot do without: every problem in one error. */
export function requiredSettings(env: Environment, readFile: ReadFile): Settings {
  const reading = readSettings(env, readFile);
  if (reading.ok) return reading.settings;
  const lines = reading.problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
  throw new SelfHealError(
    'settings-invalid',
    `The settings are not usable (docs/configuration.md):\n${lines.join('\n')}`,
  );
}
