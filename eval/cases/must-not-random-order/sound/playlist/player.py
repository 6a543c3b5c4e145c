"""Plays songs in random order."""

import random


def shuffled(songs, source=None):
    """Return the songs in a random order, each once; every order is as likely as any other."""
    order = list(songs)
    (source or random).shuffle(order)
    return order
