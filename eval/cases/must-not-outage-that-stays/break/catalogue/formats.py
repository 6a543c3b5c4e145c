"""Formats of a list of articles."""

KNOWN = ("json", "json-lines")


def is_known(name):
    return name.lower() in KNOWN
