import unittest
from pathlib import Path

from reviews.teaser import teaser

REVIEWS = (Path(__file__).parent / "reviews.txt").read_text(encoding="utf-8").splitlines()


class TeaserTest(unittest.TestCase):
    def test_short_reviews_stay(self):
        self.assertEqual(teaser("Good tea."), "Good tea.")

    def test_teasers_fit(self):
        for review in REVIEWS:
            self.assertLessEqual(len(teaser(review)), 40, f"too long for: {review}")
