import unittest

from exchange.rates import convert


class ConvertTest(unittest.TestCase):
    def test_dollars(self):
        self.assertGreater(convert(10, "USD"), 0)
