"""SIGKILL at every step of many sends, through a server that also drops connections before and after its 250.

The oracle is what the server took, beside what the outbox says. As long as nothing was sent again on purpose, each mail
was taken exactly once or is shown as unknown; after that, twice only what was unknown, with the same bytes; none is lost.
LEADMAIL_SENDS says how many mails (60); 1,000 take some minutes.
"""

import collections
import datetime
import itertools
import os
import random
import threading
import time
import unittest

import accounting
import letters
from story import Story

SENDS = int(os.environ.get("LEADMAIL_SENDS", "60"))
AT_ONCE = 6  # mails on their way, so that a kill finds some that wait
STEPS = ("auth", "mail", "rcpt", "data", "body", "dot", "taken", "replied")
KILLS = [("kill", step) for step in STEPS]
DROPS = [("drop", step) for step in ("data", "body", "dot", "taken", "replied")]
TIMED = [("kill soon after", "replied")] * 3 + [("kill soon after", "auth"), ("kill soon after", "taken")]


class Faults:
    """Arms one fault at a time and carries it out when the conversation comes to its step."""

    def __init__(self, leadmail, login):
        self.leadmail, self.login = leadmail, login
        self.plan, self.dice = itertools.cycle(KILLS + TIMED + DROPS), random.Random(1047)
        self.armed, self.struck, self.done = None, threading.Event(), collections.Counter()
        self.parked = 0  # mails that the server has not taken and that are not tried again for a minute or more

    def arm(self):
        self.struck.clear()
        self.armed = next(self.plan)

    def on_step(self, name, session, _mail):
        if session.login != self.login or self.armed is None or self.armed[1] != name:
            return False
        (what, step), self.armed = self.armed, None
        self.done[f"{what} {step}"] += 1
        self.parked += step == "dot" or (what == "drop" and step in ("data", "body"))
        if what == "kill soon after":
            threading.Timer(self.dice.uniform(0.0, 0.02), self.kill).start()
            return False
        if what == "kill":
            self.kill()
        else:
            self.struck.set()
        return what == "drop"

    def kill(self):
        daemon = self.leadmail.daemon
        if daemon is not None:
            daemon.kill()
        self.struck.set()


