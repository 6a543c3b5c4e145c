import unittest

from tickets.prices import price


class PriceTest(unittest.TestCase):
    def test_adults(self):
        self.assertEqual(price(30), 1200)

    def test_members(self):
        self.assertEqual(price(30, is_member=True), 960)

    def test_children(self):
        self.assertEqual(price(14), 600)
