"""Every link of README.md and docs/*.md leads somewhere: the file is there, and the heading that it names."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def without_code(text):
    """Blocks and inline code may look like links."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page):
    """Names of its headings as forges make them: lower case, hyphens for blanks, no signs; a second one gets -1."""
    found = set()
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for heading in re.findall(r"^#{1,6} +(.*?)\s*$", text, re.MULTILINE):
        name = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-")
        number = 0
        while name + (f"-{number}" if number else "") in found:
            number += 1
        found.add(name + (f"-{number}" if number else ""))
    return found


def fault(page, target):
    """What is wrong with a link on that page; None when nothing is."""
    if re.match(r"[a-z]+:", target):
        return None if target.startswith(("https://", "mailto:")) else "neither https nor of the tree"
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return "no such file"
    if ROOT not in file.parents and file != ROOT:
        return "outside the tree"
    if anchor and anchor not in anchors(file):
        return f"no such heading; there are {sorted(anchors(file))}"
    return None


class Links(unittest.TestCase):
    def test_each_leads_somewhere(self):
        links = 0
        for page in PAGES:
            for target in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
                links += 1
                with self.subTest(page=page.name, target=target):
                    self.assertIsNone(fault(page, target))
        self.assertGreater(links, 10)

    def test_each_page_that_a_text_names_is_there(self):
        for page in PAGES:
            for name in re.findall(r"\bdocs/[\w./-]+\.md\b", page.read_text(encoding="utf-8")):
                with self.subTest(page=page.name, name=name):
                    self.assertTrue((ROOT / name).exists())

    def test_a_dead_one_is_found(self):
        page = ROOT / "docs" / "operations.md"
        self.assertIsNotNone(fault(page, "no-such-page.md"))
        self.assertIsNotNone(fault(page, "operations.md#no-such-heading"))
        self.assertIsNotNone(fault(page, "http://example.com/"))
        self.assertIsNone(fault(page, "operations.md#looking"))


if __name__ == "__main__":
    unittest.main()
