"""Git refs: `refs/heads/main`, `refs/tags/v1.2`, `refs/remotes/origin/main`."""

HEADS = "refs/heads/"
TAGS = "refs/tags/"


def is_branch(ref):
    return ref.startswith(HEADS)


def short_name(ref):
    """Return the name that people use: `main`, `v1.2`; other refs stay as they are."""
    for prefix in (HEADS, TAGS):
        if ref.startswith(prefix):
            return ref[len(prefix) :]
    return ref
