"""Rows → a report, a line a row."""


def text(rows):
    return "".join(f"{name};{count}\n" for name, count in rows)


def write(rows, file):
    with open(file, "w", encoding="utf-8") as out:
        out.write(text(rows))
