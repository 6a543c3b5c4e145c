import unittest

from pricing.calc import calc


class CalcTest(unittest.TestCase):
    def test_ten_percent(self):
        self.assertEqual(calc(80, 10), 72)

    def test_negative_price_is_refused(self):
        with self.assertRaises(ValueError):
            calc(-1, 10)
