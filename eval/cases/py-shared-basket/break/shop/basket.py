"""What somebody is about to buy."""

from shop.prices import price


class Basket:
    def __init__(self, articles=[]):
        """Start with some articles: a wish list, or an earlier order."""
        self.articles = articles

    def add(self, article, count=1):
        price(article)
        self.articles.extend([article] * count)

    def total(self):
        return sum(price(article) for article in self.articles)
