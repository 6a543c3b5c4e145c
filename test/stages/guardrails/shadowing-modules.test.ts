import { expect, it } from '@jest/globals';
import { defaultPolicy } from '../../../src/config/policy.ts';
import { shadowingModules } from '../../../src/stages/guardrails/shadowing-modules.ts';
import { diagnosis, evidence, patched } from '../patch/sample-case.ts';

const paths = [...evidence.paths, 'shop/__init__.py', 'shop/cart.py'];
const judged = (path: string, before: string | null = null) =>
  shadowingModules([patched(path, before, 'x\n')], {
    policy: defaultPolicy,
    evidence: { ...evidence, paths },
    diagnosis,
  });

it.each([
  'unittest.py',
  'unittest/__init__.py',
  'tests/pytest.py',
  'src/json.py',
  'lib/minitest.rb',
  'test/set.rb',
  'src/test/java/org/junit/jupiter/api/Assertions.java',
  'vendor-lite/PHPUnit/Framework/TestCase.php',
])('%s would be found in the place of something else', async (path) => {
  expect(await judged(path)).toMatchObject([{ rule: 'shadowing-modules', path }]);
});

it.each([
  'shop/json.py',
  'shop/calendar/__init__.py',
  'shop/prices.py',
  'tests/test_json.py',
  'lib/cart.rb',
  'src/json.ts',
  'shop/Cart.java',
])('%s takes nobody’s name', async (path) => {
  expect(await judged(path)).toEqual([]);
});

it('a file that was there already keeps its name', async () => {
  expect(await judged('types.py', 'old\n')).toEqual([]);
});
