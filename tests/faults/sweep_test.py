"""A sample of each sweep (sweep.py). The whole of them is script/faults."""

import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("mailsystem", "e2e"):
    sys.path.insert(0, str(HERE.parent / folder))

from product import build_option  # noqa: E402

OWN_ALLOCATOR = unittest.skipIf(build_option("LEADMAIL_SANITIZE"), "a sanitizer has an allocator of its own")


class Sweeps(unittest.TestCase):
    def sweep(self, *words):
        self.run_tool("sweep.py", *words)

    def run_tool(self, name, *words):
        done = subprocess.run([sys.executable, HERE / name, *words], capture_output=True, text=True, check=False)
        print(done.stdout.splitlines()[-1] if done.stdout else "", flush=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_nothing_is_lost_or_doubled_wherever_the_daemon_is_killed(self):
        self.sweep("kill", "--every", "110")

    def test_nothing_is_lost_or_doubled_whichever_call_fails(self):
        self.sweep("fail", "--every", "230")

    def test_a_daemon_that_gets_a_thread_less_ends_and_does_not_wait_for_it(self):
        self.sweep("fail", "--only", "clone3")

    def test_nothing_is_lost_or_doubled_wherever_the_daemon_is_stopped(self):
        self.sweep("stop", "--every", "200")

    @OWN_ALLOCATOR
    def test_nothing_is_lost_or_doubled_wherever_there_is_no_memory(self):
        self.sweep("new", "--every", "300")
        self.sweep("malloc", "--every", "300")

    @OWN_ALLOCATOR
    def test_a_reader_without_memory_ends_or_reads_the_same(self):
        self.run_tool("starved.py", "--every", "400", "--count", "5", "--each", "1")


if __name__ == "__main__":
    unittest.main()
