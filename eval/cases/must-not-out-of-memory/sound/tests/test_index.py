import unittest

from search.index import Index


class IndexTest(unittest.TestCase):
    def test_words_are_found_again(self):
        index = Index()
        index.add("tea")
        self.assertTrue(index.may_hold("tea"))
