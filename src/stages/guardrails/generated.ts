// Rule: a file that a tool writes is changed by that tool, never by hand: the next run would undo it.
import { matchesAny } from '../../config/glob.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'generated';
/** Such notes stand at the top: further down the words are about something else. */
const searchedLines = 10;
/** Go's own convention (https://go.dev/s/generatedcode), Meta's `@generated`, and what generators write in words. */
const note =
  /\bcode generated\b.{0,200}\bdo not edit\b|@generated\b|\bauto-?(?:matically )?generated\b.{0,200}\bdo not (?:edit|modify)\b/i;

export const generated: Rule = (files, { policy }) =>
  files.flatMap(({ path, before }): Finding[] => {
    const listed = matchesAny(path, policy.generated, true);
    const noted =
      before
        ?.split('\n')
        .slice(0, searchedLines)
        .findIndex((line) => note.test(line.slice(0, 500))) ?? -1;
    if (!listed && noted === -1) return [];
    const why = listed
      ? "the repository's policy says that a tool writes this file"
      : `line ${noted + 1} of this file says that a tool writes it`;
    const acceptable = 'change what it is generated from, and leave this file to its generator';
    return [{ rule, path, protectedBy: 'never', why, acceptable }];
  });
