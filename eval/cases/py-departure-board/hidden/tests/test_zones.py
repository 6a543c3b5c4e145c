import unittest
from datetime import datetime

from board.departures import departure_time, line, minutes_until
from board.screen import screen
from board.station import Station

GRAZ = Station("Graz", offset_hours=2)
UTC_ROW = {"train": "EN 40", "departs": "2026-07-03T18:15:00+00:00", "to": "Zagreb"}
LATE_ROW = {"train": "EN 41", "departs": "2026-07-03T22:30:00+00:00", "to": "Rijeka"}


class ZonesTest(unittest.TestCase):
    def test_the_line(self):
        self.assertEqual(line(UTC_ROW, GRAZ), "20:15  EN 40   Zagreb")

    def test_the_minutes(self):
        self.assertEqual(minutes_until(UTC_ROW, GRAZ, datetime(2026, 7, 3, 19, 30)), 45)

    def test_past_midnight(self):
        self.assertEqual(departure_time(LATE_ROW, GRAZ), datetime(2026, 7, 4, 0, 30))

    def test_a_station_west_of_greenwich(self):
        self.assertEqual(departure_time(UTC_ROW, Station("Ponta Delgada", -1)), datetime(2026, 7, 3, 17, 15))

    def test_order_across_zones(self):
        local = {"train": "R 4", "departs": "2026-07-03T20:10:00+02:00", "to": "Bruck"}
        shown = screen([UTC_ROW, local], GRAZ, datetime(2026, 7, 3, 19, 0))
        self.assertEqual([one[:5] for one in shown], ["20:10", "20:15"])
