import unittest

from boxoffice.booking import Show, SoldOut
from boxoffice.payments import PaymentRefused, Payments


class BookingTest(unittest.IsolatedAsyncioTestCase):
    async def test_one_after_the_other(self):
        show = Show(["A1", "A2"])
        self.assertEqual(await show.book("ada", Payments()), "A1")
        self.assertEqual(await show.book("grace", Payments()), "A2")

    async def test_sold_out(self):
        show = Show([])
        with self.assertRaises(SoldOut):
            await show.book("ada", Payments())

    async def test_a_refused_payment_keeps_the_seat_free(self):
        show = Show(["A1"])
        with self.assertRaises(PaymentRefused):
            await show.book("ada", Payments(refuses=["ada"]))
        self.assertEqual(show.free, ["A1"])
