"""Where a notice goes: e-mail first, then text message, then a card."""


def route(customer):
    """Return the channel and the address of a notice for this customer."""
    address = customer.email.strip().lower()
    if "@" in address:
        return "email", address
    if customer.mobile is not None:
        return "sms", customer.mobile.replace(" ", "")
    return "card", customer.name
