// A failed test's id, in its tool's own words → the files of the repository that hold the test.
import { moduleToTree } from '../../failures/paths/module-to-tree.ts';
import { treeLookup } from '../../failures/paths/tree-lookup.ts';
import { mapToTree } from '../../failures/source-paths.ts';
import type { Failure } from '../../incident/failure.ts';
import { looksLikeTest, stemOf, withStem } from './pairing.ts';

/** `tests/test_price.py::test_zero`, `com.shop.PriceTest.zero()`, `tests.test_calc.CalcTest.test_zero`, `CartTests › adds`. */
export function testFiles(failure: Failure, treePaths: readonly string[]): string[] {
  const { test } = failure;
  if (test === undefined) return [];
  const printed = test.slice(0, 500);
  const whole = mapToTree(printed.split(/::|\s[›>]\s/)[0]?.trim() ?? '', treePaths);
  if (whole !== undefined) return [whole];
  const named = moduleToTree(printed, treePaths);
  return named.length > 0 ? named.filter(looksLikeTest) : byWords(printed, treePaths);
}

/** `CartTests › adds`: any word may be the file's, the longest chain of folders first. */
function byWords(printed: string, treePaths: readonly string[]): string[] {
  const index = treeLookup(treePaths);
  const words = printed
    .split(/[^\w-]+/)
    .filter((word) => word.length > 2)
    .slice(0, 30);
  const found = words.flatMap((word) => {
    const modules = index.ofModule(word);
    const files = modules.length > 0 ? modules : withStem(stemOf(`${word}.x`), treePaths);
    return files.filter((path) => looksLikeTest(path) && !path.endsWith('/__init__.py'));
  });
  // A module that is written with its folders: `tests.test_calc`.
  const inFolders = found.filter((path) =>
    path
      .split('/')
      .slice(0, -1)
      .every((folder) => words.includes(folder)),
  );
  return [...new Set(inFolders.length > 0 ? inFolders : found)].slice(0, 3);
}

/** Not a compiler or linter that complains of the test file itself, and not a test that could not be loaded. */
export const isAboutValues = (failure: Failure): boolean =>
  failure.expected !== undefined ||
  failure.actual !== undefined ||
  failure.test !== undefined ||
  /Assert|Expect|Mismatch|Comparison/i.test(failure.type ?? '');
