"""Prices of tickets in cents, as docs/prices.md says."""

ADULT = 1200
MEMBERS_PAY_PERCENT = 85


def price(age, is_member=False):
    if age <= 14:
        return ADULT // 2
    return ADULT * MEMBERS_PAY_PERCENT // 100 if is_member else ADULT
