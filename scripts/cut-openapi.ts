// GitHub's published OpenAPI descriptions → test/contracts/schemas/{rest,webhooks}.json, only what the simulator answers and sends.
//
// The two packages unpack to 420 MB, so they are no dependencies and only the cut is kept. To cut anew, after an endpoint
// of the simulator or a line of test/contracts/webhooks-sent.ts was added, or for a newer version of the descriptions:
//
//   npm install --prefix FOLDER @octokit/openapi@23.0.2 @octokit/openapi-webhooks@12.1.0
//   node scripts/cut-openapi.ts FOLDER
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { endpoints } from '../simulator/github/endpoints.ts';
import { webhooksSent } from '../test/contracts/webhooks-sent.ts';

type Json = z.infer<typeof Json>;
const Json = z.json();
const JsonObject = z.record(z.string(), Json);

const Content = z.record(z.string(), z.object({ schema: Json.optional() }));
const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: Json });
const Body = z.object({ required: z.boolean().optional(), content: Content });
const Answer = z.object({ content: Content.optional() });
type Reference = z.infer<typeof Reference>;
const Reference = z.object({ $ref: z.string() });
const Operation = z.object({
  parameters: z.array(z.union([Reference, Parameter])).default([]),
  requestBody: Body.optional(),
  responses: z.record(z.string(), z.union([Reference, Answer])),
});
const Components = z.object({
  schemas: JsonObject,
  parameters: z.record(z.string(), Parameter).default({}),
  responses: z.record(z.string(), Answer).default({}),
});
const Rest = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), JsonObject),
  components: Components,
});
const Webhook = z.object({
  operationId: z.string(),
  requestBody: Body,
  'x-github': z.object({ subcategory: z.string() }),
});
const Webhooks = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string() }),
  webhooks: z.record(z.string(), z.object({ post: Webhook })),
  components: Components,
});

const keywords = new Set(
  `$ref type nullable enum const format pattern required minimum maximum minLength maxLength minItems maxItems
  uniqueItems minProperties maxProperties`.split(/\s+/),
);
const keywordsOfOneSchema = new Set(['items', 'additionalProperties', 'not']);
const keywordsOfSchemas = new Set(['oneOf', 'anyOf', 'allOf']);
const keywordsOfNamedSchemas = new Set(['properties', 'patternProperties']);

/** Only what a value can be held to: no prose, no examples. */
function bare(schema: Json): Json {
  const object = JsonObject.safeParse(schema);
  if (!object.success) return schema;
  const kept: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(object.data)) {
    if (keywords.has(keyword)) kept[keyword] = value;
    else if (keywordsOfOneSchema.has(keyword)) kept[keyword] = bare(value);
    else if (keywordsOfSchemas.has(keyword)) kept[keyword] = z.array(Json).parse(value).map(bare);
    else if (keywordsOfNamedSchemas.has(keyword)) kept[keyword] = mapped(JsonObject.parse(value), bare);
  }
  return kept;
}

const mapped = <From, To>(record: Record<string, From>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));

const bareContent = (content: z.infer<typeof Content>) =>
  mapped(content, ({ schema }) => (schema === undefined ? {} : { schema: bare(schema) }));

const isReference = (value: object): value is Reference => '$ref' in value;

/** `#/components/parameters/owner` → that parameter. */
function followed<T extends object>(value: T | Reference, components: Record<string, T>): T {
  if (!isReference(value)) return value;
  const found = components[lastOf(value.$ref)];
  if (found === undefined) throw new Error(`${value.$ref} leads nowhere in the description`);
  return found;
}

const lastOf = (reference: string): string => reference.split('/').at(-1) ?? '';

function cutOperation(operation: z.infer<typeof Operation>, components: z.infer<typeof Components>) {
  const parameters = operation.parameters
    .map((parameter) => followed(parameter, components.parameters))
    .map((parameter) => ({ ...parameter, schema: bare(parameter.schema) }));
  const responses = mapped(operation.responses, (response) => {
    const { content } = followed(response, components.responses);
    return content === undefined ? {} : { content: bareContent(content) };
  });
  const body = operation.requestBody;
  const requestBody = body && { requestBody: { ...body, content: bareContent(body.content) } };
  return { parameters, ...requestBody, responses };
}

