"""A member list → members, and what is wrong with the list."""

from members.tables import read_rows


class ListUnusable(ValueError):
    """The list lacks a column."""


def import_members(data):
    """Return `(number, name)` of every member in the list."""
    rows = read_rows(data)
    if rows and not {"number", "name"} <= rows[0].keys():
        raise ListUnusable("the list needs the columns number and name")
    return [(int(row["number"]), row["name"].strip()) for row in rows]
