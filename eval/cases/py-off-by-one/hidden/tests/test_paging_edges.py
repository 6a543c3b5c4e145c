import unittest

from invoices.listing import listing
from invoices.paging import PageNotFound, page, page_count


class PagingEdgesTest(unittest.TestCase):
    def test_counts_around_a_full_page(self):
        self.assertEqual([page_count(total, 3) for total in range(0, 8)], [1, 1, 1, 1, 2, 2, 2, 3])

    def test_the_last_page_holds_the_rest(self):
        self.assertEqual(page(list("abcdefg"), 3, 3), ["g"])

    def test_no_page_too_many(self):
        with self.assertRaises(PageNotFound):
            page(list("abcdef"), 3, 3)
        self.assertIsNone(listing([{"issued": "x"}] * 6, 2, 3)["next"])
