// Sources by path → every place where text leaves the process, and every package that nobody has said to be harmless.

/** What can carry text out, by how it looks in a source. */
const carriers: readonly { name: string; look: RegExp }[] = [
  { name: 'fetch', look: /(?<![\w.$'"`|])fetch\((?!\?)/ },
  { name: 'octokit', look: /from '@octokit\/(?:core|rest|auth-app)'/ },
  { name: 'probot', look: /from 'probot'/ },
  { name: 'genai', look: /from '@google\/genai'/ },
  { name: 'database', look: /from '(?:pg|pg-boss|@electric-sql\/pglite|drizzle-orm(?:\/[\w-]+)?)'/ },
  { name: 'pino', look: /from '(?:pino|@probot\/pino)'/ },
  { name: 'console', look: /(?<![\w.$])console\.\w+\(/ },
  { name: 'standard output', look: /\bprocess\.(?:stdout|stderr)\b(?!\.isTTY)/ },
  { name: 'response', look: /\bresponse\.(?:end|write|writeHead|setHeader)\(/ },
  { name: 'process', look: /from 'node:child_process'/ },
  { name: 'network', look: /from '(?:node:(?:https?|http2|net|tls|dgram)|undici|ws|axios|nodemailer)'/ },
  {
    name: 'files',
    look: /import \{[^}]*\b(?:writeFile|appendFile|createWriteStream|writeFileSync|appendFileSync|rename|mkdir|open|utimes)\b[^}]*\} from 'node:fs(?:\/promises)?'/,
  },
];

/** Packages and modules of Node through which nothing leaves. */
const harmless =
  /^(?:@jridgewell\/trace-mapping|@octokit\/(?:plugin-retry|plugin-throttling|request-error)|@secretlint\/.*|@vscode\/tree-sitter-wasm.*|bottleneck|cockatiel|diff|hono.*|marked|node-diff3|saxes|yaml|yauzl|zod|node:(?:async_hooks|buffer|crypto|fs|fs\/promises|module|os|path|stream|stream\/.*|timers\/promises|util|util\/types|url|zlib))$/;

const valueImport = /(?:^|\n)(?:import|export)(?! type\b)\s[^;'"]*?from '([^'.][^']*)'/g;

/** Without what is only a type, and without comments. */
const codeOf = (source: string): string =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import type [^;]*;/gm, '');

/** `path: carrier`, and `path: an unknown package`. */
export function outboundPaths(sources: ReadonlyMap<string, string>): string[] {
  const found = [...sources].flatMap(([path, source]) => {
    const code = codeOf(source);
    const carried = carriers.filter(({ look }) => look.test(code)).map(({ name }) => `${path}: ${name}`);
    const packages = [...code.matchAll(valueImport)].map(([, name = '']) => name);
    const isCarrier = (name: string) => carriers.some(({ look }) => look.test(`import { open } from '${name}'`));
    const unknown = packages.filter((name) => !harmless.test(name) && !isCarrier(name));
    return [
      ...carried,
      ...unknown.map((name) => `${path}: ${name}, of which nobody has said whether text leaves by it`),
    ];
  });
  return [...new Set(found)].sort();
}

/** Routes and mutations by which something changes at GitHub; a request whose route is not written out is listed by its words. */
export function writesToGitHub(sources: ReadonlyMap<string, string>): { routes: string[]; mutations: string[] } {
  const routes = new Set<string>();
  const mutations = new Set<string>();
  for (const [path, source] of sources) {
    if (!path.startsWith('src/')) continue;
    const code = codeOf(source);
    for (const [whole, quoted] of code.matchAll(
      /\b(?:octokit|app|client)\.(?:request|paginate)\(\s*('[^']*'|[^\s,)]*)/g,
    )) {
      const route = /^'(.*)'$/.exec(quoted ?? '')?.[1];
      if (route === undefined) routes.add(`${path}: ${whole}`);
      else if (!/^(?:GET|HEAD) /.test(route)) routes.add(route);
    }
    for (const [, text = ''] of code.matchAll(/`(\s*(?:mutation|subscription)\b[^`]*)`/g))
      for (const [, name = ''] of text.matchAll(/(\w+)\(input:/g)) mutations.add(name);
    for (const [whole] of code.matchAll(/\boctokit\.rest\.\w+\.\w+/g)) routes.add(`${path}: ${whole}`);
  }
  return { routes: [...routes].sort(), mutations: [...mutations].sort() };
}
