// The names of failing tests as their tools print them → the test blocks of the given files that they mean.
import type { Outline } from '../../syntax/outline.ts';
import type { TestBlock } from '../../syntax/test-blocks.ts';

export interface FoundTest {
  /** Index of the file. */
  file: number;
  block: TestBlock;
}

const mostPerName = 3;

export function failingTests(
  printedNames: readonly string[],
  files: readonly { path: string; outline: Outline | undefined }[],
): FoundTest[] {
  const found = new Map<TestBlock, FoundTest>();
  for (const printed of printedNames) {
    const scored = files.flatMap(({ path, outline }, file) =>
      (outline?.tests ?? []).flatMap((block) => {
        const score = scoreOf(block, printed, path);
        return score > 0 ? [{ file, block, score }] : [];
      }),
    );
    const best = scored.reduce((highest, { score }) => Math.max(highest, score), 0);
    const winners = scored.filter(({ score }) => score === best).slice(0, mostPerName);
    for (const { file, block } of winners) found.set(block, { file, block });
  }
  return [...found.values()];
}

/** How much of the printed name the block's own title, its suites' titles and its file's path make up; 0 is another test. */
function scoreOf(block: TestBlock, printed: string, path: string): number {
  if (block.kind !== 'test') return 0;
  const name = plain(printed);
  const own = fitLength(block.title, name);
  if (own === 0) return 0;
  let score = own + (printed.replaceAll('\\', '/').includes(path) ? path.length : 0);
  for (let at = block.parent; at; at = at.parent) score += fitLength(at.title, name);
  return score;
}

/** `adds %d`, `adds ${a}`, `adds $a`, `adds #{a}`: what stands between the places that are filled in. */
const placeholder = /%[sdifjopc#$]|\$\{[^}]{0,100}\}|\$\w[\w.]{0,100}|#\{[^}]{0,100}\}/;

/** Go prints `empty_input` for "empty input". */
const plain = (text: string): string => text.replace(/[\s_]+/g, ' ').trim();

/** Characters of the title that stand in the name, in order and as whole words; 0 unless all of them do. */
function fitLength(title: string, name: string): number {
  const pieces = title.split(placeholder).map(plain);
  let at = 0;
  let length = 0;
  for (const [i, piece] of pieces.entries()) {
    if (piece === '') continue;
    const start = wordAt(name, piece, at, { start: i === 0, end: i === pieces.length - 1 });
    if (start === -1) return 0;
    at = start + piece.length;
    length += piece.length;
  }
  return length;
}

function wordAt(name: string, piece: string, from: number, whole: { start: boolean; end: boolean }): number {
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = name.indexOf(piece, from); at !== -1; at = name.indexOf(piece, at + 1)) {
    const end = at + piece.length;
    const startsWhole = !whole.start || !isWord(piece[0]) || !isWord(name[at - 1]);
    const endsWhole = !whole.end || !isWord(piece.at(-1)) || !isWord(name[end]);
    if (startsWhole && endsWhole) return at;
  }
  return -1;
}
