// A GraphQL request → its answer: git objects, which clients ask here to save requests, and what the REST API cannot do.
import { z } from 'zod';
import { canSee } from './access.ts';
import { ApiError, requiresAuthentication } from './errors.ts';
import type { GitHub } from './github.ts';
import { mutations } from './graphql-mutations.ts';
import { FieldError, type ObjectValue, type Resolver, repositoryObject } from './graphql-objects.ts';
import { type Field, GraphqlSyntaxError, parseOperation, type Value } from './graphql-syntax.ts';
import type { Caller } from './tokens.ts';

const Body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

interface GraphqlError {
  type?: string;
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions?: Record<string, unknown>;
}

type Result = { data?: unknown; errors?: GraphqlError[] };

class Execution {
  readonly errors: GraphqlError[] = [];
  /** A question about fields that do not exist is refused as a whole. */
  invalid = false;
  readonly #variables: Record<string, unknown>;

  constructor(variables: Record<string, unknown>) {
    this.#variables = variables;
  }

  value(value: Value): unknown {
    if (value.kind === 'variable') return this.#variables[value.name];
    if (value.kind === 'list') return value.items.map((item) => this.value(item));
    return value.kind === 'object' ? this.values(value.fields) : value.value;
  }

  values(values: Record<string, Value>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.value(value)]));
  }

  async select(
    object: ObjectValue,
    fields: readonly Field[],
    path: (string | number)[],
  ): Promise<Record<string, unknown>> {
    const answer: Record<string, unknown> = {};
    for (const field of fields) {
      if (field.onType !== undefined) {
        if (field.onType === object.typeName) Object.assign(answer, await this.select(object, field.fields, path));
        continue;
      }
      answer[field.alias] = await this.#resolve(object, field, [...path, field.alias]);
    }
    return answer;
  }

  async #resolve(object: ObjectValue, field: Field, path: (string | number)[]): Promise<unknown> {
    if (field.name === '__typename') return object.typeName;
    const resolver: Resolver | undefined = object.fields[field.name];
    const locations = [field.location];
    if (!resolver) {
      this.invalid = true;
      const extensions = { code: 'undefinedField', typeName: object.typeName, fieldName: field.name };
      const message = `Field '${field.name}' doesn't exist on type '${object.typeName}'`;
      this.errors.push({ path: ['query', ...path], extensions, locations, message });
      return null;
    }
    try {
      return await this.#complete(await resolver(this.values(field.args)), field, path);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.errors.push({ type: error.type, path, locations, message: error.message });
      return null;
    }
  }

  async #complete(value: unknown, field: Field, path: (string | number)[]): Promise<unknown> {
    if (Array.isArray(value)) {
      return await Promise.all(value.map((item, index) => this.#complete(item, field, [...path, index])));
    }
    return isObjectValue(value) ? await this.select(value, field.fields, path) : value;
  }
}

const isObjectValue = (value: unknown): value is ObjectValue =>
  typeof value === 'object' && value !== null && 'typeName' in value && 'fields' in value;

function queries(github: GitHub, caller: Caller): ObjectValue {
  return {
    typeName: 'Query',
    fields: {
      repository: (args) => {
        const [owner, name] = [String(args.owner ?? ''), String(args.name ?? '')];
        const repository = github.findRepository(owner, name);
        if (!repository || !canSee(github, caller, repository)) {
          throw new FieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
        }
        return repositoryObject(github, caller, repository);
      },
      rateLimit: () => ({
        typeName: 'RateLimit',
        fields: { limit: () => 5000, cost: () => 1, remaining: () => 4999, resetAt: () => github.now() },
      }),
    },
  };
}

export async function answerGraphql(github: GitHub, caller: Caller, rawBody: string): Promise<Result> {
  if (caller.kind === 'anonymous' || caller.kind === 'app') throw requiresAuthentication();
  let body: z.infer<typeof Body>;
  try {
    body = Body.parse(JSON.parse(rawBody));
  } catch {
    // Neither JSON nor a query: GitHub answers both alike.
    throw new ApiError(400, 'A query attribute must be specified and must be a string.');
  }
  try {
    const execution = new Execution(body.variables ?? {});
    const { kind, fields } = parseOperation(body.query);
    const root = kind === 'query' ? queries(github, caller) : mutations(github, caller);
    const data = await execution.select(root, fields, []);
    if (execution.invalid) return { errors: execution.errors };
    return execution.errors.length > 0 ? { data, errors: execution.errors } : { data };
  } catch (error) {
    if (!(error instanceof GraphqlSyntaxError)) throw error;
    return { errors: [{ message: error.message, locations: [error.location] }] };
  } finally {
    const as = caller.kind === 'user' ? `user:${caller.account.login}` : caller.kind;
    github.requests.push({ method: 'POST', path: '/graphql', status: 200, as, body, at: github.now() });
  }
}
