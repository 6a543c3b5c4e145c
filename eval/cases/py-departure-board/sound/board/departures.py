"""Departures as the timetable service sends them → lines of the board; all in the station's own time, without a zone."""

from datetime import datetime


def departure_time(row, station):
    """Return when the train leaves by the station's clock."""
    return datetime.fromisoformat(row["departs"]).replace(tzinfo=None)


def minutes_until(row, station, now):
    """Return the minutes from `now`, a time of the station's clock, to the departure."""
    return int((departure_time(row, station) - now).total_seconds() // 60)


def line(row, station):
    return f"{departure_time(row, station):%H:%M}  {row['train']:<8}{row['to']}"
