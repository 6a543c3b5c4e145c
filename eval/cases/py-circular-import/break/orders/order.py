"""One order."""

from orders.customer import Customer
from orders.labels import plural

class Order:
    def __init__(self, article, quantity, customer):
        if quantity < 1:
            raise ValueError("an order is for one piece at least")
        self.article = article
        self.quantity = quantity
        self.customer = customer

    def __str__(self):
        words = f"{self.quantity} {plural(self.article, self.quantity)}"
        return f"{words} for {self.customer}" if isinstance(self.customer, Customer) else words
