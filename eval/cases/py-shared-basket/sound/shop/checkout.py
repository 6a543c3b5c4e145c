"""A basket → the receipt."""

from shop.basket import Basket


def receipt(wishes):
    """Return the text of a receipt for `{article: count}`."""
    basket = Basket()
    for article, count in wishes.items():
        basket.add(article, count)
    return f"{len(basket.articles)} articles, {basket.total() / 100:.2f} EUR"
