"""How long nobody looks after a crash: from the start to READY=1, with a full book, after a kill -9 at any moment. Mail comes
meanwhile, and in some lives a folder is taken in at full speed, so that the log of the database is long when it is cut.
LEADMAIL_STARTS says how many messages the book holds (2000); from 20,000 on it is killed 200 times, else 10."""

import contextlib
import os
import random
import statistics
import subprocess
import time
import unittest

import history
from story import Story
from world import World

MESSAGES = int(os.environ.get("LEADMAIL_STARTS", "2000"))
KILLS = 200 if MESSAGES >= 20000 else 10
AT_FULL_SPEED = 5  # each fifth life
FOLDER = 1500  # mails
GOAL = 1.0  # seconds, p99


class Starts(Story):
    settings = {"extra": '\n[daemon]\nlog_level = "warning"\n'}
    running = False
    postfix = False
    longest_log = 0  # bytes of the database's log when it was cut

    def take_in(self, folder):
        """leadmail ingest --silent, by the daemon if it runs."""
        words = [self.leadmail.build / "leadmail", "--config", self.leadmail.config, "ingest", "--silent", folder]
        return self.mail.guard(
            subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        )

    def folder(self, name, count, seed):
        place = self.mail.dir / name
        history.lay_down(place, history.raws(count, seed), count)
        return place

    def life(self, number, dice):
        """One start, some work, one kill. Returns the seconds to READY=1."""
        began = time.monotonic()
        self.leadmail.start()
        took = time.monotonic() - began
        taking = None
        if number % AT_FULL_SPEED == 0:
            taking = self.take_in(self.folder(f"burst{number}", FOLDER, seed=10_000 + number))
        time.sleep(dice.uniform(0.0, 0.8 if taking is None else 2.5))
        self.leadmail.kill()
        if taking is not None:  # at once, or it would go on by itself and leave nothing to mend
            taking.kill()
            taking.wait()
        with contextlib.suppress(FileNotFoundError):
            self.longest_log = max(self.longest_log, (self.leadmail.folder / "leadmail.db-wal").stat().st_size)
        return took

    def test_after_a_kill_it_is_ready_within_a_second(self):
        began = time.monotonic()
        self.assertEqual(self.take_in(self.folder("book", MESSAGES, seed=7)).wait(), 0)
        print(f"{MESSAGES} mails taken in, {time.monotonic() - began:.0f} s", flush=True)
        dice = random.Random(1)
        with World.writes(self, mails_a_second=5.0):
            took = sorted(self.life(number, dice) for number in range(1, KILLS + 1))
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        stored = self.leadmail.one("status")["messages"]
        self.assertGreaterEqual(stored, MESSAGES)
        self.leadmail.tool("verify", timeout=600)  # or it fails
        p99 = took[max(0, -(-len(took) * 99 // 100) - 1)]
        print(
            f"starts: {stored} messages, {KILLS} kills: median {statistics.median(took):.3f} s, p99 {p99:.3f} s,"
            f" longest {took[-1]:.3f} s; the database's log was up to {self.longest_log / 2**20:.0f} MiB"
        )
        self.assertLessEqual(p99, GOAL)


if __name__ == "__main__":
    unittest.main()
