// Sources by path → every place where the house's rules are broken, in words.

/** Read alike wherever it comes from: one reader, with bounds, that imports nothing of ours. */
const yaml = /^src\/text\/(read|bounded)-yaml\.ts/;

/** What a folder (or file) of src may import besides itself. `stages/*`: any stage, seen from outside. */
const mayImport: readonly { who: RegExp; may: readonly RegExp[] }[] = [
  { who: /^src\/(incident\/|errors\.ts)/, may: [] },
  { who: /^src\/(failures|text)\//, may: [/^src\/incident\//, /^src\/errors\.ts/, yaml] },
  { who: /^src\/syntax\//, may: [/^src\/incident\//, /^src\/errors\.ts/] },
  { who: /^src\/workflows\//, may: [/^src\/incident\//, /^src\/errors\.ts/, yaml] },
  { who: /^src\/config\//, may: [/^src\/errors\.ts/, yaml] },
  { who: /^src\/telemetry\//, may: [/^src\/incident\//, /^src\/text\/redact-by-form\.ts/] },
  {
    who: /^src\/ports(\.ts|\/)/,
    may: [/^src\/(incident|text|config|ports)\//, /^src\/(errors|text\/outbound)\.ts/],
  },
  {
    who: /^src\/stages\//,
    may: [/^src\/(incident|failures|text|syntax|config|workflows)\//, /^src\/(errors|ports)\.ts/],
  },
  {
    who: /^src\/adapters\//,
    may: [/^src\/(incident|failures|text|config|telemetry|ports)\//, /^src\/(errors|ports)\.ts/],
  },
  {
    who: /^src\/onboarding\//,
    may: [/^src\/(incident|failures|text|syntax|config|workflows|ports)\//, /^src\/(errors|ports)\.ts/],
  },
  { who: /^src\/spending\//, may: [/^src\/(incident|text|config)\//, /^src\/(errors|ports)\.ts/] },
  { who: /^src\/pipeline\.ts/, may: [/^src\/(incident|spending|stages|telemetry|config)\//, /^src\/ports\.ts/] },
  { who: /^src\/(worker|schedule)\.ts/, may: [/^src\/(incident|telemetry)\//, /^src\/(errors|ports|pipeline)\.ts/] },
  { who: /^src\/app\.ts/, may: [/^src\/(incident|onboarding|ports|stages\/intake)\//, /^src\/(errors|ports)\.ts/] },
  { who: /^src\/cli\//, may: [/^src\//] },
  { who: /^src\/main\.ts/, may: [/^src\/cli\//, /^src\/errors\.ts/] },
  { who: /^action\//, may: [/^src\/stages\/validation\/sandbox-report\.ts/, /^src\/text\/redact-by-form\.ts/] },
  { who: /^simulator\//, may: [] },
];

/** The folder that is a file's own: imports inside it are free. */
function home(path: string): string {
  const [top, folder, inner] = path.split('/');
  if (top !== 'src') return `${top}/`;
  if (folder === 'stages' || folder === 'adapters') return `src/${folder}/${inner}/`;
  return folder?.endsWith('.ts') ? path : `src/${folder}/`;
}

/** Where the model is asked, or its words are read: the ports that lead to GitHub are not even named there. */
const nearTheModel = /^src\/(stages\/(diagnosis|patch|guardrails)|spending|adapters\/(gemini|policy-engine))\//;
const namesGitHub = /import[^;]*\bGitHub(Desk)?\b[^;]*from '[^']*\/ports\.ts'/;

const io = /^node:(fs|fs\/promises|child_process|net|http|https|http2|tls|dgram|dns|worker_threads|process|os)$/;
/** What starts a process or runs text as code: the App does neither with anything that a repository contains. */
const executes = /^(node:)?(child_process|vm|cluster|worker_threads|repl|inspector)$/;
/** The operator's own command, which his own setting names, for signatures only: docs/decisions tells. */
const mayExecute = /^src\/adapters\/signing\/signing-command\.ts$/;
/** The loader of prompt files reads our own files, while modules load. */
const mayTouchTheWorld = /^src\/((adapters|cli|telemetry)\/|text\/prompt-file\.ts$)/;
const pure = /^src\/(incident|failures|text|config|spending|workflows|stages|onboarding)\//;
const bannedNames = /(^|[-/])(utils?|helpers?|common|manager|service|types|misc|index)\.ts$/;
const maxLines = 250;

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import\s+'([^']+)'/g;

export function importsOf(text: string): string[] {
  return [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function resolved(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

export function violations(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([path, text]) => [...importViolations(path, text), ...shapeViolations(path, text)]);
}

function importViolations(path: string, text: string): string[] {
  const rule = mayImport.find(({ who }) => who.test(path));
  return importsOf(text).flatMap((specifier) => {
    if (path.startsWith('src/') && executes.test(specifier) && !mayExecute.test(path))
      return [`${path} can execute (${specifier}): the App only reads what repositories contain`];
    if (specifier.startsWith('node:') || !specifier.startsWith('.')) {
      if (path.startsWith('src/') && path !== 'src/main.ts' && !mayTouchTheWorld.test(path) && io.test(specifier))
        return [`${path} does IO (${specifier}): only adapters, cli and telemetry may`];
      return [];
    }
    const target = resolved(path, specifier);
    if (target.startsWith(home(path))) return [];
    if (path.startsWith('demo/') || path.startsWith('bench/') || path.startsWith('scripts/')) return [];
    if (!rule) return [`${path} stands outside the house: no rule says what it may import`];
    return rule.may.some((allowed) => allowed.test(target)) ? [] : [`${path} may not import ${target}`];
  });
}

function shapeViolations(path: string, text: string): string[] {
  const found: string[] = [];
  const [first = '', second = ''] = text.split('\n');
  if (!(first.startsWith('#!') ? second : first).startsWith('// '))
    found.push(`${path} does not start with what it turns into what`);
  const lines = text.split('\n').length;
  if (lines > maxLines) found.push(`${path} has ${lines} lines, ${maxLines} are the limit`);
  if (/^export default /m.test(text)) found.push(`${path} has a default export`);
  if (bannedNames.test(path)) found.push(`${path} has a name that says nothing`);
  if (nearTheModel.test(path) && namesGitHub.test(text))
    found.push(`${path} takes GitHub from the ports: what is near the model has no way there`);
  if (/^export \* from/m.test(text)) found.push(`${path} is a barrel`);
  if (pure.test(path)) {
    const world =
      /\b(Date\.now\(\)|new Date\(\)|Math\.random\(\)|performance\.now\(\)|process\.(env|argv|exit)|setTimeout\(|setInterval\()/.exec(
        text,
      );
    if (world)
      found.push(`${path} asks the world by itself (${world[0]}): clock, chance and environment are handed in`);
  }
  if (/(^|\/)[^/]*[A-Z_][^/]*\.ts$/.test(path)) found.push(`${path} is not in kebab-case`);
  return found;
}
