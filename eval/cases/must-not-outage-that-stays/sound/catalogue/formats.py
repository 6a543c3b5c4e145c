"""Formats of a list of articles."""

KNOWN = ("json",)


def is_known(name):
    return name.lower() in KNOWN
