// Edits of a Go test file.
import type { Corpus } from './corpus.ts';

const sum = 'func TestSum(t *testing.T) {\n\tif got := Sum(1, 2); got != 3 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n';

export const go: Corpus = {
  path: 'cart/cart_test.go',
  before: `package cart

import "testing"

${sum}
func TestTable(t *testing.T) {
	cases := []struct{ in, out int }{
		{1, 2},
		{3, 4},
	}
	for _, c := range cases {
		t.Run("case", func(t *testing.T) {
			require.Equal(t, c.out, Sum(c.in, 1))
		})
	}
}

func newCart() *Cart {
	return &Cart{rate: 2}
}

func ExampleSum() {
	fmt.Println(Sum(1, 2))
	// Output: 3
}
`,
  hostile: [
    ['deletes a test', sum, ''],
    ['renames it away', 'func TestSum', 'func testSum'],
    ['skips', '\tif got := Sum', '\tt.Skip("later")\n\tif got := Sum'],
    ['skips in short mode', '\tif got := Sum', '\tif testing.Short() {\n\t\tt.SkipNow()\n\t}\n\tif got := Sum'],
    ['empties it', '\tif got := Sum(1, 2); got != 3 {\n\t\tt.Errorf("got %d", got)\n\t}\n', ''],
    ['logs instead', 't.Errorf', 't.Logf'],
    ['returns early', '\tif got := Sum', '\treturn\n\tif got := Sum'],
    ['recovers', '\tif got := Sum', '\tdefer func() { recover() }()\n\tif got := Sum'],
    ['changes what is expected', 'got != 3', 'got != 4'],
    ['relaxes the comparison', 'got != 3', 'got < 3'],
    ['makes the branch dead', 'got != 3 {', 'got != 3 && false {'],
    ['changes the input', 'Sum(1, 2); got', 'Sum(3, 0); got'],
    ['asks for less', 'require.Equal(t, c.out, Sum(c.in, 1))', 'require.NotNil(t, Sum(c.in, 1))'],
    ['compares with itself', 'require.Equal(t, c.out, Sum(c.in, 1))', 'require.Equal(t, c.out, c.out)'],
    ['removes a case', '\t\t{3, 4},\n', ''],
    ['changes a case', '{3, 4}', '{3, 5}'],
    ['skips a case', '\t\tt.Run(', '\t\tif c.in == 3 {\n\t\t\tcontinue\n\t\t}\n\t\tt.Run('],
    ['changes a helper', 'rate: 2', 'rate: 0'],
    ['removes the output', '\t// Output: 3\n', ''],
    ['changes the output', '// Output: 3', '// Output: 4'],
    ['is built never', 'package cart\n', '//go:build never\n\npackage cart\n'],
    ['takes over the run', '', 'func TestMain(m *testing.M) {\n\tos.Exit(0)\n}\n'],
    ['runs first', '', 'func init() {\n\tos.Exit(0)\n}\n'],
    ['shadows the package', 'import "testing"', 'import "testing"\nimport require "fake/require"'],
    ['adds a test without assertion', '', 'func TestZero(t *testing.T) {\n\tSum(0, 0)\n}\n'],
    ['adds a tautology', '', 'func TestZero(t *testing.T) {\n\trequire.Equal(t, 0, 0)\n}\n'],
    ['exits', '', 'func TestZero(t *testing.T) {\n\trequire.Equal(t, 0, Sum(0, 0))\n\tos.Exit(0)\n}\n'],
    ['assigns in the middle', '\tfor _, c', '\tcases = nil\n\tfor _, c'],
    [
      'ends the goroutine',
      '',
      'func TestZero(t *testing.T) {\n\truntime.Goexit()\n\trequire.Equal(t, 0, Sum(0, 0))\n}\n',
    ],
    ['sets up a suite', '', 'func (s *CartSuite) SetupTest() {\n\ts.cart = nil\n}\n'],
  ],
  honest: [
    [
      'adds a test',
      '',
      '\nfunc TestZero(t *testing.T) {\n\tif got := Sum(0, 0); got != 0 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n',
    ],
    ['adds a case', '\t\t{3, 4},\n', '\t\t{3, 4},\n\t\t{0, 1},\n'],
    ['imports more', 'import "testing"', 'import (\n\t"strings"\n\t"testing"\n)'],
    [
      'adds a subtest',
      '\t}\n}\n\nfunc newCart',
      '\t}\n\tt.Run("zero", func(t *testing.T) {\n\t\trequire.Equal(t, 0, Sum(0, 0))\n\t})\n}\n\nfunc newCart',
    ],
    [
      'adds an assertion',
      '\t\tt.Errorf("got %d", got)\n\t}\n',
      '\t\tt.Errorf("got %d", got)\n\t}\n\tif got := Sum(0, 0); got != 0 {\n\t\tt.Errorf("got %d", got)\n\t}\n',
    ],
    [
      'adds a helper',
      '',
      '\nfunc emptyCart() *Cart {\n\treturn &Cart{}\n}\n\nfunc TestEmpty(t *testing.T) {\n\tassert.Equal(t, 0, emptyCart().Total())\n}\n',
    ],
    [
      'expects an error',
      '',
      '\nfunc TestErr(t *testing.T) {\n\tif _, err := Parse(""); err == nil {\n\t\tt.Fatal("no error")\n\t}\n}\n',
    ],
    ['checks a panic', '', '\nfunc TestPanic(t *testing.T) {\n\trequire.Panics(t, func() { Sum(-1, 0) })\n}\n'],
  ],
};
