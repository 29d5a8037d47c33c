"""SIGHUP, again and again, while mail comes: the new config is in force or the old one stays, nothing is dropped, and no
descriptor or thread is left behind. LEADMAIL_RELOADS says how often (24); a fifth of the configs are broken."""

import itertools
import os
import pathlib
import signal
import unittest

from story import Story
from world import World

RELOADS = int(os.environ.get("LEADMAIL_RELOADS", "24"))
BROKEN = (
    "this is no TOML\n",
    '[company]\nname = "Acme"\nname = "twice"\n',
    '[[assign]]\nname = "nobody knows him"\nto = { user = "nobody" }\n',
    "\ufeff[store\n",
    "[limits]\nno_such_key = 1\n",
)


def held(pid):
    """Descriptors and threads that a process has."""
    process = pathlib.Path(f"/proc/{pid}")
    return len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))


class Reload(Story):
    settings = {"acknowledge": True}
    running = False

    def reload(self, config, expected):
        """Puts the config in place and tells the daemon; returns once it has said what it made of it."""
        before = self.said(expected)
        # As editors and configuration tools do it: nobody ever sees half a file.
        fresh = self.leadmail.config.with_suffix(".new")
        fresh.write_text(config, encoding="utf-8")
        fresh.rename(self.leadmail.config)
        self.leadmail.daemon.send_signal(signal.SIGHUP)
        self.mail.wait_for(lambda: self.said(expected) > before, what=f"{expected} in the log")

    def said(self, log_id):
        return self.leadmail.log.read_text(encoding="utf-8").count(f">{log_id}: ")

    def test_nothing_is_dropped_and_nothing_left_behind(self):
        good = self.leadmail.config.read_text(encoding="utf-8")
        other = good.replace('name = "all to Ana"', 'name = "still all to Ana"')
        broken = itertools.cycle(BROKEN)
        self.leadmail.start()
        self.reload(other, "reloaded")
        # As much as it needs at most: workers are there, and a connection by which mail leaves.
        self.inquiry()
        before = held(self.leadmail.daemon.pid)
        with World.writes(self) as world:
            for number in range(RELOADS):
                if number % 5 == 4:
                    self.reload(next(broken), "reload-refused")
                    self.assertIsNone(self.leadmail.daemon.poll(), "a broken config ended the daemon")
                else:
                    self.reload(good if number % 2 else other, "reloaded")
            self.reload(good, "reloaded")
        self.mail.wait_for(lambda: len(self.leadmail.leads()) > len(world.inquiries), 60, "all leads")
        self.settled()
        # Connections that mail needed close by themselves after a while.
        self.mail.wait_for(lambda: held(self.leadmail.daemon.pid) <= before, 60, f"no more than {before}")
        after = held(self.leadmail.daemon.pid)
        self.leadmail.stop()
        world.settle()
        world.check()
        print(f"reloads: {RELOADS} of which {RELOADS // 5} broken, {len(world.inquiries)} inquiries; descriptors and threads {before} -> {after}")

    def tearDown(self):
        if self.leadmail.daemon is not None:
            self.leadmail.stop()


if __name__ == "__main__":
    unittest.main()
