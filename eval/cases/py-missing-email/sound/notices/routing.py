"""Where a notice goes: e-mail first, then text message, then a card."""


def route(customer):
    """Return the channel and the address of a notice for this customer."""
    if customer.email is not None and "@" in customer.email:
        return "email", customer.email.lower()
    if customer.mobile is not None:
        return "sms", customer.mobile.replace(" ", "")
    return "card", customer.name
