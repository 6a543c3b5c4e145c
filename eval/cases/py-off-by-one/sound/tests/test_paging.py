import unittest

from invoices.paging import PageNotFound, page, page_count


class PageCountTest(unittest.TestCase):
    def test_full_pages(self):
        self.assertEqual(page_count(50, 25), 2)

    def test_nothing_is_one_page(self):
        self.assertEqual(page_count(0, 25), 1)


class PageTest(unittest.TestCase):
    def test_first_page(self):
        self.assertEqual(page(["a", "b", "c", "d"], 1, 2), ["a", "b"])

    def test_beyond_the_end(self):
        with self.assertRaises(PageNotFound):
            page(["a", "b"], 2, 2)
