import unittest
from decimal import Decimal

from vat.invoice import tax, total


class TaxTest(unittest.TestCase):
    def test_standard_rate(self):
        self.assertEqual(tax(Decimal("100.00"), "DE"), Decimal("19.00"))

    def test_half_a_cent_is_rounded_up(self):
        self.assertEqual(tax(Decimal("3.00"), "FR", "reduced"), Decimal("0.17"))


class TotalTest(unittest.TestCase):
    def test_lines_of_both_rates(self):
        lines = [(Decimal("10.00"), "standard"), (Decimal("10.00"), "reduced")]
        self.assertEqual(total(lines, "DE"), Decimal("22.60"))
