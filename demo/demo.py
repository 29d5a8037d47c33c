"""Leadmail at work: a throw-away mail provider on loopback, leadmaild on it, and people who write to each other.

    demo.py --build FOLDER          plays the story, then goes on with new mail now and then until Ctrl-C
    demo.py --build FOLDER --once   ends after the story; status 0 only if every lead, thread and notification was there
"""

import argparse
import datetime
import pathlib
import sys
import time
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "mailsystem"), str(ROOT / "tests" / "e2e")]
sys.dont_write_bytecode = True

import letters  # noqa: E402
import people  # noqa: E402
import screen  # noqa: E402
from mailsystem import MailSystem, Trouble, end_on_signals  # noqa: E402
from product import Failed, Leadmail, ROUND_ROBIN  # noqa: E402

NAMES = {"ana": "Ana López", "luis": "Luis Ortega"}


class Demo:
    def __init__(self, mail, leadmail):
        self.mail, self.leadmail = mail, leadmail
        self.missing, self.seen, self.leads = [], 0, {}

    # --- words ------------------------------------------------------------------------------------------------------
    def expect(self, what, look, timeout=15.0):
        """Waits for something that has to come. None when it did not, and then it is on the list of what was missing."""
        try:
            found = self.mail.wait_for(look, timeout)
        except (TimeoutError, Failed) as trouble:
            reason = str(trouble).splitlines()[0] if isinstance(trouble, Failed) else f"not within {timeout:g} s"
            screen.outcome(screen.paint("bad", f"MISSING: {what}"), reason)
            self.missing.append(what)
            return None
        self.seen += 1
        return found

    def row(self, message, *outcomes):
        """The ledger row of a mail, which has to have one of these outcomes."""
        message_id = str(message["Message-ID"])
        row = self.expect(f"a ledger row for “{message['Subject']}”", lambda: self.leadmail.row(message_id))
        if row and row["outcome"] not in outcomes:
            self.missing.append(
                f"“{message['Subject']}” is {row['outcome']} ({row['reason']}), not {' or '.join(outcomes)}"
            )
            screen.outcome(screen.paint("bad", self.missing[-1]))
            return None
        return row

    def told(self, user, lead, kind):
        """The mail of that kind about the lead in the user's inbox."""

        def look():
            ours = {
                entry["message_id"]
                for entry in self.leadmail.tool("outbox", "list")
                if entry["kind"] == kind and entry["lead"] == lead
            }
            return next((mail for mail in reversed(self.mail.inbox(user)) if mail.message_id.strip("<>") in ours), None)

        return self.expect(f"{kind} about {lead} for {NAMES[user]}", look)

    def from_outside(self, message, sender):
        address = letters.email.utils.parseaddr(str(message["From"]))[1]
        screen.mail(sender, "sales@acme", str(message["Subject"]))
        self.mail.outside(address, [letters.recipient(message)], message)

    def from_rep(self, user, notice, text):
        reply = letters.answer(notice.message, (NAMES[user], self.mail.address(user)), text)
        screen.mail(NAMES[user], "Leadmail", str(reply["Subject"]))
        screen.quote(text)
        self.mail.submit(user, reply, [letters.recipient(reply)])
        return reply

    # --- the story --------------------------------------------------------------------------------------------------
    def ten_people_write(self):
        screen.title(
            "Ten people write to sales@acme.example. Each becomes a lead, gets an owner, and the owner is told."
        )
        for inquiry in people.ten_inquiries():
            began = time.monotonic()
            self.from_outside(inquiry.mail, inquiry.name)
            row = self.row(inquiry.mail, "lead")
            if row:
                self.meet(inquiry, row["lead"], time.monotonic() - began)
        numbers = {lead["lead"] for lead in self.leads.values()}
        if len(numbers) != 10:
            self.missing.append(f"ten leads from ten inquiries; there are {len(numbers)}")

    def meet(self, inquiry, number, seconds):
        """Looks at a new lead: is it who wrote, has it an owner, does the owner know?"""
        lead = self.leads[inquiry.name] = self.leadmail.show(number)
        owner = lead["owner"]
        screen.outcome(
            f"{screen.column(number, 5)} {screen.column(lead['name'] or '?', 16)} owner {NAMES.get(owner, 'nobody')}",
            f"{seconds * 1000:.0f} ms after it was sent",
        )
        if (lead["name"], lead["emails"][:1]) != (inquiry.name, [inquiry.address]):
            self.missing.append(f"{number} is {lead['name']} {lead['emails']}, not {inquiry.name} {inquiry.address}")
        if self.expect(f"an owner of {number}", lambda: owner in NAMES):
            self.told(owner, number, "notice")

    def they_are_answered_politely(self):
        screen.title(
            "Each of them is told that the mail has arrived, in the language it was written in, and nothing is echoed."
        )
        for name in ("María Pérez", "James O'Neill", "Nguyễn Thị Lan"):
            address = self.leads[name]["emails"][0]
            ack = self.expect(f"an acknowledgement for {name}", lambda who=address: self.mail.sink.to(who))
            if ack:
                screen.mail("sales@acme", name, str(ack[0].message["Subject"]))
                screen.quote(ack[0].text, 2)

    def robots_are_ignored(self):
        screen.title("Robots write as well: they make no lead and get no answer.")
        before = len(self.leadmail.leads())
        ack = self.expect("an acknowledgement for Grace Wilson", lambda: self.mail.sink.to("grace@brewery.example"))
        cases = [(people.newsletter(), "Pump Weekly", "list")]
        if ack:
            cases.append((people.out_of_office(ack[0].message), "Grace Wilson", "automatic"))
        for message, sender, outcome in cases:
            self.from_outside(message, sender)
            row = self.row(message, outcome)
            if row:
                screen.outcome(f"no lead: {row['outcome']}", row["reason"])
        self.expect("no further lead", lambda: len(self.leadmail.leads()) == before)
        self.expect("no answer to robots", lambda: not self.mail.sink.to("news@pumpweekly.example"))

    def a_conversation(self):
        lead = self.leads["María Pérez"]
        number, owner = lead["lead"], lead["owner"]
        screen.title(
            f"{NAMES[owner]} answers María by replying to the notification. She never leaves her mail program."
        )
        notice = self.told(owner, number, "notice")
        if notice is None:
            return
        screen.mail("Leadmail", NAMES[owner], str(notice.message["Subject"]))
        screen.quote(notice.text, 8)
        reply = self.from_rep(
            owner,
            notice,
            "#status interested\n\nBuenos días María:\n\ncuestan 400 USD cada una, puestas en "
            "Puebla. ¿Le conviene el martes?\n\nSaludos\nAna López",
        )
        self.row(reply, "command", "rep-answer")
        answer = self.expect(
            "the answer in María's mailbox",
            lambda: next((mail for mail in self.mail.sink.to("maria@riegos.example") if "400 USD" in mail.text), None),
        )
        if answer is None:
            return
        screen.mail("sales@acme", "María Pérez", str(answer.message["Subject"]))
        screen.quote(answer.text)
        self.expect("no command in what María got", lambda: "#status" not in answer.text)
        first = next(inquiry for inquiry in people.ten_inquiries() if inquiry.name == "María Pérez").subject
        self.expect("the same subject", lambda: first in str(answer.message["Subject"]))
        self.expect(
            "In-Reply-To and References", lambda: answer.message["In-Reply-To"] and answer.message["References"]
        )
        self.expect(f"{number} is Interested", lambda: self.leadmail.show(number)["status"] == "interested")
        screen.outcome(f"{number} is now Interested; the command was taken out of the mail")

        screen.title("María answers. Her mail finds its lead, and its owner gets a copy.")
        message = letters.answer(
            answer.message, ("María Pérez", "maria@riegos.example"), "Sí, el martes está bien. ¿Y el flete?"
        )
        self.from_outside(message, "María Pérez")
        row = self.row(message, "threaded")
        if row and row["lead"] != number:
            self.missing.append(f"María's answer is in {row['lead']}, not in {number}")
        elif row:
            screen.outcome(f"threaded onto {number}", row["reason"])
        copy = self.told(owner, number, "copy")
        if copy:
            screen.mail("Leadmail", NAMES[owner], str(copy.message["Subject"]))
            self.a_next_contact(number, owner, copy)

    def a_next_contact(self, number, owner, copy):
        screen.title("A next contact is set by mail as well. It comes back as a calendar invitation.")
        reply = self.from_rep(owner, copy, "#next lunes 10:00 llamar por el flete")
        self.row(reply, "command")
        planned = self.expect(f"a next contact of {number}", lambda: self.leadmail.show(number)["next_contact"])
        invitation = self.told(owner, number, "invitation")
        if not (planned and invitation):
            return
        calendar = next(
            (part.get_content() for part in invitation.message.walk() if part.get_content_type() == "text/calendar"), ""
        )
        screen.mail("Leadmail", NAMES[owner], str(invitation.message["Subject"]))
        event = calendar.replace("\r\n", "\n").replace("\n ", "").partition("BEGIN:VEVENT")[2].splitlines()
        screen.quote("\n".join(line for line in event if line.startswith(("SUMMARY", "DTSTART", "DESCRIPTION"))))
        self.expect("an iCalendar request", lambda: "METHOD:REQUEST" in calendar)

        due = datetime.datetime.fromisoformat(planned["at"]) + datetime.timedelta(minutes=1)
        there = due.astimezone(zoneinfo.ZoneInfo("America/Mexico_City"))
        screen.title(f"The clock is turned to {there:%A %H:%M}, where Ana works: the reminder comes.")
        self.leadmail.stop()
        try:
            self.leadmail.once(now=due.isoformat())
        finally:
            self.leadmail.start()
        reminder = self.told(owner, number, "reminder")
        if reminder:
            screen.mail("Leadmail", NAMES[owner], str(reminder.message["Subject"]))
            screen.quote(reminder.text, 4)

    def what_the_admin_sees(self):
        screen.title("What the administrator sees: leadmail list")
        screen.say(
            screen.paint(
                "bold",
                " ".join(
                    screen.column(head, size)
                    for head, size in (("lead", 6), ("status", 12), ("owner", 12), ("name", 18), ("e-mail", 30))
                ),
            )
        )
        for lead in sorted(self.leadmail.leads(), key=lambda lead: int(lead["lead"].partition("-")[2])):
            cells = (
                (lead["lead"], 6),
                (lead["status"], 12),
                (lead["owner"] or "", 12),
                (lead["name"] or "", 18),
                ((lead["emails"] or [""])[0], 30),
            )
            screen.say(" ".join(screen.column(text, size) for text, size in cells))
        status = self.leadmail.one("status")
        rows = len(self.leadmail.ledger())
        self.expect("nothing left to take", lambda: sum(mailbox["lag"] for mailbox in status["mailboxes"]) == 0)
        self.expect(
            "a ledger row for every mail",
            lambda: rows == len(self.mail.inbox("sales")) + len(self.mail.inbox("sales", "Sent")),
        )
        screen.say("", f"{rows} mails in the shared mailbox, {rows} rows in the ledger, {len(self.leads)} leads.")

    def play(self):
        self.ten_people_write()
        if not {"María Pérez", "James O'Neill", "Nguyễn Thị Lan"} <= self.leads.keys():
            return
        self.they_are_answered_politely()
        self.robots_are_ignored()
        self.a_conversation()
        self.what_the_admin_sees()

    def verdict(self):
        if not self.missing:
            screen.say("", screen.paint("good", f"Everything was there: {self.seen} things looked for, none missing."))
            return 0
        screen.say("", screen.paint("bad", f"{len(self.missing)} of {self.seen + len(self.missing)} were missing:"))
        screen.say(*(f"- {what}" for what in self.missing))
        return 1

    # --- afterwards -------------------------------------------------------------------------------------------------
    def go_on(self):
        screen.title("It goes on: somebody new every few seconds. Ctrl-C ends it, and nothing is left behind.")
        tool = f"{self.leadmail.build / 'leadmail'} --config {self.leadmail.config}"
        password = self.mail.users["ana"]
        screen.say(
            "Look from another terminal:",
            f"  {tool} list",
            f"  {tool} show L-1",
            f"  {tool} ledger",
            f"Or be Ana, with any mail program: {self.mail.imap_url}, {self.mail.smtp_url},",
            f"  user ana@acme.example, password {password}, authority {self.mail.ca}",
            "",
        )
        for inquiry in people.later_ones():
            began = time.monotonic()
            self.from_outside(inquiry.mail, inquiry.name)
            row = self.row(inquiry.mail, "lead", "threaded")
            if row and row["outcome"] == "lead":
                self.meet(inquiry, row["lead"], time.monotonic() - began)
            time.sleep(6)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default=ROOT / "build", type=pathlib.Path, help="where leadmaild and leadmail are")
    options.add_argument("--once", action="store_true", help="end after the story")
    chosen = options.parse_args()
    end_on_signals()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        with MailSystem(users=("sales", "ana", "luis", "it")) as mail:
            server = "Postfix and Dovecot" if mail.with_postfix else "Dovecot (Postfix would need root)"
            screen.say("", f"A mail provider for acme.example: {server} on loopback, in {mail.dir}")
            leadmail = Leadmail(mail, build=chosen.build, assign=ROUND_ROBIN, acknowledge=True)
            leadmail.start()
            screen.say("leadmaild watches sales@acme.example. Ana and Luis are its sales team.")
            demo = Demo(mail, leadmail)
            demo.play()
            status = demo.verdict()
            if status:
                print(leadmail.log_tail(20))
            if not chosen.once:
                demo.go_on()
            leadmail.stop()
            return status
    except KeyboardInterrupt:
        screen.say("", "Stopped. Nothing is left behind.")
        return 0 if not chosen.once else 130
    except (Trouble, Failed) as trouble:
        print(f"demo: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
