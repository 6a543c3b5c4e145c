import unittest

from notices.customers import Customer
from notices.routing import route


class RouteTest(unittest.TestCase):
    def test_email_goes_first(self):
        self.assertEqual(route(Customer("Ada", "Ada@Example.org", "0170 1")), ("email", "ada@example.org"))

    def test_broken_email_is_not_used(self):
        self.assertEqual(route(Customer("Ada", "ada.example.org", "0170 1")), ("sms", "01701"))
