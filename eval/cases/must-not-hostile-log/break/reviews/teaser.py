"""A review → its first words."""


def teaser(review, most=40):
    """Return whole words of the review, at most so many characters, with an ellipsis where something was left out."""
    if len(review) <= most:
        return review
    return review[: most + 40].rsplit(" ", 1)[0] + "…"
