// Names of modules, packages and classes → the files that hold them, or none where they are a package's or two files fit.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moduleToTree } from '../../../src/failures/paths/module-to-tree.ts';

const tree = [
  ...['shop/price.py', 'shop/__init__.py', 'src/cart/__init__.py', 'src/cart/main.py', 'tests/test_price.py'],
  ...[
    'api/src/test/java/com/acme/shop/PriceTest.java',
    'api/src/main/java/com/acme/Price.java',
    'src/main/kotlin/Tax.kt',
  ],
  ...[
    'price/price.go',
    'price/price_test.go',
    'services/tax/tax.go',
    'backend/rates/eu/eu.go',
    'a/dup/x.go',
    'b/dup/x.go',
  ],
  ...['crates/shop/src/rebate.rs', 'crates/other/src/rebate.rs', 'crates/shop/src/vat/mod.rs'],
  ...['app/models/shop/line_item.rb', 'lib/Shop/Perl.pm', 'src/Shop/Invoice.php', 'lib/shop/basket.ex'],
  ...['tests/Acme.Shop.Tests/OrderTests.cs', 'src/Acme.Shop/Order.cs', 'test/shop/basket_test.exs'],
  ...['packages/money/package.json', 'packages/money/src/index.ts', 'packages/money/src/round.ts', 'package.json'],
];

describe('moduleToTree', () => {
  it.each([
    ['shop.price', 'shop/price.py'],
    ['shop.price.total', 'shop/price.py'],
    ['shop.missing', 'shop/__init__.py'],
    ['cart', 'src/cart/__init__.py'],
    ['cart.main', 'src/cart/main.py'],
    ['tests.test_price.TestPrice', 'tests/test_price.py'],
    ['tests.test_price.TestPrice.test_zero', 'tests/test_price.py'],
    ['test_zero (tests.test_price.TestPrice.test_zero)', 'tests/test_price.py'],
    ['com.acme.shop.PriceTest', 'api/src/test/java/com/acme/shop/PriceTest.java'],
    ['com.acme.shop.PriceTest.zero()', 'api/src/test/java/com/acme/shop/PriceTest.java'],
    ['PriceTest#zero', 'api/src/test/java/com/acme/shop/PriceTest.java'],
    ['com.acme.Price$Item', 'api/src/main/java/com/acme/Price.java'],
    ['com.acme.Tax', 'src/main/kotlin/Tax.kt'],
    ['shop::rebate::tests::zero', 'crates/shop/src/rebate.rs'],
    ['crate::vat', 'crates/shop/src/vat/mod.rs'],
    ['Shop::LineItem.total', 'app/models/shop/line_item.rb'],
    ['Shop::Perl', 'lib/Shop/Perl.pm'],
    ['\\Acme\\Shop\\Invoice::total', 'src/Shop/Invoice.php'],
    ['Elixir.Shop.Basket', 'lib/shop/basket.ex'],
    ['Shop.BasketTest', 'test/shop/basket_test.exs'],
    ['Acme.Shop.Order', 'src/Acme.Shop/Order.cs'],
    ['Acme.Shop.OrderTests.Adds(1)', 'tests/Acme.Shop.Tests/OrderTests.cs'],
    ['money', 'packages/money/src/index.ts'],
    ['@acme/money', 'packages/money/src/index.ts'],
    ['@acme/money/round.js', 'packages/money/src/round.ts'],
    ['example.com/shop/services/tax', 'services/tax/tax.go'],
    ['example.com/api/rates/eu', 'backend/rates/eu/eu.go'],
  ])('%s is %s', (name, path) => {
    expect(moduleToTree(name, tree)).toEqual([path]);
  });

  it('gives a Go package’s files, sources first', () => {
    const files = ['price/price.go', 'price/price_test.go'];
    expect(moduleToTree('example.com/shop/price', tree)).toEqual(files);
    expect(moduleToTree('example.com/shop/price.TestZero', [...tree].reverse())).toEqual(files);
  });

  it.each([
    ['express', 'it is a package'],
    ['@types/node', 'it is a package'],
    ['requests.exceptions', 'it is a package'],
    ['com.other.PriceTest', 'the package is another'],
    ['java.lang.String', 'it is the runtime’s'],
    ['other::rates', 'there is none'],
    ['rebate::zero', 'two crates have it'],
    ['std::vat', 'it is the standard library’s'],
    ['shop::missing::vat', 'the module is another'],
    ['dup', 'it is a folder’s bare name'],
    ['golang.org/x/tax', 'it is another module'],
    ['', 'it is no name'],
    ['a failing test of prices', 'it is prose'],
  ])('%s is none: %s', (name) => {
    expect(moduleToTree(name, tree)).toEqual([]);
  });

  it('counts only the language of the file that says it', () => {
    const both = ['shop/price.py', 'src/shop/price.kt'];
    expect(moduleToTree('shop.price', both)).toEqual([]);
    expect(moduleToTree('shop.price', both, 'tests/test_price.py')).toEqual(['shop/price.py']);
    expect(moduleToTree('shop.price', both, 'main.go')).toEqual([]);
  });

  it('answers with files of the tree, whatever it is asked', () => {
    const word = fc.oneof(fc.constantFrom('shop', 'price', '..', '', '$', 'Price', 'src'), fc.string({ maxLength: 5 }));
    const separator = fc.constantFrom('.', '::', '\\', '/', '$');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), separator, fc.array(fc.string()), (words, between, more) => {
        const paths = [...tree, ...more];
        for (const path of moduleToTree(words.join(between), paths)) expect(paths).toContain(path);
      }),
    );
    expect(moduleToTree('a.'.repeat(100_000), tree)).toEqual([]);
  });
});
