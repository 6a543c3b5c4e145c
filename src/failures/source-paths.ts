// Text → the paths that it mentions, and the files of a repository that they mean.

const extensions =
  'c|cc|cpp|cs|css|cjs|cts|ex|exs|fs|go|gradle|groovy|h|hpp|html|java|js|json|jsx|kt|kts|less|lua|m|md|mjs|mts|php|pl|ps1|properties|py|pyi|rb|rs|sass|scala|scss|sh|sql|svelte|swift|tf|toml|ts|tsx|txt|vue|xml|yaml|yml|zig';
const mention = new RegExp(
  String.raw`(?<![\w@.~+/\\-])(?:(?:file|webpack(?:-internal)?):\/{2,3})?(?:[A-Za-z]:)?[\\/]?(?:[\w@.~+()[\]-]{1,100}[\\/]){0,30}[\w@.~+[\]-]{1,100}\.(?:${extensions})(?![\w/\\])`,
  'gi',
);
const mostPaths = 500;

/** In order of appearance, each once, as printed. */
export function pathsIn(text: string): string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    for (const [path] of line.slice(0, 4_000).matchAll(mention)) {
      if (!/^\W*\.\w+$/.test(path)) found.add(path.replace(/^[([]+/, ''));
      if (found.size >= mostPaths) return [...found];
    }
  }
  return [...found];
}

/** Not in the repository, although the end of the path may look like it: `node_modules/x/lib/index.js`. */
const elsewhere =
  /^(?:node:|internal\/|<|https?:)|(?:^|\/)node_modules\/|\/pkg\/mod\/|\/lib(?:64)?\/python[\d.]*\/(?!(?:site|dist)-packages\/)|\/(?:hostedtoolcache|\.cargo|\.rustup|\.gradle|\.m2)\/(?!.*(?:site|dist)-packages\/)/;

interface Printed {
  segments: string[];
  absolute: boolean;
}

/** Schemes, drives, positions and dots taken off; what is known to be a root ends there. */
function read(printedPath: string): Printed {
  const plain = printedPath
    .replace(/^file:\/{2}/, '')
    .replace(/^webpack(?:-internal)?:\/{2,3}(?:\([^)]*\))?(?:[^/.][^/]*(?=\/\.\/))?/, '')
    .replace(/[?#].*$|::.*$/, '')
    .replace(/(?:\(\d+,\d+\)|(?::\d+){1,2})$/, '')
    .replaceAll('\\', '/');
  const path = plain.replace(/^.*\/(?:site|dist)-packages\//, '').replace(/^.*\/(?:work|_work|a)\/([^/]+)\/\1\//, '');
  const kept: string[] = [];
  for (const segment of path.replace(/^\/?[A-Za-z]:/, '').split('/')) {
    if (segment === '..') kept.length = 0;
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return { segments: kept, absolute: /^(?:\/|[A-Za-z]:\/)/.test(path) };
}

/**
 * The one file that the printed path can mean: the repository may lie anywhere (`/app/src/a.ts`), the path may be
 * relative to one of its folders (`src/a.ts`). The longest common end wins; two that fit equally are no answer, but
 * for one that is printed in full.
 */
export function mapToTree(printedPath: string, treePaths: readonly string[]): string | undefined {
  if (elsewhere.test(printedPath.replaceAll('\\', '/')) && !treePaths.includes(printedPath)) return undefined;
  const { segments, absolute } = read(printedPath);
  const name = segments.at(-1);
  if (!name) return undefined;
  let best: { path: string; whole: boolean }[] = [];
  let longest = 0;
  for (const path of treePaths) {
    if (!path.endsWith(name)) continue;
    const parts = path.split('/');
    const length = commonSuffix(segments, parts);
    const whole = length === parts.length;
    const contradicts = !absolute || (length < 2 && segments.length > 4);
    const fits = length === segments.length || (whole && (absolute || length > 1)) || !contradicts;
    if (length === 0 || length < longest || !fits) continue;
    if (length > longest) best = [];
    longest = length;
    best.push({ path, whole });
  }
  const inFull = best.filter(({ whole }) => whole);
  const answers = best.length === 1 ? best : inFull;
  return answers.length === 1 ? answers[0]?.path : undefined;
}

function commonSuffix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
