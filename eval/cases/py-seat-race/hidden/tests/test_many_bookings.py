import asyncio
import unittest

from boxoffice.booking import Show, SoldOut
from boxoffice.payments import Payments


class ManyBookingsTest(unittest.IsolatedAsyncioTestCase):
    async def test_no_seat_is_sold_twice(self):
        show = Show([f"A{n}" for n in range(1, 21)])
        payments = Payments()
        seats = await asyncio.gather(*(show.book(f"guest-{n}", payments) for n in range(20)))
        self.assertEqual(len(set(seats)), 20)
        self.assertEqual(show.free, [])

    async def test_nobody_pays_for_a_seat_that_is_gone(self):
        show = Show(["A1"])
        payments = Payments()
        results = await asyncio.gather(
            show.book("ada", payments), show.book("grace", payments), return_exceptions=True
        )
        self.assertEqual([type(one) for one in results].count(SoldOut), 1)
        self.assertEqual(len(payments.taken), 1)

    async def test_a_refused_payment_frees_the_seat_for_the_next(self):
        show = Show(["A1"])
        payments = Payments(refuses=["ada"])
        await asyncio.gather(show.book("ada", payments), return_exceptions=True)
        self.assertEqual(await show.book("grace", payments), "A1")
