import unittest

from notices.batch import summary


class SummaryTest(unittest.TestCase):
    def test_counts_channels(self):
        rows = [
            {"name": "Ada", "email": "ada@example.org", "mobile": ""},
            {"name": "Grace", "email": "", "mobile": "0170 55"},
        ]
        self.assertEqual(summary(rows), {"email": 1, "sms": 1})
