"""The day's exchange rates, as their service publishes them."""

import json
import os
from urllib.request import urlopen


def rates():
    with urlopen(os.environ["RATES_URL"], timeout=5) as response:
        return json.load(response)


def convert(euros, currency):
    return round(euros * rates()[currency], 2)
