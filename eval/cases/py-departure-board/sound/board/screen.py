"""What the screen in the hall shows."""

from board.departures import departure_time, line, minutes_until


def screen(rows, station, now, most=8):
    """Return the lines of the next departures, the earliest first."""
    ahead = [row for row in rows if minutes_until(row, station, now) >= 0]
    ordered = sorted(ahead, key=lambda row: departure_time(row, station))
    return [line(row, station) for row in ordered[:most]]
