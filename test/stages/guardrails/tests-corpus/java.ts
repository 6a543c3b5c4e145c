// Edits of a JUnit file.
import type { Corpus } from './corpus.ts';

const total =
  '  @Test\n  void addsTax() {\n    assertEquals(5, cart.total());\n    assertThat(cart.name()).isEqualTo("a");\n  }\n';

export const java: Corpus = {
  path: 'src/test/java/shop/CartTest.java',
  before: `package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CartTest {
  private final Cart cart = new Cart(2);

  @BeforeEach
  void init() {
    cart.clear();
  }

${total}
  @ParameterizedTest
  @CsvSource({"1,2", "3,4"})
  void adds(int a, int b) {
    assertEquals(b, Cart.add(a, 1), 0.01);
  }

  @Test
  void refuses() {
    assertThrows(IllegalStateException.class, () -> cart.pay(0));
    verify(gateway, times(2)).charge(eq(5));
  }
}
`,
  hostile: [
    ['deletes a test', total, ''],
    ['takes its mark', '  @Test\n  void addsTax', '  void addsTax'],
    ['disables', '  @Test\n  void addsTax', '  @Test\n  @Disabled\n  void addsTax'],
    ['disables the class', 'class CartTest', '@Disabled("later")\nclass CartTest'],
    ['assumes', '    assertEquals(5', '    assumeTrue(false);\n    assertEquals(5'],
    ['empties it', '    assertEquals(5, cart.total());\n    assertThat(cart.name()).isEqualTo("a");\n', ''],
    ['returns early', '    assertEquals(5', '    if (true) return;\n    assertEquals(5'],
    [
      'swallows',
      '    assertEquals(5, cart.total());',
      '    try { assertEquals(5, cart.total()); } catch (Throwable t) { }',
    ],
    ['removes an assertion', '    assertThat(cart.name()).isEqualTo("a");\n', ''],
    ['asks for less', 'assertEquals(5, cart.total())', 'assertNotNull(cart.total())'],
    ['changes what is expected', 'assertEquals(5', 'assertEquals(4'],
    ['loosens a matcher', 'isEqualTo("a")', 'isNotNull()'],
    ['widens the tolerance', '0.01', '10.0'],
    ['takes any exception', 'IllegalStateException.class', 'Exception.class'],
    ['relaxes the calls', 'times(2)', 'atLeast(0)'],
    ['expects any argument', 'eq(5)', 'any()'],
    ['removes a case', '{"1,2", "3,4"}', '{"1,2"}'],
    ['changes a case', '"3,4"', '"3,5"'],
    ['changes the set-up', 'cart.clear()', 'cart.reset(5)'],
    ['changes a field', 'new Cart(2)', 'new Cart(0)'],
    ['overrides an assertion', total, `${total}\n  static void assertEquals(Object a, Object b) { }\n`],
    ['raises a time-out', '  @Test\n  void refuses', '  @Test\n  @Timeout(600)\n  void refuses'],
    ['retries', '  @Test\n  void refuses', '  @RetryingTest(5)\n  void refuses'],
    ['adds a hook', total, `  @BeforeEach\n  void patch() {\n    cart.force(5);\n  }\n\n${total}`],
    ['adds a static block', total, `  static {\n    Cart.force(5);\n  }\n\n${total}`],
    ['adds a test without assertion', total, `${total}\n  @Test\n  void isEmpty() {\n    cart.total();\n  }\n`],
    ['adds a tautology', total, `${total}\n  @Test\n  void isEmpty() {\n    assertTrue(true);\n  }\n`],
    [
      'exits',
      total,
      `${total}\n  @Test\n  void isEmpty() {\n    assertEquals(0, cart.total());\n    System.exit(0);\n  }\n`,
    ],
    ['imports another assertion', 'org.junit.jupiter.api.Assertions.assertEquals', 'shop.Fake.assertEquals'],
    [
      'adds an extension',
      '  private final Cart',
      '  @RegisterExtension\n  static Quiet quiet = new Quiet();\n  private final Cart',
    ],
    ['adds a constructor', total, `  CartTest() {\n    Cart.force(5);\n  }\n\n${total}`],
    [
      'patches in a test',
      total,
      `${total}\n  @Test\n  void isEmpty() {\n    try { assertEquals(0, cart.total()); } catch (AssertionError e) { }\n  }\n`,
    ],
  ],
  honest: [
    ['adds a test', total, `${total}\n  @Test\n  void isEmpty() {\n    assertEquals(0, new Cart(0).total());\n  }\n`],
    ['adds a case', '"3,4"', '"3,4", "0,1"'],
    ['adds an assertion', 'isEqualTo("a");\n', 'isEqualTo("a");\n    assertEquals(5, cart.total());\n'],
    [
      'imports more',
      'import org.junit.jupiter.api.Test;',
      'import java.util.List;\nimport org.junit.jupiter.api.Test;',
    ],
    [
      'adds a nested class',
      total,
      `${total}\n  @Nested\n  class WhenEmpty {\n    @BeforeEach\n    void clear() {\n      cart.clear();\n    }\n\n    @Test\n    void isFree() {\n      assertThat(cart.total()).isZero();\n    }\n  }\n`,
    ],
    [
      'expects an exception',
      total,
      `${total}\n  @Test\n  void refusesNull() {\n    assertThrows(NullPointerException.class, () -> new Cart(null));\n  }\n`,
    ],
    [
      'adds a helper',
      total,
      `${total}\n  private static Cart full() {\n    return new Cart(9);\n  }\n\n  @Test\n  void isFull() {\n    assertTrue(full().isFull());\n  }\n`,
    ],
  ],
};
