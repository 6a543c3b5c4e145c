// Rule: a patch is small and readable: files, new files, hunks, and added plus removed lines, sources and tests apart; never binary.
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
  const added = files.filter((file) => file.before === null);
  if (added.length > limits['new-files']) {
    const why = `the patch adds ${added.length} new files, the limit is ${limits['new-files']}`;
    findings.push({ rule, path: added[0]?.path ?? first, why, acceptable: 'put it into files that are there' });
  }
  const hunks = files.reduce((sum, file) => sum + changedLines(file).hunks, 0);
  if (hunks > limits.hunks) {
    const why = `the patch changes ${hunks} places, the limit is ${limits.hunks}`;
    findings.push({ rule, path: first, why, acceptable: 'change only the places that the cause needs' });
  }
  for (const file of files) {
    if (isBinary(file)) {
      const acceptable = 'text in UTF-8, with escape sequences for other bytes';
      findings.push({ rule, path: file.path, why: 'the file is binary or holds bytes that are no text', acceptable });
    }
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

/** Git takes a file with a NUL for binary; U+FFFD stands where bytes were no UTF-8. */
const isBinary = ({ path, before, after }: PatchedFile): boolean =>
  (before === null && binaryEnding.test(path)) ||
  /\0/.test(after) ||
  /\0/.test(before ?? '') ||
  (after.includes('\ufffd') && !before?.includes('\ufffd'));

/** What is loaded or shown by its name is no text, whatever was written. */
const binaryEnding =
  /\.(?:bin|exe|dll|so|dylib|a|o|obj|class|jar|war|pyc|pyo|pyd|wasm|node|png|jpe?g|gif|ico|webp|pdf|zip|gz|tgz|bz2|xz|7z|tar|whl|gem|nupkg|phar|pkl|pickle|db|sqlite3?|keystore|jks|p12|pfx|woff2?|ttf)$/i;

function total(files: readonly PatchedFile[]): number {
  return files.reduce((sum, file) => {
    const { added, removed } = changedLines(file);
    return sum + added.length + removed.length;
  }, 0);
}
