import { describe, expect, it } from '@jest/globals';
import { importedPaths, looksLikeTest, pairs } from '../../../src/stages/evidence/pairing.ts';

describe('a source and its test', () => {
  it.each([
    ['src/price.py', 'tests/test_price.py'],
    ['lib/cart.js', 'test/cart.test.js'],
    ['pkg/cart.go', 'pkg/cart_test.go'],
    ['src/main/java/Cart.java', 'src/test/java/CartTest.java'],
    ['app/cart.rb', 'spec/cart_spec.rb'],
    ['src/cart.ts', 'src/__tests__/cart.ts'],
    ['src/Cart.tsx', 'src/Cart.test.ts'],
    ['src/user.service.ts', 'src/user.service.spec.ts'],
    ['Shop/Cart.cs', 'Shop.Tests/CartTests.cs'],
    ['Sources/Cart.swift', 'Tests/CartTests.swift'],
    ['src/Cart.php', 'tests/CartTest.php'],
    ['src/Cart.scala', 'test/CartSpec.scala'],
    ['src/cart.cc', 'src/cart_unittest.cc'],
    ['app/cart.js', 'cypress/cart.cy.js'],
    ['src/Order.java', 'it/TestOrder.java'],
    ['src/OrderFlow.java', 'it/OrderFlowIT.java'],
    ['lib/cart-list.js', 'lib/cart-list-tests.js'],
    ['src/cart.rs', 'tests/cart.rs'],
    ['lib/cart.ex', 'test/cart_test.exs'],
  ])('%s goes with %s', (source, test) => {
    expect(pairs(source, [source, test, 'other.py'])).toEqual([test]);
    expect(pairs(test, [source, test])).toEqual([source]);
  });

  it('of a name that every folder has go by the folder, or not at all', () => {
    const folders = ['cart', 'price', 'tax', 'user', 'order'];
    const sources = folders.map((folder) => `src/${folder}/utils.ts`);
    expect(pairs('test/tax/utils.test.ts', [...sources, 'test/tax/utils.test.ts'])).toEqual(['src/tax/utils.ts']);
    expect(pairs('test/utils.test.ts', [...sources, 'test/utils.test.ts'])).toEqual([]);
  });

  it.each([
    ['two sources of one name', 'src/index.js', 'lib/index.js'],
    ['another language', 'src/cart.py', 'test/cart.test.js'],
    ['a name too short to mean anything', 'src/a.js', 'test/a.test.js'],
  ])('%s do not', (_, one, other) => {
    expect(pairs(one, [one, other])).toEqual([]);
  });

  it.each([
    ['tests/conftest.py', true],
    ['latest/price.py', false],
    ['src/contest.js', false],
    ['src/testing.js', false],
    ['src/cart.spec.ts', true],
  ])('%s looks like a test: %s', (path, is) => {
    expect(looksLikeTest(path)).toBe(is);
  });
});

describe('what a test imports', () => {
  const tree = [
    'src/pricing/price.ts',
    'src/pricing/index.ts',
    'src/cart.tsx',
    'shop/pricing/calc.py',
    'shop/__init__.py',
    'shop/tests/test_calc.py',
    'pkg/money/money.go',
    'pkg/money/money_test.go',
    'src/main/java/com/shop/Price.java',
    'crates/shop/src/pricing.rs',
    'crates/shop/src/cart/mod.rs',
    'lib/shop/price.rb',
    'app/Pricing/Price.php',
    'include/price.h',
    'crates/shop/src/fmt.rs',
    'packages/money/package.json',
    'packages/money/src/index.ts',
    'lib/colors.sh',
  ];

  it.each([
    ['test/price.test.ts', '../src/pricing/price.js', ['src/pricing/price.ts']],
    ['test/price.test.ts', '../src/pricing', ['src/pricing/index.ts']],
    ['test/price.test.ts', '../src/cart', ['src/cart.tsx']],
    ['test/price.test.ts', '@/pricing/price', ['src/pricing/price.ts']],
    ['test/price.test.ts', 'price', []],
    ['test/price.test.ts', '../gone', []],
    ['tests/test_calc.py', 'shop.pricing.calc', ['shop/pricing/calc.py']],
    ['tests/test_calc.py', 'shop.pricing.calc.total', ['shop/pricing/calc.py']],
    ['tests/test_calc.py', 'shop', ['shop/__init__.py']],
    ['shop/tests/test_calc.py', '..pricing.calc', ['shop/pricing/calc.py']],
    ['shop/tests/test_calc.py', '..pricing.calc.total', ['shop/pricing/calc.py']],
    ['shop/tests/test_calc.py', '..gone', ['shop/__init__.py']],
    ['tests/test_calc.py', 'calc', []],
    ['test/price.test.ts', '@acme/money', ['packages/money/src/index.ts']],
    ['spec/price_spec.rb', 'acme/money', []],
    ['cmd/a_test.go', 'golang.org/x/money', []],
    ['bin/run.sh', 'lib/colors.sh', ['lib/colors.sh']],
    ['cmd/a_test.go', 'github.com/acme/shop/pkg/money', ['pkg/money/money.go']],
    ['cmd/a_test.go', 'fmt', []],
    ['src/test/java/com/shop/PriceTest.java', 'com.shop.Price', ['src/main/java/com/shop/Price.java']],
    ['src/test/java/com/shop/PriceTest.java', 'com.other.Price', []],
    ['crates/shop/tests/it.rs', 'shop::pricing::total', ['crates/shop/src/pricing.rs']],
    ['crates/shop/src/tests.rs', 'crate::cart::Cart', ['crates/shop/src/cart/mod.rs']],
    ['crates/shop/tests/it.rs', 'std::fmt', []],
    ['spec/price_spec.rb', 'shop/price', ['lib/shop/price.rb']],
    ['spec/price_spec.rb', '../lib/shop/price', ['lib/shop/price.rb']],
    ['tests/PriceTest.php', 'App\\Pricing\\Price', ['app/Pricing/Price.php']],
    ['tests/price_test.cc', 'price.h', ['include/price.h']],
  ])('%s: %s is %j', (from, specifier, paths) => {
    expect(importedPaths(from, [specifier], tree)).toEqual(paths);
  });
});
