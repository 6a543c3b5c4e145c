// Rule: nothing that runs, grants or decides is written, unless the policy allows that very path.
import { matchesAny } from '../../config/glob.ts';
import { plainPath } from './plain-path.ts';
import { neverWritten, writtenIfAllowed } from './protected-globs.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'protected-paths';

export const protectedPaths: Rule = (files, { policy }) =>
  files.flatMap(({ path }): Finding[] => {
    const spellings = [path, plainPath(path)];
    const matches = (globs: readonly string[]) => spellings.some((spelling) => matchesAny(spelling, globs, true));
    if (matches(neverWritten)) {
      const why = 'CI, git and ownership files are never written by Self-Heal';
      return [
        { rule, path, protectedBy: 'never', why, acceptable: 'leave this file as it is and mend the code instead' },
      ];
    }
    if (matches(policy.forbid)) {
      const why = "the repository's policy forbids this path";
      return [{ rule, path, protectedBy: 'never', why, acceptable: 'leave this file as it is' }];
    }
    if (matches(writtenIfAllowed) && !matchesAny(path, policy.allow, false)) {
      const why =
        'manifests, configuration, infrastructure, generated and vendored files are written only where the policy allows it';
      const acceptable = 'leave this file as it is; a maintainer can list it under `allow:` in .github/self-heal.yml';
      return [{ rule, path, protectedBy: 'policy', why, acceptable }];
    }
    return [];
  });
