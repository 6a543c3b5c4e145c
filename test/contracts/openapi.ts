// GitHub's published description, as cut by scripts/cut-openapi.ts → what is wrong with a request, an answer or a webhook.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Schema } from './json-schema.ts';
import { Validator } from './validator.ts';

const Content = z.record(z.string(), z.object({ schema: Schema.optional() }));
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: Schema,
});
const Operation = z.object({
  parameters: z.array(Parameter),
  requestBody: z.object({ required: z.boolean().default(false), content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Components = z.object({ schemas: z.record(z.string(), Schema) });
const Rest = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)), components: Components });
const Webhooks = z.object({ webhooks: z.record(z.string(), Schema), components: Components });

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`schemas/${name}.json`, import.meta.url), 'utf8'));

const rest = Rest.parse(read('rest'));
const webhooks = Webhooks.parse(read('webhooks'));
const ofRest = new Validator(rest.components.schemas);
const ofWebhooks = new Validator(webhooks.components.schemas);

export interface Request {
  method: string;
  /** With the query, without the host. */
  path: string;
  body?: unknown;
}

export interface Exchange extends Request {
  status: number;
  contentType: string | null;
  /** JSON as parsed, other text as it came; undefined when there is none. */
  answer: unknown;
}

interface Described {
  /** `GET /repos/{owner}/{repo}`, as in GitHub's reference. */
  name: string;
  method: string;
  pattern: RegExp;
  pathNames: string[];
  literals: number;
  operation: z.infer<typeof Operation>;
  path: Schema;
  query: Schema;
}

/** Values of these may hold slashes as they are; any other's are escaped. */
const longNames = new Set(['path', 'ref', 'basehead']);

const described: Described[] = Object.entries(rest.paths)
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, one]) => describe(verb.toUpperCase(), path, one)),
  )
  // `/commits/{ref}/status` before `/commits/{ref}`.
  .sort((one, other) => other.literals - one.literals);

function describe(method: string, path: string, operation: z.infer<typeof Operation>): Described {
  const parts = path.split('/');
  const pathNames = parts.flatMap((part) => /^\{(\w+)\}$/.exec(part)?.[1] ?? []);
  const pattern = parts.map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    return longNames.has(name) ? '(.+)' : '([^/]+)';
  });
  return {
    name: `${method} ${path}`,
    method,
    pattern: new RegExp(`^${pattern.join('/')}$`),
    pathNames,
    literals: parts.length - pathNames.length,
    operation,
    path: parametersSchema(operation, 'path'),
    query: parametersSchema(operation, 'query'),
  };
}

function parametersSchema({ parameters }: z.infer<typeof Operation>, place: 'path' | 'query'): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  const properties = Object.fromEntries(here.map(({ name, schema }) => [name, schema]));
  const required = here.filter((parameter) => parameter.required).map(({ name }) => name);
  return { type: 'object', properties, required, additionalProperties: false };
}

function find({ method, path }: Request): { described: Described; values: Record<string, string> } | undefined {
  const pathname = path.split('?')[0] ?? '';
  for (const one of described) {
    const found = one.method === method ? one.pattern.exec(pathname) : null;
    if (!found) continue;
    const values = found.slice(1).map((text) => decodeURIComponent(text));
    return { described: one, values: Object.fromEntries(one.pathNames.map((name, i) => [name, values[i] ?? ''])) };
  }
  return undefined;
}

/** The operation's name in GitHub's reference. */
export const operationOf = (request: Request): string | undefined => find(request)?.described.name;

export const operations: readonly string[] = described.map(({ name }) => name);
export const events: readonly string[] = Object.keys(webhooks.webhooks);

const undescribed = (request: Request): string[] => [`${request.method} ${request.path} is not in the description`];

/** Path, query and body are known to GitHub, typed as it wants them, and nothing else is sent. */
export function requestProblems(request: Request): string[] {
  const found = find(request);
  if (!found) return undescribed(request);
  const { operation, path, query } = found.described;
  const asked = queryOf(request.path);
  return [
    ...ofRest.problemsOfTexts(path, found.values).map((problem) => `path: ${problem}`),
    ...ofRest.problemsOfTexts(query, asked).map((problem) => `query: ${problem}`),
    ...bodyProblems(operation, request.body).map((problem) => `body: ${problem}`),
  ];
}

function queryOf(path: string): Record<string, string | string[]> {
  const parameters = new URL(path, 'http://api').searchParams;
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function bodyProblems({ requestBody }: z.infer<typeof Operation>, body: unknown): string[] {
  if (requestBody === undefined) return body === undefined ? [] : ['there should be none'];
  const schema = requestBody.content['application/json']?.schema;
  if (body === undefined || schema === undefined) return requestBody.required ? ['there should be one'] : [];
  return ofRest.problems(schema, body);
}

/** The status is one that the operation has, and the answer is what it has for it. */
export function answerProblems(exchange: Exchange): string[] {
  const found = find(exchange);
  if (!found) return undescribed(exchange);
  const { status, answer } = exchange;
  const response = found.described.operation.responses[status];
  // What any request may be refused with is not repeated for each operation.
  if (response === undefined) return status >= 400 ? refusalProblems(answer) : [`${status} is not a documented status`];
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined && status >= 400) return refusalProblems(answer);
  if (schema === undefined) return answer === undefined || response.content ? [] : ['there should be no body'];
  if (!exchange.contentType?.startsWith('application/json')) return [`${exchange.contentType} instead of JSON`];
  return ofRest.problems(schema, answer);
}

const refusal: Schema = {
  anyOf: ['basic-error', 'validation-error'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
};

const refusalProblems = (answer: unknown): string[] => ofRest.problems(refusal, answer);

/** `action` null for the events that have none. */
export function payloadProblems(event: string, action: string | null, payload: unknown): string[] {
  const schema = webhooks.webhooks[action === null ? event : `${event}.${action}`] ?? dispatched(event);
  if (schema === undefined) return ['GitHub has no such webhook, or scripts/cut-openapi.ts has to be told of it'];
  return ofWebhooks.problems(schema, payload);
}

/** A repository_dispatch has its sender's own action; the description gives one as a sample. */
const dispatched = (event: string): Schema | undefined => webhooks.webhooks[`${event}.sample.collected`];
