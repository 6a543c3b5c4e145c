// A request's method and path → the endpoint of GitHub's reference that it means, and the values in the path.

/** Parameters that may hold slashes: branch names, file paths. */
const longParameters = new Set(['path', 'ref', 'branch', 'basehead', 'name']);

interface Route<T> {
  template: string;
  target: T;
}

interface Compiled<T> extends Route<T> {
  method: string;
  pattern: RegExp;
  names: string[];
  literals: number;
}

export interface Match<T> extends Route<T> {
  params: Record<string, string>;
}

function compile<T>(template: string, target: T): Compiled<T> {
  const [method = '', path = ''] = template.split(' ');
  const names: string[] = [];
  const pattern = path
    .split('/')
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
      names.push(name);
      return longParameters.has(name) ? '(.*)' : '([^/]+)';
    })
    .join('/');
  const literals = path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length;
  return { template, target, method, pattern: new RegExp(`^${pattern}/?$`), names, literals };
}

/** Templates are written as in GitHub's OpenAPI description: `GET /repos/{owner}/{repo}`. */
export class Router<T> {
  readonly #routes: Compiled<T>[];

  constructor(targets: Record<string, T>) {
    const routes = Object.entries(targets).map(([template, target]) => compile(template, target));
    // The more of a path is spelled out the surer it is meant: `/commits/{ref}/status` before `/commits/{ref}`.
    this.#routes = routes.sort((a, b) => b.literals - a.literals);
  }

  match(method: string, path: string): Match<T> | null {
    for (const { template, target, method: own, pattern, names } of this.#routes) {
      if (own !== method) continue;
      const found = pattern.exec(path);
      if (!found) continue;
      const params = decodeParams(names, found.slice(1));
      return params && { template, target, params };
    }
    return null;
  }
}

function decodeParams(names: readonly string[], values: readonly string[]): Record<string, string> | null {
  try {
    return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')]));
  } catch (error) {
    // `%zz` names nothing.
    if (error instanceof URIError) return null;
    throw error;
  }
}
