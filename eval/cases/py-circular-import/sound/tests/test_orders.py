import unittest

from orders.customer import Customer


class OrdersTest(unittest.TestCase):
    def test_an_order_knows_its_customer(self):
        ada = Customer("Ada")
        self.assertIs(ada.place("cup").customer, ada)

    def test_an_order_in_words(self):
        self.assertTrue(str(Customer("Ada").place("cup", 2)).startswith("2 cups"))

    def test_nothing_cannot_be_ordered(self):
        with self.assertRaises(ValueError):
            Customer("Ada").place("cup", 0)
