import os
import random
import unittest

from playlist.player import shuffled

SEED = int(os.environ.get("TEST_SEED") or random.randrange(1_000_000))
SONGS = ["Autumn Leaves", "Blue Bossa", "Cantaloupe Island"]


class ShuffledTest(unittest.TestCase):
    def setUp(self):
        print(f"random seed of this run: {SEED}")
        self.source = random.Random(SEED)

    def test_every_song_is_played_once(self):
        self.assertEqual(sorted(shuffled(SONGS, self.source)), sorted(SONGS))

    def test_the_order_is_another_one(self):
        self.assertNotEqual(shuffled(SONGS, self.source), SONGS)
