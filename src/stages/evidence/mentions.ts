// Text → the files whose path, base name or bare name it mentions; for logs that print `PriceTest` and mean PriceTest.java.
import { fileName } from './pairing.ts';

/** `path`: in full; `name`: `price.ts`; `stem`: `price`, as a word of its own that no prose has. */
export type Mention = 'path' | 'name' | 'stem';

const mostWords = 20_000;
/** A name that many files have says nothing of any of them. */
const mostNamesakes = 3;

export function mentions(text: string, treePaths: readonly string[]): Map<string, Mention> {
  const { names, stems } = namesIn(text);
  const found = new Map<string, Mention>();
  const namesakes = new Map<string, number>();
  for (const path of treePaths) namesakes.set(fileName(path), (namesakes.get(fileName(path)) ?? 0) + 1);
  for (const path of treePaths) {
    const name = fileName(path);
    if ((namesakes.get(name) ?? 0) > mostNamesakes) continue;
    const stem = name.replace(/\.\w{1,10}$/, '');
    if (names.has(name)) found.set(path, 'name');
    else if (isTelling(stem) && stems.has(stem)) found.set(path, 'stem');
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
