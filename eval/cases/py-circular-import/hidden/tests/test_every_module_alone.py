import subprocess
import sys
import unittest

from orders.customer import Customer
from orders.order import Order


class EveryModuleAloneTest(unittest.TestCase):
    def test_each_can_be_the_first(self):
        for module in ("orders.customer", "orders.order", "orders.labels"):
            with self.subTest(module):
                subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    def test_an_order_says_for_whom(self):
        self.assertEqual(str(Customer("Ada").place("cup", 2)), "2 cups for Ada")

    def test_an_order_of_nobody_says_only_what(self):
        self.assertEqual(str(Order("cup", 1, None)), "1 cup")
