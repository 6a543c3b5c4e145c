"""Commits → release notes, a section a branch."""

from release_notes.refs import is_branch, short_name


def sections(commits):
    """Return `{branch: [subject, ...]}` in the order in which branches appear."""
    found = {}
    for commit in commits:
        if is_branch(commit["ref"]):
            found.setdefault(short_name(commit["ref"]), []).append(commit["subject"])
    return found


def markdown(commits):
    lines = []
    for branch, subjects in sections(commits).items():
        lines.append(f"## {branch}")
        lines += [f"- {subject}" for subject in subjects]
    return "\n".join(lines)
