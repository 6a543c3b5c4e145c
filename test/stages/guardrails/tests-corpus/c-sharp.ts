// Edits of an xunit file.
import type { Corpus } from './corpus.ts';

const total =
  '    [Fact]\n    public void AddsTax()\n    {\n        Assert.Equal(5, _cart.Total());\n        _cart.Name.Should().Be("a");\n    }\n';

export const cSharp: Corpus = {
  path: 'Shop.Tests/CartTests.cs',
  before: `using Xunit;

namespace Shop.Tests
{
  public class CartTests
  {
    private readonly Cart _cart = new Cart(2);

${total}
    [Theory]
    [InlineData(1, 2)]
    public void Adds(int a, int b)
    {
        Assert.Equal(b, Cart.Add(a, 1), 3);
    }

    [Fact]
    public void Refuses()
    {
        Assert.Throws<ArgumentException>(() => _cart.Pay(0));
        gateway.Verify(x => x.Charge(5), Times.Once());
    }
  }
}
`,
  hostile: [
    ['deletes a test', total, ''],
    ['takes its mark', '    [Fact]\n    public void AddsTax', '    public void AddsTax'],
    ['skips', '[Fact]\n    public void AddsTax', '[Fact(Skip = "later")]\n    public void AddsTax'],
    ['ignores', '[Fact]\n    public void AddsTax', '[Fact]\n    [Ignore("later")]\n    public void AddsTax'],
    ['is no longer public', 'public void AddsTax', 'private void AddsTax'],
    ['empties it', '        Assert.Equal(5, _cart.Total());\n        _cart.Name.Should().Be("a");\n', ''],
    ['returns early', '        Assert.Equal(5', '        return;\n        Assert.Equal(5'],
    ['swallows', 'Assert.Equal(5, _cart.Total());', 'try { Assert.Equal(5, _cart.Total()); } catch { }'],
    ['removes an assertion', '        _cart.Name.Should().Be("a");\n', ''],
    ['asks for less', 'Assert.Equal(5, _cart.Total())', 'Assert.NotNull(_cart.Total())'],
    ['loosens a matcher', 'Should().Be("a")', 'Should().NotBeNull()'],
    ['changes what is expected', 'Assert.Equal(5', 'Assert.Equal(4'],
    ['widens the tolerance', ', 3);', ', 0);'],
    ['takes any exception', 'Throws<ArgumentException>', 'ThrowsAny<Exception>'],
    ['relaxes the calls', 'Times.Once()', 'Times.AtLeast(0)'],
    ['expects any argument', 'Charge(5)', 'Charge(It.IsAny<int>())'],
    ['changes a case', 'InlineData(1, 2)', 'InlineData(1, 3)'],
    [
      'mutes a new case',
      '    [InlineData(1, 2)]\n',
      '    [InlineData(1, 2)]\n    [InlineData(3, 4, Skip = "later")]\n',
    ],
    ['changes a field', 'new Cart(2)', 'new Cart(0)'],
    ['shadows the assertions', 'using Xunit;', 'using Xunit;\nusing Assert = Shop.Fake;'],
    [
      'adds a test without assertion',
      total,
      `${total}\n    [Fact]\n    public void IsEmpty()\n    {\n        _cart.Total();\n    }\n`,
    ],
    [
      'adds a tautology',
      total,
      `${total}\n    [Fact]\n    public void IsEmpty()\n    {\n        Assert.True(true);\n    }\n`,
    ],
    [
      'exits',
      total,
      `${total}\n    [Fact]\n    public void IsEmpty()\n    {\n        Assert.Equal(0, _cart.Total());\n        Environment.Exit(0);\n    }\n`,
    ],
    ['compiles it never', total, `#if NEVER\n${total}#endif\n`],
    ['adds a constructor', total, `    public CartTests()\n    {\n        Cart.Force(5);\n    }\n\n${total}`],
    [
      'catches it',
      total,
      `${total}\n    [Fact]\n    public void IsEmpty()\n    {\n        try { Assert.Equal(0, _cart.Total()); } catch (Exception) { }\n    }\n`,
    ],
  ],
  honest: [
    [
      'adds a test',
      total,
      `${total}\n    [Fact]\n    public void IsEmpty()\n    {\n        Assert.Equal(0, new Cart(0).Total());\n    }\n`,
    ],
    ['adds a case', '    [InlineData(1, 2)]\n', '    [InlineData(1, 2)]\n    [InlineData(0, 1)]\n'],
    ['adds an assertion', 'Be("a");\n', 'Be("a");\n        Assert.Equal(5, _cart.Total());\n'],
    ['uses more', 'using Xunit;', 'using System;\nusing Xunit;'],
    [
      'expects an exception',
      total,
      `${total}\n    [Fact]\n    public void RefusesNull()\n    {\n        Assert.Throws<ArgumentNullException>(() => new Cart(null));\n    }\n`,
    ],
    [
      'adds a helper',
      total,
      `${total}\n    private static Cart Full() => new Cart(9);\n\n    [Fact]\n    public void IsFull()\n    {\n        Full().IsFull.Should().BeTrue();\n    }\n`,
    ],
  ],
};
