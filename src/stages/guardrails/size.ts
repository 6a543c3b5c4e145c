// Rule: a patch is small: files, and added plus removed lines, sources and tests apart.
import type { PatchedFile } from '../../incident/case-file.ts';
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'size';
const maxLineLength = 2_000;

export const size: Rule = (files, { policy: { limits } }) => {
  const findings: Finding[] = [];
  const first = files[0]?.path ?? '';
  if (files.length > limits.files) {
    const why = `the patch changes ${files.length} files, the limit is ${limits.files}`;
    findings.push({ rule, path: first, why, acceptable: 'mend the cause in fewer files' });
  }
  for (const file of files) {
    const long = changedLines(file).added.find(({ text }) => text.length > maxLineLength);
    const why = `the added line is longer than ${maxLineLength} characters`;
    if (long)
      findings.push({ rule, path: file.path, line: long.line, why, acceptable: 'lines that a person can read' });
  }
  const budgets = [
    { what: 'source', limit: limits['source-lines'], files: files.filter((file) => !file.isTest) },
    { what: 'test', limit: limits['test-lines'], files: files.filter((file) => file.isTest) },
  ];
  for (const budget of budgets) {
    const lines = total(budget.files);
    if (lines <= budget.limit) continue;
    const why = `the patch adds and removes ${lines} ${budget.what} lines, the limit is ${budget.limit}`;
    const acceptable = `only the lines that the cause needs, at most ${budget.limit}`;
    findings.push({ rule, path: budget.files[0]?.path ?? first, why, acceptable });
  }
  return findings;
};

function total(files: readonly PatchedFile[]): number {
  return files.reduce((sum, file) => {
    const { added, removed } = changedLines(file);
    return sum + added.length + removed.length;
  }, 0);
}
