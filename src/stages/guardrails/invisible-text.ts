// Rule: no added line reads otherwise than it shows: no bidirectional controls, zero-width or control characters (CVE-2021-42574).
import { withoutInvisible } from '../../text/untrusted.ts';
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

export const invisibleText: Rule = (files) =>
  files.flatMap((file) =>
    changedLines(file).added.flatMap(({ line, text }): Finding[] => {
      // The byte order mark of a file that had one stays where it was.
      const written = line === 1 && file.before?.startsWith('\uFEFF') ? text.replace(/^\uFEFF/, '') : text;
      if (withoutInvisible(written) === written) return [];
      const why = 'the added line holds characters that do not show';
      return [{ rule: 'invisible-text', path: file.path, line, why, acceptable: 'the same with escape sequences' }];
    }),
  );
