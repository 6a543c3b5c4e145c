// A word and those that are known → the one that was probably meant, if any is near enough.

const longest = 60;

/** Near enough: a third of its letters at most are missing, added, other ones, or swapped with their neighbours. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  if (given.length > longest) return undefined;
  const ranked = known
    .map((other) => ({ other, edits: edits(given, other.toLowerCase()) }))
    .filter(({ other, edits: count }) => count <= Math.max(1, Math.floor(other.length / 3)))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.other;
}

function edits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
