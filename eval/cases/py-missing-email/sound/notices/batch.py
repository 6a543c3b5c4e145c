"""The evening's batch of notices."""

from collections import Counter

from notices.customers import from_export
from notices.routing import route


def batch(rows):
    return [route(from_export(row)) for row in rows]


def summary(rows):
    """Return how many notices go out on each channel."""
    return Counter(channel for channel, _ in batch(rows))