/** Those of `all` that the cut refers to, directly or through one another. */
function referredTo(cut: unknown, all: Record<string, Json>): Record<string, Json> {
  const needed = new Map<string, Json>();
  const visit = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const schema = all[name];
      if (schema === undefined) throw new Error(`the description has no schema ${name}`);
      if (needed.has(name)) continue;
      const kept = bare(schema);
      needed.set(name, kept);
      visit(JSON.stringify(kept));
    }
  };
  visit(JSON.stringify(cut));
  return Object.fromEntries([...needed].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What refusals look like, also where an operation does not list them. */
const errorSchemas = ['#/components/schemas/basic-error', '#/components/schemas/validation-error'];

/** The names of path parameters are nobody's contract: `{ref}` here is `{commit_sha}` there. */
const shapeOf = (path: string): string => path.replace(/\{\w+\}/g, '{}');

function cutRest({ openapi, info, paths, components }: z.infer<typeof Rest>) {
  const described = new Map(Object.keys(paths).map((path) => [shapeOf(path), path]));
  const cut: Record<string, Record<string, ReturnType<typeof cutOperation>>> = {};
  for (const endpoint of Object.keys(endpoints).sort()) {
    const [verb = '', ownPath = ''] = endpoint.split(' ');
    const method = verb.toLowerCase();
    const path = described.get(shapeOf(ownPath));
    const operation = path === undefined ? undefined : paths[path]?.[method];
    if (path === undefined || operation === undefined) console.warn(`not in the description: ${endpoint}`);
    else cut[path] = { ...cut[path], [method]: cutOperation(Operation.parse(operation), components) };
  }
  return { openapi, info, paths: cut, schemas: referredTo([cut, errorSchemas], components.schemas) };
}

function cutWebhooks({ openapi, info, webhooks, components }: z.infer<typeof Webhooks>) {
  const cut: Record<string, Json> = {};
  for (const { post } of Object.values(webhooks)) {
    const event = post['x-github'].subcategory;
    const action = post.operationId.split('/')[1]?.replaceAll('-', '_');
    const schema = post.requestBody.content['application/json']?.schema;
    const name = action ? `${event}.${action}` : event;
    if (webhooksSent.includes(name) && schema !== undefined) cut[name] = bare(schema);
  }
  for (const name of webhooksSent) if (!(name in cut)) console.warn(`not in the description: ${name}`);
  return { openapi, info, webhooks: cut, schemas: referredTo(cut, components.schemas) };
}

interface Cut {
  openapi: string;
  info: { version: string };
  schemas: Record<string, Json>;
}

/** One line an operation, event or schema, so that a newer version's differences can be read. */
function written({ openapi, info, schemas, ...rest }: Cut & Record<string, unknown>): string {
  const lines = (record: object): string =>
    `{\n${Object.entries(record)
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n}`;
  const parts = Object.entries(rest).map(([name, record]) => `"${name}": ${lines(Object(record))}`);
  const head = `"openapi": "${openapi}",\n"info": ${JSON.stringify(info)}`;
  return `{\n${[head, ...parts, `"components": { "schemas": ${lines(schemas)} }`].join(',\n')}\n}\n`;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: cut-openapi.ts FOLDER (that holds node_modules/@octokit/openapi)');
const description = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'node_modules/@octokit', name, 'generated/api.github.com.json'), 'utf8'));
const schemas = new URL('../test/contracts/schemas/', import.meta.url);
await mkdir(schemas, { recursive: true });
const rest = cutRest(Rest.parse(await description('openapi')));
await writeFile(new URL('rest.json', schemas), written(rest));
const webhooks = cutWebhooks(Webhooks.parse(await description('openapi-webhooks')));
await writeFile(new URL('webhooks.json', schemas), written(webhooks));
console.log(
  `${Object.keys(rest.paths).length} paths and ${Object.keys(webhooks.webhooks).length} webhooks of ${Object.keys(rest.schemas).length} and ${Object.keys(webhooks.schemas).length} schemas`,
);
