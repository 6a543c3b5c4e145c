import unittest
from datetime import datetime

from board.screen import screen
from board.station import Station


class ScreenTest(unittest.TestCase):
    def test_trains_that_have_left_are_gone(self):
        rows = [
            {"train": "R 2", "departs": "2026-07-03T19:10:00+02:00", "to": "Bruck"},
            {"train": "R 4", "departs": "2026-07-03T20:10:00+02:00", "to": "Bruck"},
        ]
        now = datetime(2026, 7, 3, 19, 30)
        self.assertEqual(screen(rows, Station("Graz", 2), now), ["20:10  R 4     Bruck"])
