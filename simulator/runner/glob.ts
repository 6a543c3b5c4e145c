// Turns GitHub's two kinds of glob (filter patterns of `on:`, file patterns of hashFiles and artifacts) into matchers.

const LITERAL = /[.+^${}()|\\/[\]*?]/g;
const escapeLiteral = (text: string): string => text.replace(LITERAL, '\\$&');

/** A character class at `start` (`[a-c]`), or nothing where the bracket never closes. */
function characterClass(pattern: string, start: number): { source: string; end: number } | undefined {
  const close = pattern.indexOf(']', start + 2);
  if (close < 0) return undefined;
  const members = pattern.slice(start + 1, close).replace(/[\\^\][]/g, '\\$&');
  return { source: `[${members}]`, end: close };
}

/** `*`, `**`, `?`, `+`, `[]` as https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet has them. */
function filterExpression(pattern: string): RegExp {
  let source = '';
  let quantifiable = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '*' && pattern[at + 1] === '*') {
      const folders = pattern[at + 2] === '/' && (at === 0 || pattern[at - 1] === '/');
      source += folders ? '(?:.*/)?' : '.*';
      at += folders ? 2 : 1;
      while (!folders && pattern[at + 1] === '*') at += 1;
      quantifiable = false;
      continue;
    }
    const group = character === '[' ? characterClass(pattern, at) : undefined;
    if (character === '*') source += '[^/]*';
    else if ((character === '?' || character === '+') && quantifiable) source += character;
    else if (group) {
      source += group.source;
      at = group.end;
    } else if (character === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += escapeLiteral(pattern.charAt(at));
    } else source += escapeLiteral(character);
    quantifiable = character !== '*' && !((character === '?' || character === '+') && quantifiable);
  }
  return new RegExp(`^${source}$`, 's');
}

/** Whether a name passes an ordered list of filter patterns, where a later `!pattern` takes out and a still later one puts back. */
export function matchesFilter(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (negative !== matched) continue;
    if (filterExpression(negative ? pattern.slice(1) : pattern).test(name)) matched = !negative;
  }
  return matched;
}

/** A file pattern as actions/toolkit's glob has it: `**` is whole folders, `*` and `?` stay within one, dots are ordinary. */
export function fileExpression(pattern: string): RegExp {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const sources = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '**') return last ? '.*' : '(?:[^/]+/)*';
    return segmentExpression(segment) + (last ? '' : '/');
  });
  return new RegExp(`^${sources.join('')}$`, 's');
}

function segmentExpression(segment: string): string {
  let source = '';
  for (let at = 0; at < segment.length; at += 1) {
    const character = segment.charAt(at);
    const group = character === '[' ? characterClass(segment, at) : undefined;
    if (group) {
      source += group.source;
      at = group.end;
    } else if (character === '*') {
      if (segment[at - 1] !== '*') source += '[^/]*';
    } else source += character === '?' ? '[^/]' : escapeLiteral(character);
  }
  return source;
}
