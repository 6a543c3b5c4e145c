"""One order."""

from orders.labels import plural


class Order:
    def __init__(self, article, quantity, customer):
        if quantity < 1:
            raise ValueError("an order is for one piece at least")
        self.article = article
        self.quantity = quantity
        self.customer = customer

    def __str__(self):
        return f"{self.quantity} {plural(self.article, self.quantity)}"
