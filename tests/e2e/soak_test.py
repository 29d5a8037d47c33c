"""Hours in short: much mail, while connections are cut, servers refuse, parsers die and configs are read again. What the
daemon holds stays as it is, and everything is accounted for. LEADMAIL_SOAK says how many seconds (10); 480 and more show
what grows slowly."""

import contextlib
import os
import pathlib
import random
import signal
import subprocess
import threading
import time
import unittest

from product import workers
from story import Story
from world import World

SECONDS = float(os.environ.get("LEADMAIL_SOAK", "10"))
RATE = float(os.environ.get("LEADMAIL_SOAK_RATE", "50"))  # mails a second
WARM = 120  # seconds until what is kept for the next mail is there
MORE_MEMORY, LONGEST_LOG = 2.0, 64.0  # MiB


class Soak(Story):
    settings = {"acknowledge": True}
    postfix = False
    kicked = 0

    def trouble(self, end):
        """One misfortune after the other, each of another kind."""
        dice = random.Random(19)
        exchange, daemon = self.mail.exchange, self.leadmail.daemon
        while not end.wait(0.5):
            match dice.randrange(5):
                case 0:
                    exchange.fault("*", "rcpt", "451 4.3.0 later", times=3)
                case 1:
                    exchange.fault("*", dice.choice(("drop-before-reply", "drop-after-reply", "lose")))
                case 2:
                    if parsers := list(workers(daemon.pid)):
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(dice.choice(parsers), signal.SIGKILL)
                case 3:
                    daemon.send_signal(signal.SIGHUP)
                case 4:
                    self.cut_imap()

    def cut_imap(self):
        """The server ends every session of ours; exit status 68 of doveadm-kick(1): there was none."""
        words = ["doveadm", "-c", self.mail.dir / "dovecot.conf", "kick", self.mail.address("sales")]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        self.kicked += done.returncode == 0

    def sample(self):
        process = pathlib.Path(f"/proc/{self.leadmail.daemon.pid}")
        status = dict(line.split(":", 1) for line in (process / "status").read_text(encoding="ascii").splitlines())
        log = self.leadmail.folder / "leadmail.db-wal"
        return {
            "memory": int(status["VmRSS"].split()[0]) / 1024,
            "descriptors": len(list((process / "fd").iterdir())),
            "log": log.stat().st_size / 2**20 if log.exists() else 0.0,
        }

    def test_what_it_holds_does_not_grow_and_nothing_is_lost(self):
        self.inquiry()
        samples, began, end = [], time.monotonic(), threading.Event()
        before = self.sample()
        troubles = threading.Thread(target=self.trouble, args=(end,))
        troubles.start()
        try:
            with World.writes(self, mails_a_second=RATE, answers_each=25) as world:
                while (at := time.monotonic() - began) < SECONDS:
                    samples.append((at, self.sample()))
                    time.sleep(min(1.0, SECONDS / 10))
        finally:
            end.set()
            troubles.join()
        self.mail.exchange.no_faults()
        self.mail.wait_for(lambda: len(self.leadmail.leads()) > len(world.inquiries), 600, "all leads")
        self.assertLessEqual(max(sample["log"] for _, sample in samples), LONGEST_LOG)
        self.mail.wait_for(lambda: self.sample()["descriptors"] <= before["descriptors"], 90, f"descriptors as before: {before}")
        warm = [sample["memory"] for at, sample in samples if at >= WARM]
        growth = max(warm[-10:]) - max(warm[:10]) if len(warm) > 20 else 0.0
        self.assertLessEqual(growth, MORE_MEMORY, samples[:: max(1, len(samples) // 20)])
        self.assertGreater(self.kicked, 0)
        self.leadmail.stop()
        world.settle()
        world.check()
        print(
            f"soak: {SECONDS:.0f} s, {len(world.inquiries)} inquiries ({len(world.inquiries) / SECONDS:.0f}/s); after {WARM} s memory"
            f" {growth:+.1f} MiB, descriptors {before['descriptors']} -> {self.sample()['descriptors']},"
            f" longest log {max(sample['log'] for _, sample in samples):.1f} MiB"
        )


if __name__ == "__main__":
    unittest.main()
