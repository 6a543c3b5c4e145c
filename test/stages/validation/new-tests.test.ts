// Test files before and after a patch → how many tests they have more, in several languages.
import { expect, it } from '@jest/globals';
import { newTests } from '../../../src/stages/validation/new-tests.ts';
import { patchedFile } from '../../incident/sample.ts';

const test = (path: string, before: string | null, after: string) => ({
  ...patchedFile,
  path,
  before,
  after,
  isTest: true,
});
const python = 'class T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(1, 1)\n';

it.each([
  ['a new file', test('tests/test_x.py', null, python), 1],
  ['a method more', test('tests/test_x.py', python, `${python}\n    def test_b(self):\n        self.fail()\n`), 1],
  ['one that asserts more', test('tests/test_x.py', python, `${python}        self.assertEqual(2, 2)\n`), 0],
  ['two blocks', test('a.test.ts', null, "test('a', () => {});\ntest('b', () => {});\n"), 2],
  ['a function in Go', test('a_test.go', 'package a\n', 'package a\n\nfunc TestX(t *testing.T) {}\n'), 1],
  ['a language that nobody reads', test('tests/a.bats', null, '@test "a" { true; }\n'), 0],
  ['no test file', { ...test('a.py', null, python), isTest: false }, 0],
])('%s', async (_, file, count) => {
  expect(await newTests([file])).toBe(count);
});
