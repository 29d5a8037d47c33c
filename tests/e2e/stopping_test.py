"""SIGTERM, as a restart or an upgrade sends it: quick when there is nothing to wait for, never longer than systemd waits,
and nothing is lost or doubled by it. LEADMAIL_STOPS says how many (10)."""

import os
import random
import signal
import threading
import time
import unittest

import letters
from story import Story
from world import World

STOPS = int(os.environ.get("LEADMAIL_STOPS", "10"))
QUICK, PATIENT = 2.0, 30.0  # seconds; docs/operations.md


class Stopping(Story):
    settings = {"acknowledge": True}
    running = False

    def test_stops_under_load_are_quick_and_lose_nothing(self):
        dice, took = random.Random(7), []
        with World.writes(self) as world:
            for _ in range(STOPS):
                self.leadmail.start()
                time.sleep(dice.uniform(0.05, 1.0))
                took.append(self.leadmail.stop())
        world.settle()
        world.check()
        self.assertLessEqual(max(took), PATIENT)
        self.assertLessEqual(sorted(took)[len(took) // 2], QUICK)
        print(f"stops under load: {STOPS}, median {sorted(took)[len(took) // 2]:.2f} s, longest {max(took):.2f} s")

    def test_an_idle_daemon_stops_at_once(self):
        took = []
        for _ in range(3):
            self.leadmail.start()
            took.append(self.leadmail.stop())
        self.assertLessEqual(max(took), QUICK)
        print(f"idle stops: longest {max(took):.2f} s")


    def test_a_second_sigterm_changes_nothing(self):
        for pause in (0, 0.002, 0.02):
            self.leadmail.start()
            self.leadmail.daemon.send_signal(signal.SIGTERM)
            time.sleep(pause)
            self.assertLessEqual(self.leadmail.stop(), QUICK)  # status 0, or it fails


class StoppingInData(Story):
    """A server that has all of a mail and does not answer."""

    settings = {"acknowledge": False}
    running = False
    postfix = False

    def test_a_send_that_waits_for_its_reply_is_cut_and_its_fate_is_shown_as_unknown(self):
        held, let_go = threading.Event(), threading.Event()

        def on_step(name, session, _mail):
            if name != "dot" or session.login != self.mail.address("sales") or let_go.is_set():
                return False
            held.set()
            let_go.wait(60)
            return True

        self.mail.exchange.on_step = on_step
        self.leadmail.start()
        self.prospect_writes(letters.write(("Eva", "eva@far.example"), "sales@acme.example", "Pumps", "How much?"))
        self.assertTrue(held.wait(20))
        took = self.leadmail.stop()
        let_go.set()
        self.assertLessEqual(took, PATIENT)
        print(f"stop while a server has the mail and does not answer: {took:.2f} s")

        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        (entry,) = [row for row in self.leadmail.tool("outbox", "list") if row["kind"] == "notice"]
        self.assertEqual(entry["recipients"][0]["state"], "unknown", entry)
        self.assertEqual(entry["recipients"][0]["times_unknown"], 1)


if __name__ == "__main__":
    unittest.main()
