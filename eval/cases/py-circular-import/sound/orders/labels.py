"""Words on labels and lists."""


def plural(word, count):
    return word if count == 1 else f"{word}s"
