"""Requests to the payment service."""

import os


class NotConfigured(RuntimeError):
    """The token is missing."""


def headers():
    token = os.environ.get("PAYMENTS_TOKEN", "")
    if token == "":
        raise NotConfigured("PAYMENTS_TOKEN is not set: add it to the repository's secrets")
    return {"Authorization": f"Bearer {token}"}
