// Rule: no new path, and no new name in the code, looks like another one: letters of several scripts in one word, or a twin of what is there.
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';
import { skeleton } from './skeleton.ts';

const rule = 'confusable-names';

export const confusableNames: Rule = (files, { evidence }) => {
  const twins = new Map(evidence.paths.flatMap(prefixes).map((path) => [skeleton(path), path]));
  const known = evidence.sources.map(({ text }) => text).join('\n');
  return files.flatMap((file): Finding[] => {
    const { path } = file;
    const finding = (why: string, acceptable: string, line?: number): Finding => ({
      rule,
      path,
      ...(line === undefined ? {} : { line }),
      why,
      acceptable,
    });
    const parts = path.split('/');
    const twin = prefixes(path)
      .map((prefix) => ({ prefix, existing: twins.get(skeleton(prefix)) }))
      .find(({ prefix, existing }) => existing !== undefined && existing !== prefix && isForeign(prefix + existing));
    const mixed = file.before === null ? parts.find(isMixed) : undefined;
    const plainName = 'a path in letters of one script, unlike every existing one';
    if (twin) return [finding(`the path ${path} looks like ${twin.existing ?? ''}`, plainName)];
    if (mixed !== undefined && !known.includes(mixed))
      return [finding(`the path part ${mixed} mixes letters that look alike`, plainName)];
    return changedLines(file).added.flatMap(({ line, text }) => {
      const word = (text.slice(0, 4_000).match(/[\p{L}\p{M}\p{N}_$]+/gu) ?? []).find(
        (one) => isMixed(one) && !known.includes(one),
      );
      return word === undefined
        ? []
        : [finding(`the added word ${word} mixes letters that look alike`, 'names in letters of one script', line)];
    });
  });
};

const isForeign = (text: string): boolean => /[^\0-\x7f]/.test(text);

/** `a`, `a/b`, `a/b/c`. */
const prefixes = (path: string): string[] => {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
};

/** Latin letters and look-alikes of Latin letters in one word; `Δt` and `µs` hold none. */
function isMixed(text: string): boolean {
  return (
    (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).some(
      (word) =>
        /[A-Za-z]/.test(word) &&
        [...word].some(
          (letter) => isForeign(letter) && /^[a-z]$/.test(skeleton(letter)) && !/[\p{Script=Latin}]/u.test(letter),
        ),
    ) || /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u.test(text)
  );
}
