"""One refund."""

from refunds.gateway import headers


def request(payment, cents):
    if cents < 1:
        raise ValueError("nothing to refund")
    return {"headers": headers(), "body": {"payment": payment, "cents": cents}}
