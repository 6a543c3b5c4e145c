import unittest

from shop.basket import Basket
from shop.checkout import receipt


class BasketsOfTheirOwnTest(unittest.TestCase):
    def test_two_baskets(self):
        one, other = Basket(), Basket()
        one.add("cup")
        self.assertEqual((one.total(), other.total()), (850, 0))

    def test_a_basket_that_starts_with_something(self):
        wishes = ["cup"]
        basket = Basket(wishes)
        basket.add("spoon")
        self.assertEqual(basket.total(), 1150)
        self.assertEqual(wishes, ["cup"])

    def test_receipts_one_after_the_other(self):
        self.assertEqual([receipt({"cup": 1}) for _ in range(3)], ["1 articles, 8.50 EUR"] * 3)
