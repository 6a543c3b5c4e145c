import unittest

from notices.batch import batch
from notices.customers import Customer
from notices.routing import route


class RoutesOfNoticesTest(unittest.TestCase):
    def test_without_anything_it_is_a_card(self):
        self.assertEqual(route(Customer("Linus")), ("card", "Linus"))

    def test_without_email_but_with_mobile(self):
        self.assertEqual(route(Customer("Linus", None, "0170 77")), ("sms", "017077"))

    def test_blanks_around_an_email_are_dropped(self):
        self.assertEqual(route(Customer("Ada", " Ada@example.org ")), ("email", "ada@example.org"))

    def test_a_batch_of_all_kinds(self):
        rows = [{"name": "A", "email": "", "mobile": ""}, {"name": "B", "email": "b@c.de", "mobile": "1"}]
        self.assertEqual(batch(rows), [("card", "A"), ("email", "b@c.de")])
