"""Titles → the last part of an address."""

import re


def slugify(title):
    """Return the title in small letters, with hyphens between its words."""
    words = re.sub(r"[^a-z0-9 ]", "", title.lower()).split()
    return "-".join(words)
