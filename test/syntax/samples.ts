// One small file a language, and what its outline must tell: checked by hand against the text.

export const samples = [
  {
    path: 'cart.ts',
    text: `/** Doc. */
import { x } from './x.ts';
import type Y from 'y';
const fs = require('fs');

const rates = {
  de: 1,
};

/**
 * Adds.
 */
export function add(
  a: number,
  b: number,
): number {
  const inner = () => {
    return 1;
  };
  return a + b;
}

@Injectable()
// why
export class Cart<T> extends Base {
  private items: T[] = [];
  onAdd = (x: T) => { this.items.push(x); };
  /** Sum. */
  @log
  total(): number {
    return 1;
  }
  abstract foo(): void;
}
export interface Item { a: number }
export type Id = string;
export const memo = useMemo(() => 1);
exports.foo = function () { return 1; };
Cart.prototype.bar = function () {};
describe('cart', () => {
  beforeEach(() => { reset(); });
  it('adds tax', async () => {
    expect(add(1, 2)).toBe(3);
  });
  it.each([[1, 2]])('adds %d', (a, b) => {});
  test.each(x)('tpl $a', () => {});
  describe("nested", function () { it('deep', () => {}); });
});
`,
    expected: [
      'constant fs 4 by 4',
      'constant rates 6-8 by 6',
      'function add 10-21 by 13-16',
      'function add.inner 17-19 by 17',
      'class Cart 23-34 by 25',
      'method Cart.onAdd 27 by 27',
      'method Cart.total 28-32 by 30',
      'method Cart.foo 33 by 33',
      'type Item 35 by 35',
      'type Id 36 by 36',
      'constant memo 37 by 37',
      'function foo 38 by 38',
      'function Cart.bar 39 by 39',
      'import ./x.ts 2',
      'import y 3',
      'import fs 4',
      'suite cart 40-48',
      'hook cart > beforeEach 41',
      'test cart > adds tax 42-44',
      'test cart > adds %d 45',
      'test cart > tpl $a 46',
      'suite cart > nested 47',
      'test nested > deep 47',
    ],
  },
  {
    path: 'test_cart.py',
    text: `import os, sys as system
from .cart import Cart
from a.b import (
    c,
)
RATE = 3

@pytest.fixture
def cart():
    """Doc."""
    return Cart()

class TestCart(unittest.TestCase):
    """Docs."""
    def setUp(self):
        self.x = 1

    # why
    @patch("x")
    async def test_total(self, cart):
        def inner():
            return 1
        assert cart.total() == 3
`,
    expected: [
      'constant RATE 6 by 6',
      'function cart 8-11 by 9',
      'class TestCart 13-23 by 13',
      'method TestCart.setUp 15-16 by 15',
      'method TestCart.test_total 18-23 by 20',
      'function TestCart.test_total.inner 21-22 by 21',
      'import os sys 1',
      'import .cart 2',
      'import a.b 3-5',
      'suite TestCart 13-23',
      'hook TestCart > setUp 15-16',
      'test TestCart > test_total 18-23',
    ],
  },
  {
    path: 'cart_test.go',
    text: `package cart

import (
	"fmt"
	t "testing"
)

const Rate = 3
var (
	a = 1
)
// Cart holds.
type Cart struct {
	items []int
}

// Total sums.
func (c *Cart[T]) Total() int {
	return 1
}

func TestCart(t *testing.T) {
	t.Run("empty input", func(t *testing.T) {
		fmt.Println("x")
	})
}
`,
    expected: [
      'constant Rate 8 by 8',
      'constant a 10 by 10',
      'type Cart 12-15 by 13',
      'method Cart.Total 17-20 by 18',
      'function TestCart 22-26 by 22',
      'import fmt testing 3-6',
      'test TestCart 22-26',
      'test TestCart > empty input 23-25',
    ],
  },
  {
    path: 'CartTest.java',
    text: `package a.b;
import java.util.List;
import static org.junit.Assert.*;
/** Doc. */
public class CartTest {
  static final int RATE = 3;
  @BeforeEach
  void init() { }
  /** x */
  @Test
  @DisplayName("adds")
  void addsTax() throws Exception
  {
    assertEquals(1, 2);
  }
  interface X { int y(); }
}
`,
    expected: [
      'class CartTest 4-17 by 5',
      'constant CartTest.RATE 6 by 6',
      'method CartTest.init 7-8 by 7-8',
      'method CartTest.addsTax 9-15 by 10-12',
      'type CartTest.X 16 by 16',
      'method CartTest.X.y 16 by 16',
      'import  1',
      'import java.util.List 2',
      'import org.junit.Assert * 3',
      'suite CartTest 4-17',
      'hook CartTest > init 7-8',
      'test CartTest > addsTax 9-15',
    ],
  },
  {
    path: 'cart.rs',
    text: `use crate::cart::Cart;
/// Doc.
#[derive(Debug)]
pub struct Cart<T> { x: T }
impl<T> Cart<T> {
    pub fn total(&self) -> i32 {
        1
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    #[should_panic]
    fn it_works() { assert!(false); }
    #[tokio::test]
    async fn later() {}
}
`,
    expected: [
      'type Cart 2-4 by 4',
      'class Cart 5-9 by 5',
      'method Cart.total 6-8 by 6',
      'module tests 10-18 by 11',
      'function tests.it_works 13-15 by 15',
      'function tests.later 16-17 by 17',
      'import crate::cart::Cart 1',
      'import super::* 12',
      'suite tests 10-18',
      'test tests > it_works 13-15',
      'test tests > later 16-17',
    ],
  },
  {
    path: 'cart_spec.rb',
    text: `require 'rspec'
require_relative '../lib/cart'
RATE = 1
module Shop
  # Doc
  class Cart < Base
    def total(x)
      x
    end
    def self.build = new
  end
end
RSpec.describe Shop::Cart do
  let(:cart) { Cart.new }
  before { reset }
  describe '#total' do
    it 'adds tax' do
      expect(cart.total).to eq 3
    end
  end
end
class CartTest < Minitest::Test
  def setup; end
  def test_total
    assert true
  end
end
`,
    expected: [
      'constant RATE 3 by 3',
      'module Shop 4-12 by 4',
      'class Shop.Cart 5-11 by 6',
      'method Shop.Cart.total 7-9 by 7',
      'method Shop.Cart.build 10 by 10',
      'function cart 14 by 14',
      'class CartTest 22-27 by 22',
      'method CartTest.setup 23 by 23',
      'method CartTest.test_total 24-26 by 24',
      'import rspec 1',
      'import ../lib/cart 2',
      'suite Shop::Cart 13-21',
      'hook Shop::Cart > before 15',
      'suite Shop::Cart > #total 16-20',
      'test #total > adds tax 17-19',
      'suite CartTest 22-27',
      'hook CartTest > setup 23',
      'test CartTest > test_total 24-26',
    ],
  },
  {
    path: 'CartTest.php',
    text: `<?php
namespace App\\Tests;
use PHPUnit\\Framework\\TestCase;
use App\\{Cart, Item};
class CartTest extends TestCase {
    const RATE = 1;
    protected function setUp(): void { }
    /** @test */
    public function adds(): void {}
    #[Test]
    public function other(): void {}
    public function testTotal(): void
    {
        $this->assertSame(1, 2);
    }
}
it('works', function () { expect(1)->toBe(2); });
`,
    expected: [
      'class CartTest 5-16 by 5',
      'constant CartTest.RATE 6 by 6',
      'method CartTest.setUp 7 by 7',
      'method CartTest.adds 8-9 by 9',
      'method CartTest.other 10-11 by 10-11',
      'method CartTest.testTotal 12-15 by 12',
      'import  2',
      'import PHPUnit\\Framework\\TestCase 3',
      'import Cart Item 4',
      'suite CartTest 5-16',
      'hook CartTest > setUp 7',
      'test CartTest > adds 8-9',
      'test CartTest > other 10-11',
      'test CartTest > testTotal 12-15',
      'test works 17',
    ],
  },
  {
    path: 'CartTests.cs',
    text: `using System;
using Xunit;
namespace Shop.Tests
{
    public class CartTests
    {
        public int X { get; set; }
        [Fact]
        public void AddsTax()
        {
            Assert.Equal(1, 2);
        }
        [Theory]
        [InlineData(1)]
        public void Many(int a) => Assert.True(a > 1);
    }
}
`,
    expected: [
      'module Shop.Tests 3-17 by 3',
      'class Shop.Tests.CartTests 5-16 by 5',
      'method Shop.Tests.CartTests.X 7 by 7',
      'method Shop.Tests.CartTests.AddsTax 8-12 by 8-9',
      'method Shop.Tests.CartTests.Many 13-15 by 13-15',
      'import System 1',
      'import Xunit 2',
      'suite Shop.Tests 3-17',
      'suite Shop.Tests > CartTests 5-16',
      'test CartTests > AddsTax 8-12',
      'test CartTests > Many 13-15',
    ],
  },
  {
    path: 'cart.cpp',
    text: `#include <stdio.h>
#include "cart.h"
#define RATE 3
namespace shop {
// Doc
template <typename T>
class Cart {
 public:
  int total() const { return 1; }
  void later();
};
int *Cart::find(int x)
{
  return nullptr;
}
}
TEST(Cart, AddsTax) {
  EXPECT_EQ(1, 2);
}
static int helper(void) {
  return 1;
}
typedef struct { int a; } Pair;
`,
    expected: [
      'constant RATE 3 by 3',
      'module shop 4-16 by 4',
      'class shop.Cart 5-11 by 7',
      'method shop.Cart.total 9 by 9',
      'function shop.Cart.find 12-15 by 12',
      'function Cart.AddsTax 17-19 by 17',
      'function helper 20-22 by 20',
      'type Pair 23 by 23',
      'import stdio.h 1',
      'import cart.h 2',
      'test Cart.AddsTax 17-19',
    ],
  },
  {
    path: 'build.sh',
    text: `# Doc
build() {
  make
}
function clean { rm -rf x; }
`,
    expected: ['function build 1-4 by 2', 'function clean 5 by 5'],
  },
  {
    path: 'setup.ini',
    text: `[a]
b=1
[c]
d=2
`,
    expected: ['module [a] 1-2 by 1', 'module [c] 3-4 by 3'],
  },
  {
    path: 'build.ps1',
    text: `function Get-X {
  param($a)
  1
}
class Foo { [int]$x }
`,
    expected: ['function Get-X 1-4 by 1', 'class Foo 5 by 5'],
  },
];
