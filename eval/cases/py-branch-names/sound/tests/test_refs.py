import unittest

from release_notes.refs import short_name


class ShortNameTest(unittest.TestCase):
    def test_branch(self):
        self.assertEqual(short_name("refs/heads/main"), "main")

    def test_tag(self):
        self.assertEqual(short_name("refs/tags/v1.2"), "v1.2")

    def test_other_refs_stay(self):
        self.assertEqual(short_name("refs/remotes/origin/main"), "refs/remotes/origin/main")
