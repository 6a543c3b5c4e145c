// The shape of a workflow file: what GitHub accepts in each place, before any expression is evaluated.
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** Scalars become text as GitHub writes them into an environment: `true`, `3`, nothing. */
const text = scalar.transform((value) => (value === null ? '' : String(value)));
const textMap = z.record(z.string(), text);
const expressionText = z.string().regex(/\$\{\{/);
const texts = z.union([text.transform((value) => [value]), z.array(text)]);
const textsOrExpression = z.union([expressionText, texts]);
const variables = z.union([expressionText, textMap]).optional();
const condition = text.optional();
const number = z.union([z.number(), expressionText]);
const boolean = z.union([z.boolean(), expressionText]);

const access = z.enum(['read', 'write', 'none']);
export const permissionScopes = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
] as const;
const permissions = z
  .union([z.enum(['read-all', 'write-all']), z.partialRecord(z.enum(permissionScopes), access), z.null()])
  .optional();

const defaults = z
  .strictObject({ run: z.strictObject({ shell: text.optional(), 'working-directory': text.optional() }).optional() })
  .optional();

const step = z.strictObject({
  id: text.optional(),
  name: text.optional(),
  if: condition,
  uses: text.optional(),
  run: text.optional(),
  'working-directory': text.optional(),
  shell: text.optional(),
  with: z.union([expressionText, textMap]).optional(),
  env: variables,
  'continue-on-error': boolean.optional(),
  'timeout-minutes': number.optional(),
});

const matrix = z.union([expressionText, z.record(z.string(), z.union([expressionText, z.array(z.unknown())]))]);

const job = z.strictObject({
  name: text.optional(),
  needs: texts.optional(),
  permissions,
  if: condition,
  'runs-on': z.union([
    textsOrExpression,
    z.strictObject({ group: text.optional(), labels: textsOrExpression.optional() }),
  ]),
  environment: z.union([text, z.strictObject({ name: text, url: text.optional() })]).optional(),
  concurrency: z.unknown().optional(),
  outputs: textMap.optional(),
  env: variables,
  defaults,
  steps: z.array(step).min(1),
  'timeout-minutes': number.optional(),
  strategy: z
    .strictObject({ matrix: matrix.optional(), 'fail-fast': boolean.optional(), 'max-parallel': number.optional() })
    .optional(),
  'continue-on-error': boolean.optional(),
  container: z.unknown().optional(),
  services: z.unknown().optional(),
});

/** A job that calls a reusable workflow; known so that it can be refused by name. */
const callingJob = z.looseObject({
  name: text.optional(),
  uses: text,
  needs: texts.optional(),
  if: condition,
  permissions,
});

const triggers = z.union([
  text.transform((name) => ({ [name]: null })),
  z.array(text).transform((names): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, null]))),
  z.record(z.string(), z.unknown()),
]);

export const workflowSchema = z.strictObject({
  name: text.optional(),
  'run-name': text.optional(),
  on: triggers,
  permissions,
  env: variables,
  defaults,
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/), z.unknown()),
});

export const jobSchema = job;
export const callingJobSchema = callingJob;
export type WorkflowFile = z.infer<typeof workflowSchema>;
export type StepDefinition = z.infer<typeof step>;
export type StepJob = z.infer<typeof job>;
export type CallingJob = z.infer<typeof callingJob>;
export type Permissions = z.infer<typeof permissions>;
export type Variables = z.infer<typeof variables>;
export const stepSchema = step;
