// A path and globs → whether one of them matches: `*`, `?`, `**`, `{a,b}`, in time bounded by the lengths; dot files are like any other.

const maxAlternatives = 1_024;

/**
 * Case is ignored: on the file systems of macOS and Windows `.GitHub` is `.github`. A glob whose braces multiply beyond
 * reason answers `whenTooWide`, which the caller chooses so that it errs on the safe side.
 */
export function matchesAny(path: string, globs: readonly string[], whenTooWide: boolean): boolean {
  const segments = path.toLowerCase().split('/');
  return globs.some((glob) => {
    const plain = alternatives(glob.toLowerCase());
    return plain ? plain.some((pattern) => matchesSegments(segments, rooted(pattern).split('/'))) : whenTooWide;
  });
}

/** As in `.gitignore`: `docs/` means everything below, a leading slash means the root, which is meant anyway. */
const rooted = (glob: string): string => glob.replace(/^\.?\//, '').replace(/\/$/, '/**');

/** Innermost braces first, so that they nest; undefined when there are too many. */
function alternatives(glob: string): string[] | undefined {
  const open = [glob];
  const done: string[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const braces = /\{([^{}]*)\}/.exec(next);
    if (!braces) done.push(next);
    else
      for (const choice of (braces[1] ?? '').split(','))
        open.push(next.slice(0, braces.index) + choice + next.slice(braces.index + braces[0].length));
    if (open.length + done.length > maxAlternatives) return undefined;
  }
  return done;
}

/** Row by row: which prefixes of the path do the pattern's first segments match. */
function matchesSegments(path: readonly string[], pattern: readonly string[]): boolean {
  let reached = [true, ...path.map(() => false)];
  for (const [i, segment] of pattern.entries()) {
    const next = path.map(() => false);
    next.unshift(false);
    for (let at = 0; at <= path.length; at++) {
      if (segment === '**') {
        const mustHoldOne = i === pattern.length - 1 && i > 0;
        const before = at > 0 && (next[at - 1] === true || (mustHoldOne && reached[at - 1] === true));
        next[at] = before || (!mustHoldOne && reached[at] === true);
      } else next[at] = at > 0 && reached[at - 1] === true && matchesSegment(path[at - 1] ?? '', segment);
    }
    reached = next;
  }
  return reached[path.length] === true;
}

/** Greedy with one way back: linear in practice, never worse than the product of the lengths. */
function matchesSegment(text: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = at;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p++;
      at++;
    } else if (star !== -1) {
      p = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
