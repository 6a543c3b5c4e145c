"""The rates of value added tax, by country and kind."""

from decimal import Decimal

RATES = {
    ("DE", "standard"): Decimal("0.19"),
    ("DE", "reduced"): Decimal("0.07"),
    ("FR", "standard"): Decimal("0.20"),
    ("FR", "reduced"): Decimal("0.055"),
}


def rate(country, kind="standard"):
    return RATES[country, kind]
