import unittest

from slugs.slug import slugify


class SlugifyTest(unittest.TestCase):
    def test_words(self):
        self.assertEqual(slugify("Green Tea, hot"), "green-tea-hot")
