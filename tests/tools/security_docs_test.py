"""What docs/security.md calls proved is: each test that it names exists, and each hostile case stands there once. And
docs/reliability.md tells of every figure that script/faults can show, and of no other."""

import collections
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "security.md"
RELIABILITY = ROOT / "docs" / "reliability.md"
CASES = """
C01 C02 C03 C04 D01 D03 N01 N03 N05 N06 I01 I02 I03 I04 I06 I07 I09 I10 I11 I13 I15 I16 T01 T02 T04 M01 M02 M04 M06 M07
M08 M11 M13 A01 A02 A03 A05 A07 A08 A09 A11 A12 A13 L01 L02 L04 L05 L06 O01 O03 O05 O08 R01 R02 R03 X01 X03 S01 S02 S03
P01 P02
""".split()


def tests_of_the_tree():
    """Suite.Name of gtest, Class.test_name of Python, and the fuzz targets."""
    found = {path.stem for path in (ROOT / "tests" / "fuzz").glob("*_fuzz.cc")}
    for path in (ROOT / "tests").rglob("*_test.cc"):
        text = path.read_text(encoding="utf-8")
        found.update(".".join(names) for names in re.findall(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", text, re.MULTILINE))
    for path in (ROOT / "tests").rglob("*_test.py"):
        name = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"class (\w+)", line):
                name = match[1]
            elif match := re.match(r"    def (test_\w+)", line):
                found.add(f"{name}.{match[1]}")
    return found


def rows():
    """The rows of all tables, as lists of cells, without headings."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for before, line in zip(lines, lines[1:] + [""]):
        if before.startswith("| ") and not line.startswith("|---"):
            yield [cell.strip() for cell in before.strip("|").split("|")]


def proofs(row):
    return re.findall(r"`([A-Z]\w*\.\w+|\w+_fuzz)`", row[-1])


class SecurityPage(unittest.TestCase):
    def test_every_test_that_it_names_exists(self):
        known = tests_of_the_tree()
        self.assertGreater(len(known), 1000)
        named = [name for row in rows() for name in proofs(row)]
        self.assertGreater(len(named), 150)
        self.assertEqual(sorted({name for name in named if name not in known}), [])

    def test_every_hostile_case_is_there_once_with_its_proof(self):
        of_cases = [row for row in rows() if re.fullmatch(r"[A-Z]\d\d", row[0])]
        self.assertEqual(collections.Counter(row[0] for row in of_cases), collections.Counter(CASES))
        for row in of_cases:
            self.assertEqual(len(row), 4, row)
            self.assertTrue(proofs(row), row)

    def test_every_file_that_it_names_exists(self):
        named = set(re.findall(r"`((?:core|daemon|mail|tests|script|systemd)/[\w/.]+)`", PAGE.read_text(encoding="utf-8")))
        self.assertGreater(len(named), 10)
        self.assertEqual([name for name in sorted(named) if not (ROOT / name).exists()], [])


class ReliabilityPage(unittest.TestCase):
    def test_it_tells_of_every_figure(self):
        sys.path.insert(0, str(ROOT / "tests" / "faults"))
        import faults

        told = RELIABILITY.read_text(encoding="utf-8").partition("## Figures")[2].partition("###")[0]
        named = re.findall(r"^\| (\w+) \|", told, re.MULTILINE)[1:]
        self.assertEqual(named, [figure.name for figure in faults.FIGURES])

    def test_every_test_and_file_that_it_names_exists(self):
        text, known = RELIABILITY.read_text(encoding="utf-8"), tests_of_the_tree()
        tests = re.findall(r"`([A-Z]\w*\.[A-Za-z]\w+)`", text)
        files = re.findall(r"`((?:core|tests|script)/[\w/]+(?:\.\w+)?)", text)
        self.assertGreater(min(len(tests), len(files)), 3)
        self.assertEqual([name for name in tests if name not in known], [])
        self.assertEqual([name for name in files if not (ROOT / name).exists()], [])


if __name__ == "__main__":
    unittest.main()
