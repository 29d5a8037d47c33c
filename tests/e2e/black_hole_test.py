"""The network goes away and nobody says so: no FIN, no RST, no answer, as when a cable is pulled. At that moment one mailbox
waits in IDLE, one is in the middle of a FETCH, one mail of ours is half handed over, and of one everything is handed over
but for the server's reply. LEADMAIL_BLACK_HOLE=1 leaves the times as they are shipped and waits until each of the four was
noticed: two minutes and more."""

import datetime
import json
import os
import subprocess
import time
import unittest

import accounting
import letters
from cable import Cable
from mailsystem import MailSystem
from product import Leadmail
from story import Story

WHOLE = os.environ.get("LEADMAIL_BLACK_HOLE") == "1"
IDLE_TIME = "" if WHOLE else 'idle_time = "2s"'
NOTICED = 90 if WHOLE else 40  # seconds: keepalive 60 + 15; else IDLE and the 30 for its answer
NOTICED_IN_FETCH, NOTICED_IN_DATA = 90, 150  # RFC 5321 §4.5.3.2 would allow ten minutes
BACK = 40  # seconds after the network has come back
SLOWER = 0.5  # seconds that another mailbox may lose meanwhile
QUICK, PATIENT = 2.0, 30.0  # seconds; docs/operations.md

MAILBOX = """
[[mailbox]]
name = "{name}"
address = "{name}@{domain}"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
password_file = "{password_file}"
baseline = "off"
trusted_authserv = ["mx.{domain}"]
mails_a_minute = 0
sent_copy = "never"
{more}
"""
BOXES = ("sales", "large", "support")


def is_final_dot(by_client, data):
    return by_client and (b"\r\n" + data).endswith(b"\r\n.\r\n")


class Cables(Story):
    """sales and large hang on cables, support does not."""

    @classmethod
    def setUpClass(cls):
        cls.mail = cls.enterClassContext(MailSystem(users=(*BOXES, "ana", "luis", "it")))

    def setUp(self):
        mail, ports = self.mail, {"imap": self.mail.imaps_port, "smtp": self.mail.submissions_port}
        self.cables = {
            (box, kind): self.enterContext(Cable(mail, port)) for box in ("sales", "large") for kind, port in ports.items()
        }
        url = lambda box, kind: f"{kind}s://localhost:{self.cables[box, kind].port}"  # noqa: E731
        common = {"domain": mail.domain, "ca": mail.ca, "more": IDLE_TIME}
        self.leadmail = Leadmail(
            mail,
            mailbox=IDLE_TIME,
            extra=MAILBOX.format(
                name="large", imap=url("large", "imap"), smtp=url("large", "smtp"),
                password_file=mail.password_file("large"), **common,
            )
            + MAILBOX.format(
                name="support", imap=mail.imap_url, smtp=mail.smtp_url, password_file=mail.password_file("support"),
                **common,
            ),
        )  # fmt: skip
        text = self.leadmail.config.read_text("utf-8")
        for kind, now in (("imap", mail.imap_url), ("smtp", mail.smtp_url)):
            text = text.replace(now, url("sales", kind), 1)
        self.leadmail.config.write_text(text, encoding="utf-8")
        self.inquiries = []
        self.addCleanup(self.end)

    def end(self):
        for cable in self.cables.values():
            cable.plug()
        if self.leadmail.daemon is not None:
            self.leadmail.stop()

    # --- what happens -----------------------------------------------------------------------------------------------
    def write(self, box, name, file=None):
        """A prospect writes. Returns the Message-ID."""
        mail = letters.write((name, f"{name.lower()}@far.example"), f"{box}@acme.example", f"{name} asks", "How much is it?")
        if file is not None:
            mail.add_attachment(file, maintype="application", subtype="octet-stream", filename="plan.bin")
        self.inquiries.append(self.prospect_writes(mail))
        return self.inquiries[-1]

    def lead(self, box, name, **how):
        return self.row(self.write(box, name, **how))["lead"]

    def start(self):
        self.leadmail.start()
        self.mail.wait_for(lambda: all(self.state(box) == "ok" for box in BOXES), 30, "three mailboxes under watch")

    def state(self, box):
        return next((one["state"] for one in self.leadmail.one("status")["mailboxes"] if one["name"] == box), None)

    def pull_in_the_middle_of_everything(self):
        """Pulls each cable at its worst moment. Returns when all four were."""
        lead = self.lead("large", "Olga")
        notice = self.told("ana", lead, "notice")
        for box in ("sales", "large"):
            self.told("ana", self.lead(box, f"{box}1"), "notice")
        self.settled()
        taken, fetched = 0, 0

        def is_half_sent(by_client, data):
            nonlocal taken
            taken += len(data) if by_client else 0
            return taken > 1_000_000

        def is_half_fetched(by_client, data):
            nonlocal fetched
            fetched += 0 if by_client else len(data)
            return fetched > 2_000_000

        answer = letters.answer(notice.message, "ana@acme.example", "Here is the plan.")
        answer.add_attachment(os.urandom(4_000_000), maintype="application", subtype="pdf", filename="plan.pdf")
        self.cables["large", "smtp"].pull_when(is_half_sent)
        self.mail.submit("ana", answer, [letters.recipient(answer)])
        self.row(str(answer["Message-ID"]))
        self.assertTrue(self.cables["large", "smtp"].pulled.wait(20))

        self.cables["large", "imap"].pull_when(is_half_fetched)
        self.write("large", "Piet", file=os.urandom(6_000_000))
        self.assertTrue(self.cables["large", "imap"].pulled.wait(20))

        self.cables["sales", "smtp"].pull_when(is_final_dot)
        self.in_doubt = self.lead("sales", "Rosa")
        self.assertTrue(self.cables["sales", "smtp"].pulled.wait(20))
        self.cables["sales", "imap"].pull()
        self.halved = lead
        return time.monotonic()

    def plug(self):
        for cable in self.cables.values():
            cable.plug()
        return time.monotonic()

    def latencies(self, count=8):
        """Seconds from the provider's word that it has a mail to the lead, in the mailbox that nothing is wrong with."""
        took = []
        for number in range(count):
            message_id = self.write("support", f"s{len(self.inquiries)}")
            began = time.monotonic()
            self.row(message_id)
            took.append(time.monotonic() - began)
        return took

    def recipient(self, lead, kind):
        """What became of the newest mail of that kind about the lead."""
        return max(self.sent(lead, kind).values(), key=lambda entry: entry["id"])["recipients"][0]

    def balance(self):
        """Comes to rest, a quarter of an hour later by its clock; then nothing may be lost or doubled."""
        self.mail.wait_for(lambda: all(map(self.leadmail.row, self.inquiries)), 60, "all leads")
        self.leadmail.stop()
        now = datetime.datetime.now(datetime.timezone.utc)
        for minutes in (20, 40):
            later = now + datetime.timedelta(minutes=minutes)
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        self.start()
        self.settled()
        self.assertEqual(accounting.check(self.mail, self.leadmail, self.inquiries, mailboxes=BOXES), [])
        outbox = self.leadmail.tool("outbox", "list")
        self.assertEqual(accounting.check_nothing_unasked(self.mail, outbox, BOXES), [])
        self.assertEqual(len(self.mail.sink.to("olga@far.example")), 1)


