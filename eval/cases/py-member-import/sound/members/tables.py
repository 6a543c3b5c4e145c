"""Bytes of a CSV file → its rows as dictionaries."""

import csv
import io


def read_rows(data):
    """Read a CSV file with a header line; columns are separated by semicolons."""
    # Spreadsheets put a byte order mark in front.
    text = data.decode("utf-8")
    text = text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
