// The environment → settings, or a list of what is wrong with it, variable by variable.
import { z } from 'zod';
import { SelfHealError } from '../errors.ts';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

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
  GEMINI_API_KEY: z.string().min(1).optional().describe('Key of the Gemini API.'),
  GEMINI_BASE_URL: z.url().optional().describe('Address of the Gemini API, when it is not Google’s own.'),
  GEMINI_MODEL: z.string().default('gemini-flash-latest').describe('Model of the first two attempts.'),
  GEMINI_STRONG_MODEL: z.string().default('gemini-pro-latest').describe('Model of the third attempt and later ones.'),
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
    model: string;
    strongModel: string;
    timeoutMs: number;
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
  const problems = [...key.problems, ...incomplete(parsed.data, key.text)];
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
      model: values.GEMINI_MODEL,
      strongModel: values.GEMINI_STRONG_MODEL,
      timeoutMs: values.GEMINI_TIMEOUT_SECONDS * 1_000,
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
