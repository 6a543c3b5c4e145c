"""Books the seats of one show."""


class SoldOut(Exception):
    """There is no free seat."""


class Show:
    PRICE_CENTS = 2400

    def __init__(self, seats):
        self.free = list(seats)
        self.booked = {}

    async def book(self, customer, payments):
        """Take the payment and return the first free seat."""
        if not self.free:
            raise SoldOut()
        seat = self.free[0]
        await payments.take(customer, self.PRICE_CENTS)
        if seat in self.free:
            self.free.remove(seat)
        self.booked[customer] = seat
        return seat
