// A schema of GitHub's description and a value → what is wrong with the value, in words.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { Schema, type Schemas, Translation } from './json-schema.ts';

// Each schema is used a few times: what it takes to compile counts, not how fast the result is.
const quickly = { inlineRefs: false, code: { optimize: false } } as const;
const options = { strict: false, allErrors: true, logger: false, ...quickly } as const;
/** Addresses are text: `?per_page=5` is a number only once it was read as one. */
const coercing = formats.default(new Ajv({ ...options, coerceTypes: 'array' }));

export class Validator {
  readonly #translation: Translation;
  readonly #ajv = formats.default(new Ajv(options));
  readonly #compiled = new WeakMap<Schema, ValidateFunction>();

  /** `schemas`: what `#/components/schemas/…` refers to. */
  constructor(schemas: Schemas) {
    this.#translation = new Translation(schemas);
    this.#ajv.addSchema({ $id: 'github', components: this.#translation.components() });
  }

  problems(schema: Schema, value: unknown): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(absolute(this.#translation.closed(schema)));
    this.#compiled.set(schema, validate);
    return validate(value) ? [] : told(validate.errors ?? [], value);
  }

  problemsOfTexts(schema: Schema, texts: Record<string, unknown>): string[] {
    const coerced = structuredClone(texts);
    const validate = coercing.compile(this.#translation.closed(schema));
    return validate(coerced) ? [] : told(validate.errors ?? [], texts);
  }
}

/** References of a schema that stands alone lead into the document. */
const absolute = (schema: Schema): Schema =>
  Schema.parse(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/')));

function told(errors: readonly ErrorObject[], value: unknown): string[] {
  const lines = errors.map(({ instancePath, message, params }) => {
    const more = params.additionalProperty ?? params.allowedValues?.join(', ');
    const found = at(value, instancePath);
    const scalar = typeof found === 'object' && found !== null ? '' : ` (found ${JSON.stringify(found)?.slice(0, 80)})`;
    return `${instancePath || '/'} ${message}${more === undefined ? '' : `: ${more}`}${scalar}`;
  });
  return [...new Set(lines)];
}

function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = Object.entries(found).find(([own]) => own === name)?.[1];
  }
  return found;
}
