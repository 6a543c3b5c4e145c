// The policy's schema → its keys one by one, in words, and the JSON Schema that editors check the file with.
import { z } from 'zod';
import { Policy } from './policy.ts';

export interface PolicyKey {
  /** As `limits.files`. */
  name: string;
  /** Undefined where there is none. */
  default: unknown;
  example: unknown;
  meaning: string;
  /** What it may be, in words: `1 to 5`, `off, shadow or …`. */
  values: string;
  /** The same of one entry of a list. */
  items?: string;
  /** Where they can be counted. */
  allowed?: readonly string[];
}

const Schema = z.looseObject({
  description: z.string().default(''),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).default([]),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

const oneOf = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** Draft 7, which editors know best. */
export const policyJsonSchema = (): Record<string, unknown> =>
  z.toJSONSchema(Policy, { io: 'input', target: 'draft-7', reused: 'inline' });

/** Maps included, each before its own keys. */
const all: readonly PolicyKey[] = keysOf(policyJsonSchema(), '');

const isMap = ({ name }: PolicyKey): boolean => all.some((other) => other.name.startsWith(`${name}.`));

/** Those that have a value. */
export const policyKeys: readonly PolicyKey[] = all.filter((key) => !isMap(key));

export const keyNamed = (name: string): PolicyKey | undefined => all.find((key) => key.name === name);

/** The names below a map, or at the top for an empty name. */
export function keysIn(map: string): string[] {
  const prefix = map === '' ? '' : `${map}.`;
  const inside = all.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name.slice(prefix.length));
  return inside.filter((name) => !name.includes('.'));
}

function keysOf(of: unknown, prefix: string): PolicyKey[] {
  return Object.entries(Schema.parse(of).properties ?? {}).flatMap(([key, field]) => {
    const schema = Schema.parse(field);
    const items = schema.items === undefined ? undefined : Schema.parse(schema.items);
    const allowed = schema.enum ?? items?.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : undefined);
    const own: PolicyKey = {
      name: `${prefix}${key}`,
      default: schema.default,
      example: schema.examples[0],
      meaning: schema.description,
      values: inWords(schema, `${prefix}${key}.`),
      ...(items ? { items: inWords(items, '') } : {}),
      ...(allowed ? { allowed } : {}),
    };
    return [own, ...keysOf(field, `${own.name}.`)];
  });
}

function inWords(schema: z.infer<typeof Schema>, prefix: string): string {
  const { type, minimum, maximum, maxItems, items } = schema;
  if (schema.enum) return schema.enum.length > 8 ? 'the name of a key' : oneOf(schema.enum);
  if (type === 'integer') return `a whole number, ${minimum} to ${maximum}`;
  if (type === 'number') return `a number, ${minimum} to ${maximum}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'array') {
    const { enum: few } = Schema.parse(items);
    return few && few.length <= 8 ? `a list of ${few.join(', ')}` : `a list of at most ${maxItems}`;
  }
  if (schema.properties)
    return `keys with values, as ${prefix.split('.').at(-2)}: { ${Object.keys(schema.properties)[0]}: … }`;
  return 'a text';
}