class Sends(Story):
    settings = {"acknowledge": True}
    running = False
    postfix = False

    def setUp(self):
        self.taken = collections.defaultdict(list)  # (Message-ID, address): bytes, as the server answered for them
        self.inquiries, self.answered = [], set()
        exchange, accept = self.mail.exchange, self.mail.exchange.accept
        self.login = self.mail.address("sales")

        def count(mail):
            refusal = accept(mail)
            if mail.login == self.login and not refusal:
                for recipient in mail.recipients:
                    self.taken[mail.message_id.strip("<>"), recipient.lower()].append(mail.raw)
            return refusal

        exchange.accept = count
        self.faults = Faults(self.leadmail, self.login)
        exchange.on_step = self.faults.on_step

    def test_each_mail_is_taken_once_or_its_fate_is_shown_as_unknown(self):
        began = time.monotonic()
        self.send_through_faults()
        self.faults.armed = None
        self.run_until_settled()
        first = self.account("before anything is sent again", again=True)
        self.assertEqual(first["complaints"], [])

        self.resolve_what_is_unknown()
        second = self.account("when what was unknown has been resolved", again=False)
        self.assertEqual(second["complaints"], [])
        self.assertEqual(accounting.check(self.mail, self.leadmail, self.inquiries), [])
        self.assertGreaterEqual(first["promised"], SENDS)
        asked = self.reps_asked()
        print(f"faults: {sum(self.faults.done.values())} in {time.monotonic() - began:.0f} s: {dict(self.faults.done)}")
        self.assertEqual(asked, {entry["id"] for entry in self.unknown("answer")}, "reps that were asked")

    # --- the run ----------------------------------------------------------------------------------------------------
    def send_through_faults(self):
        while True:
            if self.leadmail.daemon is None:
                self.leadmail.start()
            self.faults.arm()
            while not self.faults.struck.wait(0.02):
                if self.feed() and not self.waiting():
                    return
            # Whether the fault was a kill or a dropped connection: the next life begins with nothing but the book.
            self.leadmail.kill()

    def feed(self):
        """Inquiries make two mails each, and every second one gets an answer. True: enough were written."""
        promised = 2 * len(self.inquiries) + len(self.answered)
        if promised >= SENDS:
            return True
        if promised - len(self.taken) - self.faults.parked < AT_ONCE:
            number = len(self.inquiries) + 1
            sender = (f"Prospect {number}", f"p{number}@far{number % 50}.example")
            self.inquiries.append(
                self.prospect_writes(letters.write(sender, "sales@acme.example", f"Inquiry {number}", "What do they cost?"))
            )
            if number % 2 == 0:
                self.ana_answers_one()
        return False

    def ana_answers_one(self):
        for notice in self.mail.inbox("ana"):
            if notice.message_id not in self.answered and "[L-" in str(notice.message["Subject"]):
                self.answered.add(notice.message_id)
                self.rep_answers("ana", notice, "They cost 10 EUR each.\n\nAna")
                return

    def waiting(self):
        return self.leadmail.daemon.poll() is None and any(
            recipient["state"] in ("waiting", "sending", "sending-final")
            for entry in self.leadmail.tool("outbox", "list")
            for recipient in entry["recipients"]
        )

    def run_until_settled(self):
        if self.leadmail.daemon is not None:
            self.leadmail.kill()
        self.leadmail.start()
        self.mail.wait_for(lambda: len(self.leadmail.leads()) >= len(self.inquiries), 120, "all leads")
        self.settled()

    def resolve_what_is_unknown(self):
        """After a quarter of an hour: sent again, given up, or asked about; half a day later what was deferred has had its turn."""
        self.leadmail.stop()
        for minutes in (20, 40, 700):
            later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        self.settled()

    # --- the oracle -------------------------------------------------------------------------------------------------
    def account(self, when, again):
        """Complaints. `again`: what was deferred will still be tried."""
        complaints, seen, promised = [], collections.Counter(), set()
        for entry in self.leadmail.tool("outbox", "list"):
            for recipient in entry["recipients"]:
                key = (entry["message_id"], recipient["address"].lower())
                promised.add(key)
                copies, state, unknown = self.taken.get(key, []), recipient["state"], recipient["times_unknown"]
                name = f"{entry['kind']} {key} {state}, unknown {unknown} times, taken {len(copies)} times"
                seen[entry["kind"], state, len(copies)] += 1
                if state not in ("delivered", "unknown") and not (again and state == "deferred" and not copies):
                    complaints.append(f"{name}: neither delivered nor shown as unknown")
                if state == "delivered" and not copies:
                    complaints.append(f"{name}: lost")
                if len(copies) > 1 + (unknown if entry["kind"] not in accounting.NEVER_TWICE else 0):
                    complaints.append(f"{name}: too often")
                if len(copies) > 1 and unknown == 0:
                    complaints.append(f"{name}: twice, and nobody says so")
                if len(set(map(bytes, copies_of_author(copies)))) > 1:
                    complaints.append(f"{name}: copies differ")
        complaints += [f"{key}: taken, and not in the outbox" for key in self.taken if key not in promised]
        print(f"{when}: {len(promised)} promised, {len(self.taken)} taken")
        for (kind, state, copies), count in sorted(seen.items()):
            print(f"  {kind:8} {state:10} taken {copies} times: {count}")
        return {"complaints": complaints, "promised": len(promised)}

    def unknown(self, kind):
        return [
            entry
            for entry in self.leadmail.tool("outbox", "list")
            if entry["kind"] == kind and entry["recipients"][0]["state"] == "unknown"
        ]

    def reps_asked(self):
        """The outbox rows that a question to a rep is about, as its cause names them."""
        causes = [entry["cause"] for entry in self.leadmail.tool("outbox", "list") if entry["kind"] == "bounced"]
        return {int(cause.split("outbox ")[1].split()[0]) for cause in causes if "outbox " in cause}


def copies_of_author(copies):
    for raw in copies:
        fields, body = accounting.bytes_of_author(raw)
        yield b"\n".join(fields) + b"\n\n" + body


if __name__ == "__main__":
    unittest.main()
