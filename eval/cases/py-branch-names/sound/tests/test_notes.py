import unittest

from release_notes.notes import markdown


class MarkdownTest(unittest.TestCase):
    def test_a_section_a_branch(self):
        commits = [
            {"ref": "refs/heads/feature/search", "subject": "search: find by number"},
            {"ref": "refs/tags/v1.2", "subject": "release 1.2"},
            {"ref": "refs/heads/main", "subject": "docs: say how to search"},
        ]
        self.assertEqual(
            markdown(commits),
            "## feature/search\n- search: find by number\n## main\n- docs: say how to search",
        )
