"""Cuts a list of invoices into pages; pages are counted from 1."""

PAGE_SIZE = 25


class PageNotFound(LookupError):
    """There is no page with this number."""


def page_count(total, size=PAGE_SIZE):
    """Return how many pages it takes; an empty list still has one page."""
    if size < 1:
        raise ValueError("a page holds at least one invoice")
    return max(1, total // size)


def page(items, number, size=PAGE_SIZE):
    """Return the items of one page."""
    if not 1 <= number <= page_count(len(items), size):
        raise PageNotFound(f"there is no page {number}")
    start = (number - 1) * size
    return items[start : start + size]
