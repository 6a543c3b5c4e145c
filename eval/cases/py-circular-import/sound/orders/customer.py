"""A customer and what the customer has ordered."""

from orders.order import Order


class Customer:
    def __init__(self, name):
        self.name = name
        self.orders = []

    def place(self, article, quantity=1):
        order = Order(article, quantity, self)
        self.orders.append(order)
        return order

    def __str__(self):
        return self.name
