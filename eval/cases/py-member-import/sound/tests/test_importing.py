import unittest

from members.importing import ListUnusable, import_members


class ImportTest(unittest.TestCase):
    def test_names_and_numbers(self):
        self.assertEqual(import_members(b"number;name\n7;Ada\n8; Grace \n"), [(7, "Ada"), (8, "Grace")])

    def test_a_byte_order_mark_is_passed_over(self):
        data = "\ufeffnumber;name\n9;J\u00f6rg\n".encode()
        self.assertEqual(import_members(data), [(9, "J\u00f6rg")])

    def test_a_list_without_names_is_refused(self):
        with self.assertRaises(ListUnusable):
            import_members(b"number\n7\n")
