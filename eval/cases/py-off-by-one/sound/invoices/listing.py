"""The invoice list as the API answers it."""

from invoices.paging import PAGE_SIZE, page, page_count


def listing(invoices, number=1, size=PAGE_SIZE):
    ordered = sorted(invoices, key=lambda invoice: invoice["issued"], reverse=True)
    pages = page_count(len(ordered), size)
    return {
        "invoices": page(ordered, number, size),
        "page": number,
        "pages": pages,
        "next": number + 1 if number < pages else None,
    }
