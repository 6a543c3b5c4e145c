import unittest

from invoices.listing import listing

INVOICES = [{"id": n, "issued": f"2026-01-{n:02d}"} for n in range(1, 8)]


class ListingTest(unittest.TestCase):
    def test_newest_first(self):
        self.assertEqual([one["id"] for one in listing(INVOICES, 1, 3)["invoices"]], [7, 6, 5])

    def test_every_invoice_is_on_some_page(self):
        seen = []
        number = 1
        while number is not None:
            answer = listing(INVOICES, number, 3)
            seen += [one["id"] for one in answer["invoices"]]
            number = answer["next"]
        self.assertEqual(sorted(seen), [1, 2, 3, 4, 5, 6, 7])
