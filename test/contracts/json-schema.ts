// A schema of an OpenAPI 3.0 or 3.1 document → JSON Schema that admits no property the document does not name.
import { z } from 'zod';

export type Schema = z.infer<typeof Schema>;
export const Schema = z.record(z.string(), z.unknown());
export type Schemas = Record<string, Schema>;

/** Where the closed schemas go, and their open twins, which branches of `allOf`, `anyOf` and `oneOf` refer to. */
const closedPrefix = '#/components/schemas/';
const openPrefix = '#/components/open/';

/** `schemas`: what `#/components/schemas/…` refers to. */
export class Translation {
  readonly #schemas: Schemas;

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  components(): { schemas: Schemas; open: Schemas } {
    const all = Object.entries(this.#schemas);
    return {
      schemas: Object.fromEntries(all.map(([name, schema]) => [name, this.closed(schema)])),
      open: Object.fromEntries(all.map(([name, schema]) => [name, this.#open(schema)])),
    };
  }

  closed(schema: Schema): Schema {
    if (typeof schema.$ref === 'string') return { $ref: schema.$ref };
    const names = this.#namesIn(schema);
    if (names === 'any' || names.size === 0) return this.#open(schema);
    const properties = Object.fromEntries([...names].map((name) => [name, true]));
    return { allOf: [this.#open(schema)], properties, additionalProperties: false };
  }

  /** Closed further in, open at its own level. */
  #open(schema: Schema): Schema {
    if (typeof schema.$ref === 'string') return { $ref: schema.$ref.replace(closedPrefix, openPrefix) };
    const { nullable, oneOf, anyOf, allOf, properties, items, additionalProperties, ...rest } = schema;
    const translated: Schema = { ...rest };
    // GitHub's alternatives overlap: its own examples match several of a `oneOf`.
    const alternatives = oneOf ?? anyOf;
    if (alternatives !== undefined) translated.anyOf = listed(alternatives).map((branch) => this.#open(branch));
    if (allOf !== undefined) translated.allOf = listed(allOf).map((branch) => this.#open(branch));
    if (properties !== undefined)
      translated.properties = Object.fromEntries(
        Object.entries(named(properties)).map(([name, property]) => [name, this.closed(property)]),
      );
    if (items !== undefined) translated.items = this.closed(Schema.parse(items));
    const others = Schema.safeParse(additionalProperties);
    if (others.success) translated.additionalProperties = this.closed(others.data);
    else if (additionalProperties === false) translated.additionalProperties = false;
    return nullable === true ? orNull(translated) : translated;
  }

  /** The properties that a schema names, its branches' included; `any` where it means to leave them free. */
  #namesIn(schema: Schema): 'any' | Set<string> {
    if (typeof schema.$ref === 'string') return this.#namesIn(this.#referred(schema.$ref));
    if (Schema.safeParse(schema.additionalProperties).success) return 'any';
    const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listed(schema[keyword] ?? []));
    const own = Object.keys(named(schema.properties ?? {}));
    if (own.length === 0 && branches.length === 0) return isFree(schema) ? 'any' : new Set();
    const names = new Set(own);
    for (const branch of branches) {
      const more = this.#namesIn(branch);
      if (more === 'any') return 'any';
      for (const name of more) names.add(name);
    }
    return names;
  }

  #referred(reference: string): Schema {
    const schema = this.#schemas[reference.replace(closedPrefix, '')];
    if (schema === undefined) throw new Error(`${reference} is not in the cut: run scripts/cut-openapi.ts`);
    return schema;
  }
}

/** An object without named properties; a branch that only says what is required is none. */
function isFree(schema: Schema): boolean {
  const { type, required } = schema;
  if (type === undefined) return required === undefined;
  return type === 'object' || (Array.isArray(type) && type.includes('object'));
}

function orNull(schema: Schema): Schema {
  const { type, enum: values, ...rest } = schema;
  if (typeof type !== 'string' || schema.allOf !== undefined || schema.anyOf !== undefined)
    return { anyOf: [{ type: 'null' }, schema] };
  return { ...rest, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}

const listed = (value: unknown): Schema[] => z.array(Schema).parse(value);
const named = (value: unknown): Schemas => z.record(z.string(), Schema).parse(value);
