import unittest

from release_notes.refs import short_name


class NamesThatLookLikePrefixesTest(unittest.TestCase):
    def test_letters_of_the_prefix_stay(self):
        for name in ("ads", "shared/reader", "tags", "fresh", "feature/heads", "refs/heads/odd"):
            self.assertEqual(short_name(f"refs/heads/{name}"), name)

    def test_tags_too(self):
        for name in ("tags", "stage-1", "refs/heads/x"):
            self.assertEqual(short_name(f"refs/tags/{name}"), name)

    def test_others_stay(self):
        self.assertEqual(short_name("heads/main"), "heads/main")
        self.assertEqual(short_name("refs/notes/commits"), "refs/notes/commits")
