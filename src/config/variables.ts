// The variables of the environment that are read, each with its form, its default and its meaning.
import { z } from 'zod';

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
  SIGNING_COMMAND: z
    .string()
    .transform((line) => line.trim().split(/\s+/))
    .pipe(z.array(z.string().min(1)).min(1))
    .optional()
    .describe('A program, with arguments, that signs for a key which is elsewhere, instead of PRIVATE_KEY.'),
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
  OPA_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !URL.canParse(url) || new URL(url).username === '', 'has a name or password in it: use OPA_TOKEN')
    .optional()
    .describe('A rule of an Open Policy Agent that every patch is shown to; whatever it denies is not pushed.'),
  OPA_TOKEN: z.string().min(1).optional().describe('Bearer token for OPA_URL.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('A PostgreSQL server; without it the embedded database in SELF_HEAL_DATA.'),
  SELF_HEAL_DATA: z.string().min(1).default('./data').describe('Folder of the embedded database.'),
  SELF_HEAL_WORKERS: whole(1, 32).default(4).describe('Incidents worked on at the same time by one process.'),
  SELF_HEAL_STEP_TIMEOUT_SECONDS: whole(5, 3_600).default(600).describe('Time-out of one step as a whole.'),
});
export type Values = z.infer<typeof Variables>;
export type VariableName = keyof Values;

export interface Problem {
  variable: VariableName;
  problem: string;
}