class BlackHole(Cables):
    def doctor(self):
        done = subprocess.run(
            [self.leadmail.build / "leadmail", "--config", self.leadmail.config, "--json", "doctor", "--no-probe", "--wait", "3"],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        return {line["name"] for line in map(json.loads, done.stdout.splitlines())}

    def test_it_is_noticed_and_what_it_cut_goes_on(self):
        self.start()
        usual = self.latencies()
        self.settled()
        before = self.leadmail.held()
        began = self.pull_in_the_middle_of_everything()
        noticed = {}

        def look():
            seen = {box: self.state(box) != "ok" for box in ("sales", "large")}
            if WHOLE:
                seen["half sent"] = self.recipient(self.halved, "answer")["state"] in ("deferred", "waiting")
                seen["in doubt"] = self.recipient(self.in_doubt, "notice")["state"] == "unknown"
            for what, is_seen in seen.items():
                if is_seen:
                    noticed.setdefault(what, time.monotonic() - began)
            return noticed if set(noticed) >= (set(seen) if WHOLE else {"sales"}) else None

        meanwhile = [self.write("sales", "Sara"), self.write("large", "Lars")]
        others = self.latencies()
        self.mail.wait_for(look, NOTICED_IN_DATA, "that the network is gone")
        self.assertLessEqual(noticed["sales"], NOTICED)
        self.assertLessEqual(noticed.get("large", 0), NOTICED_IN_FETCH)
        self.assertIn("server-silent", self.doctor())
        self.assertFalse(any(map(self.leadmail.row, meanwhile)), "the cable was not pulled")
        others += self.latencies()

        if WHOLE:
            for cable in self.cables.values():
                cable.hang_up()
        plugged = self.plug()
        back = {}
        for message_id in (*meanwhile, self.inquiries[-1]):
            self.mail.wait_for(lambda: self.leadmail.row(message_id), 120, "the mail that waited")
            back[message_id] = time.monotonic() - plugged
        self.assertLessEqual(max(back.values()), BACK)
        self.balance()
        self.mail.wait_for(lambda: self.leadmail.held() <= before, 90, f"no more than {before}")
        print(
            f"black hole: noticed {', '.join(f'{what} {took:.1f} s' for what, took in noticed.items())}; "
            f"leads {max(back.values()):.1f} s after the network; "
            f"another mailbox {max(others):.2f} s at most, before {max(usual):.2f} s"
        )
        self.assertLessEqual(max(others), max(usual) + SLOWER)


class StopInTheHole(Cables):
    def test_it_ends_in_time_and_loses_nothing(self):
        self.start()
        self.settled()
        for cable in self.cables.values():
            cable.pull()
        idle = self.leadmail.stop()
        self.leadmail.launch()
        time.sleep(1.5)  # it is connecting
        connecting = self.leadmail.stop()
        self.plug()
        self.assertLessEqual(max(idle, connecting), QUICK)

        self.start()
        self.pull_in_the_middle_of_everything()
        busy = self.leadmail.stop()
        self.assertLessEqual(busy, PATIENT)
        self.plug()
        self.start()
        self.assertEqual(self.recipient(self.in_doubt, "notice")["state"], "unknown")
        self.assertNotEqual(self.recipient(self.halved, "answer")["state"], "unknown")
        self.balance()
        sent = self.recipient(self.in_doubt, "notice")
        self.assertEqual((sent["state"], sent["times_unknown"]), ("delivered", 1), "a notice is sent once more")
        print(f"stops in a black hole: idle {idle:.2f} s, connecting {connecting:.2f} s, in FETCH and DATA {busy:.2f} s")


if __name__ == "__main__":
    unittest.main()
