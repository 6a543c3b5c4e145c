// The text of CODEOWNERS → whom it names for a path.

/** Where GitHub looks, in its order: the first that is there counts. */
export const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

interface Rule {
  /** Segments of the pattern; `**` stands for any number of them. */
  segments: string[];
  owners: string[];
}

const mostRules = 5_000;
const longestPattern = 500;

/** The last rule that fits decides; one without owners takes them away. */
export function codeowners(text: string): (path: string) => string[] {
  const rules = text
    .split('\n')
    .slice(0, mostRules)
    .flatMap((line) => ruleOf(line.trim()) ?? []);
  return (path) => {
    const segments = path.split('/');
    return rules.findLast((rule) => fits(rule.segments, segments))?.owners ?? [];
  };
}

function ruleOf(line: string): Rule | undefined {
  if (line === '' || line.startsWith('#') || line.startsWith('[')) return undefined;
  // A backslash keeps a space in the pattern.
  const words = line.split(/(?<!\\)\s+/);
  const comment = words.findIndex((word) => word.startsWith('#'));
  const [pattern = '', ...owners] = comment > 0 ? words.slice(0, comment) : words;
  // Of gitignore's syntax GitHub takes neither `!` nor classes.
  if (pattern.length > longestPattern || /^!|\[/.test(pattern)) return undefined;
  return { segments: segmentsOf(pattern.replace(/\\([ #])/g, '$1')), owners };
}

/** As in gitignore: a slash at the start or in the middle ties to the root, and a folder means all that is in it. */
function segmentsOf(pattern: string): string[] {
  const isFolder = pattern.endsWith('/');
  const inner = pattern.replace(/^\/|\/$/g, '');
  const isTied = pattern.startsWith('/') || inner.includes('/');
  const segments = inner.split('/');
  const head = isTied || segments[0] === '**' ? segments : ['**', ...segments];
  // `docs/*` is what lies in `docs` itself; a name may be that of a folder.
  const last = segments.at(-1) ?? '';
  const isOpen = !isFolder && (last === '*' || last === '**') && inner !== '*';
  return isOpen ? head : [...head, isFolder ? '**' : '**?'];
}

/** `**?` at the end: the thing itself, or anything below it. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const [position, want] of pattern.entries()) {
    const next = new Set<number>();
    const isLast = position === pattern.length - 1;
    for (const at of reached) {
      if (want === '**?') return true;
      if (want === '**' && isLast) next.add(at < path.length ? path.length : -1);
      else if (want === '**') for (let to = at; to <= path.length; to += 1) next.add(to);
      else if (at < path.length && named(want, path[at] ?? '')) next.add(at + 1);
    }
    next.delete(-1);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

/** `*` and `?` within a segment; each star is tried again only from where the last one stood: quadratic at worst. */
function named(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = n;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      n = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
