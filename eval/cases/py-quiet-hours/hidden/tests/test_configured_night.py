import unittest
from datetime import time

from reminders.quiet import is_quiet
from reminders.settings import load


class ConfiguredNightTest(unittest.TestCase):
    def test_the_night_ends_at_seven(self):
        settings = load()
        self.assertTrue(is_quiet(time(6, 59), settings))
        self.assertFalse(is_quiet(time(7, 0), settings))

    def test_it_begins_when_it_did(self):
        settings = load()
        self.assertFalse(is_quiet(time(21, 29), settings))
        self.assertTrue(is_quiet(time(21, 30), settings))
