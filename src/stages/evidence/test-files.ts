// A failed test's id, in its tool's own words → the files of the repository that hold the test.
import { mapToTree } from '../../failures/source-paths.ts';
import type { Failure } from '../../incident/failure.ts';
import { indexOf, looksLikeTest, stemOf } from './pairing.ts';

/** `tests/test_price.py::test_zero`, `com.shop.PriceTest.zero()`, `tests.test_calc.CalcTest.test_zero`, `CartTests › adds`. */
export function testFiles(failure: Failure, treePaths: readonly string[]): string[] {
  const { test } = failure;
  if (test === undefined) return [];
  const printed = test.slice(0, 500);
  const whole = mapToTree(printed.split(/::|\s[›>]\s/)[0]?.trim() ?? '', treePaths);
  if (whole !== undefined) return [whole];
  const index = indexOf(treePaths);
  const words = printed
    .split(/[^\w-]+/)
    .filter((word) => word.length > 2)
    .slice(0, 30);
  const found = words.flatMap((word) =>
    (index.byModule.get(word) ?? index.byStem.get(stemOf(`${word}.x`)) ?? []).filter(
      (path) => looksLikeTest(path) && !path.endsWith('/__init__.py'),
    ),
  );
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
