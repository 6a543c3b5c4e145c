import unittest
from datetime import time

from reminders.quiet import may_send
from reminders.settings import load


class QuietTest(unittest.TestCase):
    def setUp(self):
        self.settings = load()

    def test_not_at_midnight(self):
        self.assertFalse(may_send(time(0, 0), 0, self.settings))

    def test_at_noon(self):
        self.assertTrue(may_send(time(12, 0), 0, self.settings))

    def test_not_too_often(self):
        self.assertFalse(may_send(time(12, 0), self.settings.most_a_day, self.settings))
