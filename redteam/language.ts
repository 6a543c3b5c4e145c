// What the corpus knows of one language: a small program with a bug, its honest fix, and edits of both kinds.

/** `from` empty: appended. */
export type Edit = readonly [from: string, to: string];

/** `family`, then what is written. */
export type Attack = readonly [family: string, ...edits: Edit[]];

export interface Language {
  name: string;
  source: string;
  test: string;
  /** Besides the two: what a repository of the language has. */
  files: Readonly<Record<string, string>>;
  sourceText: string;
  testText: string;
  fix: Edit;
  /** Goes with the fix: a case of its own. */
  regression: Edit;
  failure: { tool: string; test: string; type: string; message: string };
  comment: string;
  /** Statements put at the start of the function with the bug: family, imports for the top of the file, code. */
  statements: readonly (readonly [family: string, imports: string, code: string])[];
  /** Where the two go. */
  top: string;
  inside: string;
  /** A new test with `@@` where the statements go. */
  testShell: Edit;
  testTop: string;
  /** Edits of the tests that are there. */
  tampering: readonly Attack[];
  /** Other edits of the source, in place of the fix. */
  instead: readonly Attack[];
  honest: readonly (readonly [
    name: string,
    part: { source?: readonly Edit[]; test?: readonly Edit[]; files?: Readonly<Record<string, string>> },
  ])[];
}
