import unittest
from decimal import Decimal

from vat.invoice import tax, total
from vat.rates import rate


class CentsTest(unittest.TestCase):
    def test_half_cents_of_every_size(self):
        for euros in range(1, 400, 2):
            amount = Decimal(euros)
            exact = amount * Decimal("0.055")
            self.assertEqual(tax(amount, "FR", "reduced"), exact.quantize(Decimal("0.01"), "ROUND_HALF_UP"))

    def test_rates_are_exact(self):
        self.assertEqual(rate("FR", "reduced"), Decimal("0.055"))
        self.assertEqual(rate("DE", "reduced"), Decimal("0.07"))

    def test_unknown_rates_are_refused(self):
        with self.assertRaises(KeyError):
            rate("DE", "zero")

    def test_nothing_costs_nothing(self):
        self.assertEqual(total([], "DE"), Decimal("0.00"))
