// Text → the files whose path, base name or bare name it mentions; for logs that print `PriceTest` and mean PriceTest.java.
import { fileName, treeLookup } from '../../failures/paths/tree-lookup.ts';

/** `path`: in full; `name`: `price.ts`; `stem`: `price`, as a word of its own that no prose has. */
export type Mention = 'path' | 'name' | 'stem';

const mostWords = 20_000;
/** A name that many files have says nothing of any of them. */
const mostNamesakes = 3;

export function mentions(text: string, treePaths: readonly string[]): Map<string, Mention> {
  const { names, stems } = namesIn(text);
  const index = treeLookup(treePaths);
  const found = new Map<string, Mention>();
  for (const name of names) {
    const namesakes = index.named(name);
    if (namesakes.length <= mostNamesakes) for (const path of namesakes) found.set(path, 'name');
  }
  for (const stem of stems) {
    for (const path of isTelling(stem) ? index.withStem(stem) : [])
      if (!found.has(path) && index.named(fileName(path)).length <= mostNamesakes) found.set(path, 'stem');
  }
  return found;
}

/** `PriceTest`, `price_list`, `price-list`: an English word alone may be just that. */
const isTelling = (stem: string): boolean =>
  stem.length >= 4 && (/[a-z\d][A-Z]|[A-Z]{2}[a-z]|[a-z\d][_-][a-zA-Z\d]/.test(stem) || /^[A-Z][a-z]{3,}$/.test(stem));

function namesIn(text: string): { names: Set<string>; stems: Set<string> } {
  const [names, stems] = [new Set<string>(), new Set<string>()];
  let count = 0;
  // The end of a path means that path.
  for (const [word] of text.matchAll(/(?<![\w.\\/-])[\w.-]{3,200}(?![\\/])/g)) {
    count += 1;
    if (count > mostWords) break;
    const bare = word.replace(/[.-]{1,200}$/, '');
    names.add(bare);
    for (const part of bare.split('.')) stems.add(part);
  }
  return { names, stems };
}
