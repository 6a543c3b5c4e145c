// Indentations as an edit writes them and as the file has them → how the edit's lines are indented to fit the file.

/** Undefined where the file's form of this indentation is not known. */
export type Reindent = (indent: string) => string | undefined;

export interface IndentFit {
  /** Deeper or less deep than in the file, not only written otherwise. */
  isShifted: boolean;
  reindent: Reindent;
}

export interface IndentPair {
  mine: string;
  theirs: string;
}

const same: Reindent = (indent) => indent;
/** Spaces that stand for one tab. */
const units = [2, 3, 4, 8];

/** One way for all lines of the place: as it is, with tabs for spaces or the other way round, or all shifted alike. */
export function indentFit(pairs: readonly IndentPair[]): IndentFit | undefined {
  if (fits(same, pairs)) return { isShifted: false, reindent: same };
  const restyles = units.flatMap((unit) => [tabbed(unit), spaced(unit)]);
  const restyle = restyles.find((candidate) => fits(candidate, pairs));
  if (restyle) return { isShifted: false, reindent: restyle };
  const shift = shiftBetween(pairs);
  if (shift) return { isShifted: true, reindent: shift };
  const both = restyles.flatMap((candidate) => restyledShift(candidate, pairs));
  return both.length > 0 ? { isShifted: true, reindent: agreed(both) } : undefined;
}

const fits = (reindent: Reindent, pairs: readonly IndentPair[]): boolean =>
  pairs.every(({ mine, theirs }) => reindent(mine) === theirs);

const tabbed =
  (unit: number): Reindent =>
  (indent) =>
    indent.includes('\t') || indent.length % unit !== 0 ? undefined : '\t'.repeat(indent.length / unit);

const spaced =
  (unit: number): Reindent =>
  (indent) =>
    indent.includes(' ') ? undefined : ' '.repeat(indent.length * unit);

function shiftBetween(pairs: readonly IndentPair[]): Reindent | undefined {
  const [first] = pairs;
  if (!first) return undefined;
  const difference = first.theirs.length - first.mine.length;
  const [longer, shorter] = difference >= 0 ? [first.theirs, first.mine] : [first.mine, first.theirs];
  if (!longer.endsWith(shorter)) return undefined;
  const step = longer.slice(0, Math.abs(difference));
  const shift: Reindent = (indent) =>
    difference >= 0 ? step + indent : indent.startsWith(step) ? indent.slice(step.length) : undefined;
  if (!fits(shift, pairs)) return undefined;
  // No code moves by one space: a diff lost the spaces before its context, and only there.
  return step === ' ' ? () => undefined : shift;
}

function restyledShift(restyle: Reindent, pairs: readonly IndentPair[]): Reindent[] {
  const restyled = pairs.flatMap(({ mine, theirs }) => {
    const indent = restyle(mine);
    return indent === undefined ? [] : [{ mine: indent, theirs }];
  });
  const shift = restyled.length === pairs.length ? shiftBetween(restyled) : undefined;
  if (!shift) return [];
  return [
    (indent) => {
      const mine = restyle(indent);
      return mine === undefined ? undefined : shift(mine);
    },
  ];
}

/** Where several ways fit the lines that were quoted, only what all of them make of a new line is known. */
const agreed =
  (ways: readonly Reindent[]): Reindent =>
  (indent) => {
    const results = new Set(ways.map((way) => way(indent)));
    return results.size === 1 ? [...results][0] : undefined;
  };
