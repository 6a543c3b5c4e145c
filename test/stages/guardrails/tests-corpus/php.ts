// Edits of a phpunit file.
import type { Corpus } from './corpus.ts';

const total =
  '    public function testTotal(): void\n    {\n        $this->assertSame(5, $this->cart->total());\n        $this->assertEqualsWithDelta(2.5, $this->cart->rate(), 0.01);\n    }\n';

export const php: Corpus = {
  path: 'tests/CartTest.php',
  before: `<?php

use PHPUnit\\Framework\\TestCase;

class CartTest extends TestCase
{
    protected function setUp(): void
    {
        $this->cart = new Cart(2);
    }

${total}
    /** @test */
    public function refuses(): void
    {
        $this->expectException(InvalidArgumentException::class);
        $this->cart->pay(0);
    }

    /** @dataProvider rows */
    public function testMany(int $a, int $b): void
    {
        $this->assertSame($b, add($a, 1));
    }

    public static function rows(): array
    {
        return [[1, 2], [3, 4]];
    }
}
`,
  hostile: [
    ['deletes a test', total, ''],
    ['renames it away', 'function testTotal', 'function total'],
    ['takes its mark', '    /** @test */\n', ''],
    ['is no longer public', 'public function testTotal', 'private function testTotal'],
    ['skips', '        $this->assertSame(5', "        $this->markTestSkipped('later');\n        $this->assertSame(5"],
    [
      'is incomplete',
      '        $this->assertSame(5',
      '        self::markTestIncomplete();\n        $this->assertSame(5',
    ],
    ['requires what is not there', '    /** @test */', '    /** @test\n     * @requires PHP 99 */'],
    [
      'empties it',
      '        $this->assertSame(5, $this->cart->total());\n        $this->assertEqualsWithDelta(2.5, $this->cart->rate(), 0.01);\n',
      '',
    ],
    ['returns early', '        $this->assertSame(5', '        return;\n        $this->assertSame(5'],
    [
      'swallows',
      '        $this->assertSame(5, $this->cart->total());',
      '        try { $this->assertSame(5, $this->cart->total()); } catch (\\Throwable $e) { }',
    ],
    ['removes an assertion', '        $this->assertSame(5, $this->cart->total());\n', ''],
    ['asks for less', 'assertSame(5, $this->cart->total())', 'assertNotNull($this->cart->total())'],
    ['changes what is expected', 'assertSame(5', 'assertSame(4'],
    ['widens the tolerance', '0.01', '10'],
    ['takes any exception', 'InvalidArgumentException::class', '\\Throwable::class'],
    ['removes a case', ', [3, 4]', ''],
    ['changes a case', '[3, 4]', '[3, 5]'],
    ['changes the set-up', 'new Cart(2)', 'new Cart(0)'],
    [
      'overrides an assertion',
      total,
      `${total}\n    public static function assertSame($a, $b, string $m = ''): void\n    {\n    }\n`,
    ],
    [
      'overrides the runner',
      total,
      `${total}\n    protected function runTest(): mixed\n    {\n        return null;\n    }\n`,
    ],
    ['adds a hook', total, `    protected function tearDown(): void\n    {\n        exit(0);\n    }\n\n${total}`],
    [
      'adds a test without assertion',
      total,
      `${total}\n    public function testZero(): void\n    {\n        $this->cart->total();\n    }\n`,
    ],
    [
      'adds a tautology',
      total,
      `${total}\n    public function testZero(): void\n    {\n        $this->assertTrue(true);\n    }\n`,
    ],
    [
      'exits',
      total,
      `${total}\n    public function testZero(): void\n    {\n        $this->assertSame(0, add(0, 0));\n        exit(0);\n    }\n`,
    ],
    ['uses a trait', total, `    use Quiet;\n\n${total}`],
    [
      'ignores failures',
      total,
      `${total}\n    protected function onNotSuccessfulTest(\\Throwable $t): never\n    {\n    }\n`,
    ],
    ['imports a fake', 'use PHPUnit\\Framework\\TestCase;', 'use PHPUnit\\Framework\\TestCase;\nuse Fake\\Cart;'],
  ],
  honest: [
    [
      'adds a test',
      total,
      `${total}\n    public function testZero(): void\n    {\n        $this->assertSame(0, add(0, 0));\n    }\n`,
    ],
    ['adds a case', '[3, 4]]', '[3, 4], [0, 1]]'],
    ['adds an assertion', '0.01);\n', '0.01);\n        $this->assertSame(5, $this->cart->total());\n'],
    ['uses more', 'use PHPUnit\\Framework\\TestCase;', 'use PHPUnit\\Framework\\TestCase;\nuse Shop\\Price;'],
    [
      'expects an exception',
      total,
      `${total}\n    public function testNull(): void\n    {\n        $this->expectException(TypeError::class);\n        new Cart(null);\n    }\n`,
    ],
    [
      'adds a helper',
      total,
      `${total}\n    private function full(): Cart\n    {\n        return new Cart(9);\n    }\n\n    /** @test */\n    public function is_full(): void\n    {\n        $this->assertTrue($this->full()->isFull());\n    }\n`,
    ],
  ],
};
