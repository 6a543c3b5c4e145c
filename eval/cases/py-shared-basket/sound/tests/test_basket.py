import unittest

from shop.basket import Basket


class BasketTest(unittest.TestCase):
    def test_total(self):
        basket = Basket()
        basket.add("cup", 2)
        self.assertEqual(basket.total(), 1700)

    def test_unknown_articles_are_refused(self):
        with self.assertRaises(KeyError):
            Basket().add("sofa")
