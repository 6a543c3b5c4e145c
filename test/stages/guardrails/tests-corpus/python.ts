// Edits of a pytest and unittest file.
import type { Corpus } from './corpus.ts';

const half =
  '    def test_half(self):\n        self.assertEqual(calc(10, 0.5), 5)\n        self.assertAlmostEqual(calc(1, 3), 0.333, places=3)\n';

export const python: Corpus = {
  path: 'tests/test_price.py',
  before: `import unittest

import pytest

from price import calc


def cart():
    return [1, 2]


class CalcTest(unittest.TestCase):
    def setUp(self):
        self.items = cart()

${half}
    def test_error(self):
        with self.assertRaises(ValueError):
            calc(-1, 0)


@pytest.mark.parametrize("price, expected", [(1, 2), (3, 4)])
def test_many(price, expected):
    result = calc(price, 1)
    assert result == expected


def test_called(mocker):
    spy = mocker.spy(calc, "run")
    assert calc(1, 1) == 1
    spy.assert_called_once_with(1)
`,
  hostile: [
    ['deletes a test', half, ''],
    ['deletes the class', 'class CalcTest(unittest.TestCase):', 'class Calc:'],
    ['renames it away', 'def test_half', 'def half'],
    ['skips', '    def test_half', '    @unittest.skip("later")\n    def test_half'],
    ['expects failure', '    def test_half', '    @unittest.expectedFailure\n    def test_half'],
    ['xfails', 'def test_called', '@pytest.mark.xfail\ndef test_called'],
    ['skips in the body', '    result = calc(price, 1)\n', '    pytest.skip("x")\n    result = calc(price, 1)\n'],
    ['marks the module', '', 'pytestmark = pytest.mark.skip\n'],
    ['is not collected', '', '__test__ = False\n'],
    ['is collected otherwise', '', 'def load_tests(loader, tests, pattern):\n    return unittest.TestSuite()\n'],
    ['empties it', '    result = calc(price, 1)\n    assert result == expected\n', '    pass\n'],
    ['returns early', '    result = calc(price, 1)\n', '    return\n    result = calc(price, 1)\n'],
    [
      'hides it behind if False',
      '    assert result == expected\n',
      '    if False:\n        assert result == expected\n',
    ],
    [
      'swallows',
      '    assert result == expected\n',
      '    try:\n        assert result == expected\n    except AssertionError:\n        pass\n',
    ],
    ['asks for less', 'assertEqual(calc(10, 0.5), 5)', 'assertTrue(calc(10, 0.5))'],
    ['asks for containment', 'assert result == expected', 'assert result in (expected, 0)'],
    ['asks for more or equal', 'result == expected', 'result >= expected'],
    ['is always true', 'assert result == expected', 'assert result == expected or True'],
    ['asserts a tuple', 'assert result == expected', 'assert (result, expected)'],
    ['widens the tolerance', 'places=3', 'places=0'],
    ['takes any error', 'assertRaises(ValueError)', 'assertRaises(Exception)'],
    ['relaxes the call', 'assert_called_once_with(1)', 'assert_called()'],
    ['expects anything', 'assert_called_once_with(1)', 'assert_called_once_with(mock.ANY)'],
    ['changes what is expected', '(3, 4)', '(3, 5)'],
    ['removes a case', ', (3, 4)', ''],
    ['mutes a case', '(3, 4)]', '(3, 4), pytest.param(5, 6, marks=pytest.mark.skip)]'],
    ['changes the set-up', 'self.items = cart()', 'self.items = []'],
    ['changes a helper', 'return [1, 2]', 'return []'],
    ['imports a fake', 'from price import calc', 'from fakes import calc'],
    ['shadows an import', '\n\ndef cart', 'from fakes import calc\n\n\ndef cart'],
    ['shadows a function', '', 'def calc(a, b):\n    return 5\n'],
    ['shadows a test', '', 'def test_many():\n    assert calc(1, 1) == 1\n'],
    ['shadows everything', '\n\ndef cart', 'from fakes import *\n\n\ndef cart'],
    ['overrides an assertion', half, `${half}\n    def assertEqual(self, a, b):\n        pass\n`],
    ['overrides the runner', half, `${half}\n    def run(self, result=None):\n        pass\n`],
    ['patches the assertions', '', 'unittest.TestCase.assertEqual = lambda *a: None\n'],
    ['patches by name', '', 'setattr(unittest.TestCase, "assertEqual", lambda *a: None)\n'],
    [
      'adds an automatic fixture',
      '',
      '@pytest.fixture(autouse=True)\ndef patched(monkeypatch):\n    monkeypatch.setattr("price.calc", lambda a, b: 5)\n',
    ],
    ['exits', '', 'def test_end():\n    assert calc(1, 1) == 1\n    os._exit(0)\n'],
    ['is run only by hand', 'def test_called', 'if __name__ == "__main__":\n  def test_called'],
    ['adds a test without assertion', '', 'def test_zero():\n    calc(1, 0)\n'],
    ['adds a tautology', '', 'def test_zero():\n    assert True\n'],
    ['adds a truth', '', 'def test_zero():\n    assert calc(1, 0) or True\n'],
    ['becomes a generator', '    assert result == expected\n', '    assert result == expected\n    yield\n'],
    [
      'multiplies by nothing',
      '@pytest.mark.parametrize("price',
      '@pytest.mark.parametrize("x", [])\n@pytest.mark.parametrize("price',
    ],
    [
      'starts a patch for good',
      '',
      'def test_zero():\n    mock.patch("price.calc", return_value=5).start()\n    assert calc(1, 0) == 5\n',
    ],
    ['replaces the module', '', 'def test_zero():\n    sys.modules["price"] = fake\n    assert calc(1, 0) == 5\n'],
    ['imports under a taken name', 'from price import calc\n', 'from price import calc\nimport fakes.calc as calc\n'],
    ['spells it otherwise', '', 'def ｃalc(a, b):\n    return 5\n'],
    ['suppresses', '', 'def test_zero():\n    with contextlib.suppress(Exception):\n        assert calc(1, 0) == 1\n'],
    [
      'raises a skip',
      '',
      'def test_zero():\n    if calc(1, 0) != 1:\n        raise unittest.SkipTest("x")\n    assert calc(1, 0) == 1\n',
    ],
    ['ends in the middle', '    spy = mocker', '    pytest.exit("done", 0)\n    spy = mocker'],
    ['adds a module set-up', '', 'def setUpModule():\n    calc.__code__ = (lambda a, b: 5).__code__\n'],
  ],
  honest: [
    ['adds a method', half, `${half}\n    def test_zero(self):\n        self.assertEqual(calc(10, 0), 10)\n`],
    ['adds a function', '', '\n\ndef test_zero():\n    assert calc(10, 0) == 10\n'],
    ['adds a case', '(3, 4)]', '(3, 4), (0, 0)]'],
    [
      'adds an assertion',
      '    assert result == expected\n',
      '    assert result == expected\n    assert result is not None\n',
    ],
    [
      'adds steps',
      '    assert result == expected\n',
      '    assert result == expected\n    result = calc(price, 0)\n    assert result == price\n',
    ],
    ['imports more', 'from price import calc', 'from price import calc, label'],
    ['imports another module', 'import unittest\n', 'import datetime\nimport unittest\n'],
    [
      'adds a fixture',
      '',
      '\n\n@pytest.fixture\ndef order():\n    return {"price": 1}\n\n\ndef test_order(order):\n    assert calc(order["price"], 0) == 1\n',
    ],
    [
      'expects an error',
      '',
      '\n\ndef test_zero():\n    with pytest.raises(ValueError, match="zero"):\n        calc(0, 0)\n',
    ],
    [
      'adds a class',
      '',
      '\n\nclass LabelTest(unittest.TestCase):\n    def setUp(self):\n        self.price = 1\n\n    def test_label(self):\n        self.assertEqual(calc(self.price, 0), 1)\n',
    ],
    [
      'uses monkeypatch',
      '',
      '\n\ndef test_env(monkeypatch):\n    monkeypatch.setenv("RATE", "2")\n    assert calc(1, 0) == 1\n',
    ],
    [
      'adds a docstring of its own',
      '',
      '\n\ndef test_zero():\n    """A discount of nothing."""\n    assert calc(10, 0) == 10\n',
    ],
    [
      'patches within a test',
      '',
      '\n\n@mock.patch("price.rate", 2)\ndef test_rate():\n    with mock.patch.object(calc, "run") as run:\n        assert calc(1, 0) == 1\n    run.assert_called_once_with(1)\n',
    ],
    [
      'asserts in a helper',
      '',
      '\n\ndef check(price, expected):\n    assert calc(price, 0) == expected\n\n\ndef test_zero():\n    check(1, 1)\n',
    ],
    [
      'keeps a parametrised test',
      '',
      '\n\n@pytest.mark.parametrize("price", [1, 2])\ndef test_same(price):\n    assert calc(price, 0) == price\n',
    ],
    [
      'runs a program that must succeed',
      '',
      '\n\ndef test_program():\n    subprocess.run([sys.executable, "price.py"], check=True)\n',
    ],
  ],
};
