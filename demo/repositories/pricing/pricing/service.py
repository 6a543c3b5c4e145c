"""GET /price?price=80&discount=10 answers with the price after the discount."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from pricing.calc import calc


def answer(query):
    values = parse_qs(query)
    price = float(values.get("price", ["0"])[0])
    discount = float(values.get("discount", ["0"])[0])
    return {"price": calc(price, discount)}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(answer(urlparse(self.path).query)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("", 8080), Handler).serve_forever()
