import unittest

from refunds.refund import request


class RefundTest(unittest.TestCase):
    def test_what_is_asked_for(self):
        self.assertEqual(request("p-17", 500)["body"]["cents"], 500)

    def test_nothing_is_refused(self):
        with self.assertRaises(ValueError):
            request("p-17", 0)
