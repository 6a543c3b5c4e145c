import unittest
from datetime import datetime

from board.departures import line, minutes_until
from board.station import Station

GRAZ = Station("Graz", offset_hours=2)
LOCAL = {"train": "IC 533", "departs": "2026-07-03T19:58:00+02:00", "to": "Wien"}


class DeparturesTest(unittest.TestCase):
    def test_a_line_of_the_board(self):
        self.assertEqual(line(LOCAL, GRAZ), "19:58  IC 533  Wien")

    def test_minutes_until(self):
        self.assertEqual(minutes_until(LOCAL, GRAZ, datetime(2026, 7, 3, 19, 30)), 28)
