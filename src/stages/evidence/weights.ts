// What a sign is worth: the chance that a file has to change, were this sign all that is known.

/** Guessed, and ordered by what real fixes touched; accusations.ts says how they add up. */
export const weights = {
  changedLine: 0.75,
  changedHunk: 0.5,
  innermost: 0.55,
  frame: 0.4,
  lessEachFrame: 0.07,
  leastFrame: 0.1,
  named: 0.5,
  changed: 0.25,
  changedAndNamed: { path: 0.45, name: 0.35, stem: 0.3 },
  breaking: 0.2,
  pair: 0.4,
  imported: 0.35,
  mention: { path: 0.2, name: 0.1, stem: 0.06 },
  configuration: 0.45,
} as const;
