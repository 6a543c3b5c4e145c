"""Asks the warehouse what is in stock."""

import json
import os
from urllib.request import urlopen

TIMEOUT_SECONDS = 2


def in_stock(article):
    with urlopen(f"{os.environ['WAREHOUSE_URL']}/stock/{article}", timeout=TIMEOUT_SECONDS) as response:
        return json.load(response)["count"]
