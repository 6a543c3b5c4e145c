import unittest

from shop.checkout import receipt


class ReceiptTest(unittest.TestCase):
    def test_one_article(self):
        self.assertEqual(receipt({"spoon": 1}), "1 articles, 3.00 EUR")

    def test_several(self):
        self.assertEqual(receipt({"cup": 1, "plate": 2}), "3 articles, 32.50 EUR")
