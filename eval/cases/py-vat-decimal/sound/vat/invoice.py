"""Lines of an invoice → what is to be paid."""

from decimal import ROUND_HALF_UP, Decimal

from vat.rates import rate

CENT = Decimal("0.01")


def tax(amount, country, kind="standard"):
    """Return the tax on an amount, rounded to cents the way the tax office does."""
    return (amount * rate(country, kind)).quantize(CENT, ROUND_HALF_UP)


def total(lines, country):
    """Return the sum of `(amount, kind)` lines with their tax."""
    return sum((amount + tax(amount, country, kind) for amount, kind in lines), Decimal("0.00"))
