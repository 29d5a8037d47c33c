"""The systemd unit stays as tight as it is."""

import pathlib
import re
import shutil
import subprocess
import unittest

UNIT = pathlib.Path(__file__).resolve().parent.parent.parent / "systemd" / "leadmaild.service"


class Unit(unittest.TestCase):
    def test_its_exposure_is_at_most_1_1(self):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("systemd-analyze is not installed")
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT],
            text=True,
            capture_output=True,
            check=False,
        )
        level = re.search(r"exposure level for \S+: ([0-9.]+)", done.stdout)
        self.assertIsNotNone(level, done.stdout + done.stderr)
        print(f"exposure: {level[1]}")
        self.assertLessEqual(float(level[1]), 1.1)


if __name__ == "__main__":
    unittest.main()
