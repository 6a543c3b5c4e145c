import unittest

from probe.client import is_well
from tests.service import Service


class ClientTest(unittest.TestCase):
    def test_a_service_that_is_well(self):
        with Service() as port:
            self.assertTrue(is_well(port))
