// A scripted reply and the format that the request demands → what is wrong with the script; undefined when it fits.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { GenerateContentRequest } from './request.ts';

type Json = Record<string, unknown>;

export function demandsJson(request: GenerateContentRequest): boolean {
  return request.generationConfig?.responseMimeType === 'application/json';
}

/** The real model decodes under the schema, so a reply that breaks it could never have come from there. */
export function demandedJson(request: GenerateContentRequest, text: string): string | undefined {
  if (!demandsJson(request)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `the request demands JSON (responseMimeType application/json) and the reply is not JSON: ${error instanceof Error ? error.message : error}`;
  }
  const { responseJsonSchema, responseSchema } = request.generationConfig ?? {};
  const schema = isObject(responseJsonSchema) ? responseJsonSchema : jsonSchema(responseSchema);
  if (schema === undefined) return undefined;
  return violations(schema, value);
}

function violations(schema: Json, value: unknown): string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false });
  addFormats.default(ajv);
  const { $schema: _dialect, ...rest } = schema;
  const validate = ajv.compile(rest);
  if (validate(value)) return undefined;
  return `the reply does not fit the request's schema: ${ajv.errorsText(validate.errors, { dataVar: 'reply' })}`;
}

/** responseSchema is OpenAPI's subset: types in capitals, `nullable` in place of a type `null`, counts perhaps as text. */
function jsonSchema(schema: unknown): Json | undefined {
  if (!isObject(schema)) return undefined;
  const { type, nullable, properties, items, anyOf, propertyOrdering: _order, ...rest } = schema;
  const name = typeof type === 'string' ? type.toLowerCase() : undefined;
  const counts = Object.entries(rest).map(([key, value]) => [key, /^(min|max)/.test(key) ? Number(value) : value]);
  return {
    ...Object.fromEntries(counts),
    ...(name === undefined ? {} : { type: nullable === true ? [name, 'null'] : name }),
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, jsonSchema(value)])) }
      : {}),
    ...(items === undefined ? {} : { items: jsonSchema(items) }),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map(jsonSchema) } : {}),
  };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
