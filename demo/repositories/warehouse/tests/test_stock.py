import unittest

from warehouse.stock import in_stock


class StockTest(unittest.TestCase):
    def test_the_warehouse_answers(self):
        self.assertGreater(in_stock("tea"), 0)
