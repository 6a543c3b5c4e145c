// A word → how random it looks.

/** Shannon entropy of the characters, in bits each. */
export function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.values()].reduce((bits, count) => bits - (count / total) * Math.log2(count / total), 0);
}

const placeholder =
  /\*{3}|^\*+$|^(.)\1+$|\$\{|\{\{|^[$%<{[]|example|placeholder|changeme|change_me|redacted|your[-_]?|dummy|xxxx|\.\.\./i;
const commonWord =
  /^(?:passw(?:or)?d|secret|token|pass|postgres(?:ql)?|mysql|mongo|root|admin|user|username|guest|test|testing|none|null|true|false|undefined)$/i;

/** `***` is GitHub's own mask: what stands behind it is not ours to guess, nor what kind of thing it was. */
export const isPlaceholder = (value: string): boolean => placeholder.test(value) || commonWord.test(value);
