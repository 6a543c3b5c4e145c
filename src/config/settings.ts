// The environment → settings, or a list of what is wrong with it, variable by variable.
import { SelfHealError } from '../errors.ts';
import { type AppKeySetting, appKey } from './app-key.ts';
import { type Problem, type Values, type VariableName, Variables } from './variables.ts';

export type Credentials = { appId: number; webhookSecret: string } & AppKeySetting;

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
  /** The operator's Open Policy Agent. */
  policyEngine: { url: string; token: string | undefined } | undefined;
  database: { url: string | undefined; dataDirectory: string };
  workers: number;
  stepTimeoutMs: number;
}

type Environment = Record<string, string | undefined>;
type ReadFile = (path: string) => string;

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
  const { key, problems: ofKey } = appKey(parsed.data, readFile);
  const problems = [...ofKey, ...incomplete(parsed.data, key), ...withoutProject(parsed.data)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: settingsOf(parsed.data, key) };
}

/** All of an App's credentials or none: half of them is a mistake, not a wish for the registration page. */
function incomplete(values: Values, key: AppKeySetting | undefined): Problem[] {
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

function settingsOf(values: Values, key: AppKeySetting | undefined): Settings {
  const { APP_ID: appId, WEBHOOK_SECRET: webhookSecret, GHE_HOST: host } = values;
  const credentials = appId && key && webhookSecret ? { appId, webhookSecret, ...key } : undefined;
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
    policyEngine: values.OPA_URL === undefined ? undefined : { url: values.OPA_URL, token: values.OPA_TOKEN },
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
