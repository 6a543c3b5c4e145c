import unittest

from pricing.service import answer


class ServiceTest(unittest.TestCase):
    def test_discounted(self):
        self.assertEqual(answer("price=80&discount=10"), {"price": 72.0})

    def test_discount_is_optional(self):
        self.assertEqual(answer("price=80"), {"price": 80.0})


if __name__ == "__main__":
    unittest.main()
