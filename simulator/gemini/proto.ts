// Schemas of a protocol buffer's messages in JSON, and what does not fit them in the words of Google's APIs.
import { z } from 'zod';
import type { FieldViolation } from './errors.ts';

export const apiPackage = 'type.googleapis.com/google.ai.generativelanguage.v1beta.';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A protocol buffer's message in JSON: fields in camelCase or snake_case, null means absent, unknown fields are refused. */
export function message<Shape extends z.core.$ZodLooseShape>(name: string, shape: Shape) {
  const known = new Set(Object.keys(shape));
  const normalise = (value: unknown) => {
    if (!isObject(value)) return value;
    const entries = Object.entries(value).filter(([, field]) => field !== null);
    return Object.fromEntries(entries.map(([key, field]) => [known.has(camelCase(key)) ? camelCase(key) : key, field]));
  };
  return z.preprocess(
    normalise,
    z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? `${apiPackage}${name}` : undefined) }),
  );
}

/** A repeated field also takes a single value, as the real API's JSON reader does. */
export function repeated<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item));
}

export type Checked<Request> = { ok: true; request: Request } | { ok: false; violations: FieldViolation[] };

export function check<Request>(schemaOfRequest: z.ZodType<Request>, body: unknown): Checked<Request> {
  const parsed = schemaOfRequest.safeParse(body);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, violations: parsed.error.issues.flatMap((issue) => violations(issue, body)) };
}

function violations(issue: z.core.$ZodIssue, body: unknown): FieldViolation[] {
  const { field, value } = protoPath(issue.path, body);
  const place = field === '' ? '' : ` at '${field}'`;
  const describe = (description: string) => ({ ...(field === '' ? {} : { field }), description });
  if (issue.code !== 'unrecognized_keys')
    return [describe(`Invalid value${place} (${issue.message}), ${JSON.stringify(value) ?? 'nothing'}`)];
  return issue.keys.map((key) =>
    describe(`Invalid JSON payload received. Unknown name "${key}"${place}: Cannot find field.`),
  );
}

/** The real API names places as its protocol buffers do: `generation_config.stop_sequences[0]`, map entries as `properties[2].value`. */
function protoPath(path: PropertyKey[], body: unknown): { field: string; value: unknown } {
  let field = '';
  let value = body;
  let inMap = false;
  for (const step of path.map((key) => (typeof key === 'number' ? key : String(key)))) {
    const parent = value;
    value = entry(parent, step);
    if (typeof step === 'number') field += `[${step}]`;
    else if (inMap) field += `[${isObject(parent) ? Object.keys(parent).indexOf(step) : 0}].value`;
    else field += `${field === '' ? '' : '.'}${snakeCase(step)}`;
    inMap = step === 'properties' && !inMap;
  }
  return { field, value };
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function entry(parent: unknown, step: string | number): unknown {
  if (Array.isArray(parent)) return typeof step === 'number' ? parent[step] : undefined;
  if (!isObject(parent)) return step === 0 ? parent : undefined;
  if (step === 0) return parent;
  return parent[step] ?? parent[snakeCase(String(step))];
}
