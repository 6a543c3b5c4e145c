"""A station and its clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone


@dataclass(frozen=True)
class Station:
    name: str
    offset_hours: int

    @property
    def zone(self):
        return timezone(timedelta(hours=self.offset_hours))

    def clock(self, moment):
        """Return what the clock in the hall shows, without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def now(self):
        return self.clock(datetime.now(timezone.utc))
