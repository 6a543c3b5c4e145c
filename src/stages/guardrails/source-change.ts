// Rule: where the program is the cause, the program changes; a patch of tests alone only moves the goal.
import type { Rule } from './rule.ts';

export const sourceChange: Rule = (files, { diagnosis }) => {
  const [first] = files;
  if (!first || diagnosis.kind !== 'code' || files.some((file) => !file.isTest)) return [];
  const why = 'the diagnosis says that the program is wrong, but the patch changes only tests';
  return [
    { rule: 'source-change', path: first.path, why, acceptable: 'a change of the source that the diagnosis names' },
  ];
};
