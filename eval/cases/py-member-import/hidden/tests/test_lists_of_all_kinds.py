import unittest

from members.importing import import_members

NAMES = ["M\u00fcller", "\u00c5sa", "Zo\u00eb", "Ren\u00e9e", "Stra\u00dfer"]


def listed(names):
    return "number;name\n" + "".join(f"{n};{name}\n" for n, name in enumerate(names))


class ListsOfAllKindsTest(unittest.TestCase):
    def test_latin_1(self):
        self.assertEqual([name for _, name in import_members(listed(NAMES).encode("latin-1"))], NAMES)

    def test_utf_8(self):
        names = [*NAMES, "\u0141ukasz", "\u5c71\u7530"]
        self.assertEqual([name for _, name in import_members(listed(names).encode())], names)

    def test_utf_8_with_a_mark(self):
        self.assertEqual([name for _, name in import_members(listed(NAMES).encode("utf-8-sig"))], NAMES)

    def test_nothing(self):
        self.assertEqual(import_members(b"number;name\n"), [])
