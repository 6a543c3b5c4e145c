"""One refund."""

from refunds.gateway import headers


def request(payment, cents):
    if cents < 1:
        raise ValueError(f"nothing to refund: {cents} cents of {payment}")
    return {"headers": headers(), "body": {"payment": payment, "cents": cents}}
