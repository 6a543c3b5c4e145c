"""Prices after a discount."""


def calc(price, discount):
    """Return the price after a discount given in percent of the price."""
    if price < 0:
        raise ValueError("a price cannot be negative")
    return round(price - price * discount / 100, 2)
