"""The payment service, which takes its time."""

import asyncio


class PaymentRefused(Exception):
    """The card was not accepted."""


class Payments:
    def __init__(self, refuses=()):
        self.refuses = set(refuses)
        self.taken = []

    async def take(self, customer, cents):
        await asyncio.sleep(0)
        if customer in self.refuses:
            raise PaymentRefused(customer)
        self.taken.append((customer, cents))
