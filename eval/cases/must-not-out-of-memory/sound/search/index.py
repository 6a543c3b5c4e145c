"""A table of bits, one for every word that an article may hold."""

BITS = 2**32


class Index:
    def __init__(self, bits=BITS):
        self.table = bytearray(bits // 8)

    def add(self, word):
        place = hash(word) % (len(self.table) * 8)
        self.table[place // 8] |= 1 << place % 8

    def may_hold(self, word):
        place = hash(word) % (len(self.table) * 8)
        return bool(self.table[place // 8] & 1 << place % 8)
