import os
import unittest

from report.writing import text, write


class WritingTest(unittest.TestCase):
    def test_rows(self):
        self.assertTrue(text([("tea", 3)]).endswith("tea;3\n"))

    def test_a_report_of_many_rows(self):
        write([("tea", n) for n in range(5000)], os.environ["REPORT_FILE"])
