import unittest

from catalogue.formats import is_known


class FormatsTest(unittest.TestCase):
    def test_json(self):
        self.assertTrue(is_known("JSON"))
