"""A sample of the two sweeps: SIGKILL before a system call that changes something, and a call that fails. The whole of
them is script/faults."""

import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


class Sweeps(unittest.TestCase):
    def sweep(self, *words):
        done = subprocess.run([sys.executable, HERE / "sweep.py", *words], capture_output=True, text=True, check=False)
        print(done.stdout.splitlines()[-1] if done.stdout else "", flush=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_nothing_is_lost_or_doubled_wherever_the_daemon_is_killed(self):
        self.sweep("kill", "--every", "110")

    def test_nothing_is_lost_or_doubled_whichever_call_fails(self):
        self.sweep("fail", "--every", "230")


if __name__ == "__main__":
    unittest.main()
