// One test file a language, and edits of it: what a patch may not do to it, and what an honest one does.

/** `from` empty: `to` is appended. */
export type Edit = readonly [name: string, from: string, to: string];

export interface Corpus {
  path: string;
  before: string;
  hostile: readonly Edit[];
  honest: readonly Edit[];
}

export const edited = (before: string, [name, from, to]: Edit): string => {
  if (from === '') return before + to;
  if (!before.includes(from)) throw new Error(`${name}: the sample has no ${JSON.stringify(from)}`);
  return before.replace(from, () => to);
};
