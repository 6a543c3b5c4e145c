"""Customers as the shop exports them; what a customer did not give is None."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Customer:
    name: str
    email: str | None = None
    mobile: str | None = None


def from_export(row):
    """Read one row of the export, in which empty cells stand for nothing."""
    return Customer(name=row["name"].strip(), email=row.get("email") or None, mobile=row.get("mobile") or None)
