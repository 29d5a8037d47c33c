"""A salesperson's whole day, by nothing but mail: leads made from the phone, looked up, put right, taken back; through a
real Postfix and a real Dovecot. The names in brackets are the rows of hostile cases that a test stands for."""

import datetime
import email.policy
import re
import unittest
import urllib.parse

import letters
from story import Story

# It shares no team with the others, so it sees none of their leads.
STRANGER = """
[[user]]
id = "mei"
name = "Mei"
address = "it@acme.example"
language = "en"
timezone = "Asia/Ho_Chi_Minh"
"""


class Verbs(Story):
    settings = {"extra": STRANGER}

    def setUp(self):
        super().setUp()
        self.seen = max((entry["id"] for entry in self.leadmail.tool("outbox", "list")), default=0)

    # --- what people do ---------------------------------------------------------------------------------------------
    def mails(self, user, text, subject="lead", to="sales@acme.example", headers=()):
        """A new mail of a user, which answers nothing. Returns its ledger row."""
        mail = letters.write(f"{self.account(user)}@acme.example", to, subject, text, headers=headers)
        self.mail.submit(self.account(user), mail, [to])
        return self.row(str(mail["Message-ID"]))

    @staticmethod
    def account(user):
        return "it" if user == "mei" else user

    def answers(self, user, mail, text, **how):
        return self.row(self.rep_answers(self.account(user), mail, text, **how))

    def result(self, user, row, kind="result"):
        """The answer that the user got to the mail of that row."""

        def look():
            wanted = [
                entry["message_id"]
                for entry in self.leadmail.tool("outbox", "list")
                if entry["kind"] == kind and entry["id"] > self.seen
            ]
            return [mail for mail in self.mail.inbox(self.account(user)) if mail.message_id.strip("<>") in wanted]

        found = self.mail.wait_for(look, what=f"a {kind} for {user} to {row['message_id']}")[-1]
        self.seen = max(entry["id"] for entry in self.leadmail.tool("outbox", "list"))
        return found

    @staticmethod
    def text(mail):
        return mail.message.get_body(("plain",)).get_content()

    def tap(self, user, mail, command):
        """Taps the link of the mail that writes this command, as the user's program would: a new mail, answering nothing."""
        page = mail.message.get_body(("html",)).get_content().replace("&amp;", "&")
        for link in re.findall(r'href="(mailto:[^"]+)"', page):
            address, _, query = link.removeprefix("mailto:").partition("?")
            fields = urllib.parse.parse_qs(query)
            if fields["body"][0].startswith(command):
                return self.mails(user, fields["body"][0], fields["subject"][0], urllib.parse.unquote(address))
        raise AssertionError(f"no link for {command} in {page}")

    def lead_of(self, name):
        return next(lead["lead"] for lead in self.leadmail.leads() if lead["name"] == name)

    # --- made from the phone, looked up, taken back -------------------------------------------------------------------
    def test_a_lead_from_the_phone(self):
        row = self.mails("ana", "#nuevo Juan Gil 55 1234 5678, Bombas SA\n#siguiente mañana 10:00\n\nQuiere veinte bombas.")
        self.assertEqual(row["outcome"], "command", row)
        lead = self.lead_of("Juan Gil")
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["owner"], shown["company"], shown["phones"]), ("ana", "Bombas SA", ["55 1234 5678"]))
        self.assertEqual([note["text"] for note in self.timeline(lead, "note")], ["Quiere veinte bombas."])
        self.assertIsNotNone(shown["next_contact"])
        told = self.result("ana", row)
        self.assertIn("Juan Gil", self.text(told))

        row = self.tap("ana", told, "#undo")
        self.assertEqual(row["outcome"], "command", row)
        self.assertIn("#new", self.text(self.result("ana", row)))
        self.assertNotIn("Juan Gil", [lead["name"] for lead in self.leadmail.leads()])
        self.assertIsNone(self.leadmail.show(lead)["next_contact"])

    def test_looking_and_who_sees_what(self):
        _, lead, notice = self.inquiry("Vera Look", "vera@look.example", "vera", "What do 77 turbines cost?")
        row = self.mails("ana", f"#ver {lead}")
        shown = self.text(self.result("ana", row, "show"))
        self.assertIn("vera@look.example", shown)
        self.assertFalse([line for line in shown.splitlines() if line.startswith("#")], shown)
        listed = self.text(self.result("luis", self.mails("luis", "#list ana"), "list"))
        self.assertIn(lead, listed)
        found = self.text(self.result("luis", self.mails("luis", "#find turbines"), "list"))
        self.assertIn(lead, found)
        # Nobody else sees it, and nobody learns that it is there.
        self.assertIn("no such lead", self.text(self.result("mei", self.mails("mei", f"#show {lead}"))))
        missing = self.text(self.result("mei", self.mails("mei", "#show L-99999")))
        self.assertIn("no such lead", missing)
        for words in ("#list all", "#find turbines"):
            self.assertNotIn("Vera", self.text(self.result("mei", self.mails("mei", words), "list")))
        stolen = self.mails("mei", "#note mine", f"Re: {notice.message['Subject']}")
        self.assertNotEqual(self.text(self.result("mei", stolen)), "")
        self.assertEqual(self.timeline(lead, "note"), [])
        self.assertEqual(self.quiet("vera@look.example"), [0])

    def test_claimed_by_the_first(self):
        _, lead, notice = self.inquiry("Clara", "clara@far.example", "clara")
        shown = self.result("luis", self.mails("luis", f"#show {lead}"), "show")
        row = self.answers("luis", shown, "#claim")
        self.assertIn("Ana López", self.text(self.result("luis", row)))
        self.assertEqual(self.leadmail.show(lead)["owner"], "ana")

    def test_undo_says_what_depends_on_it(self):
        _, lead, notice = self.inquiry("Dora", "dora@far.example", "dora")
        first = self.result("ana", self.answers("ana", notice, "#oportunidad 12000 EUR 60%"))
        second = self.result("ana", self.answers("ana", notice, "#cotización 12000 EUR"))
        refused = self.text(self.result("ana", self.tap("ana", first, "#undo")))
        self.assertIn("Ana López", refused)
        self.assertEqual(self.leadmail.show(lead)["status"], "quotation")
        self.result("ana", self.tap("ana", second, "#undo"))
        self.assertEqual(self.leadmail.show(lead)["status"], "opportunity")
        self.result("ana", self.answers("ana", first, "#deshacer"))
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["status"], shown["opportunities"], shown["quotations"]), ("lead", [], []))
        again = self.result("ana", self.tap("ana", first, "#undo"))
        self.assertIn("ya", self.text(again))

    def test_undo_with_the_tool(self):
        _, lead, _ = self.inquiry("Tool", "tool@far.example", "tool")
        done = self.leadmail.one("do", lead, "#tag vip", "--as", "ana")
        self.assertEqual(self.leadmail.show(lead)["tags"], ["vip"])
        self.leadmail.tool("do", lead, f"#undo {done['undo']}", "--as", "luis", expected=1)
        self.leadmail.tool("do", lead, "#undo", "--as", "ana")
        self.assertEqual(self.leadmail.show(lead)["tags"], [])

    def test_two_of_one_company_are_not_quoted_to_unknowingly(self):
        _, one, first = self.inquiry("Far One", "one@farpumps.example", "pumps one")
        _, two, notice = self.inquiry("Far Two", "two@farpumps.example", "valves two")
        self.assertNotIn("farpumps.example has", first.text)
        self.assertIn(f"{one} (Far One, Ana López, ", notice.text)
        self.assertIn(one, [entry["text"] for entry in self.timeline(two, "fields") if "same organisation" in entry["text"]][0])

    def test_undo_while_nothing_leaves_and_after_it_has(self):
        """What calendars say in the end is what the lead says, whatever had left when it was taken back."""
        _, lead, notice = self.inquiry("Uma", "uma@far.example", "uma")
        self.settled()
        self.leadmail.stop()
        friday = self.leadmail.one("do", lead, "#next in 4 days", "--as", "ana")
        thursday = self.leadmail.one("do", lead, "#next in 3 days", "--as", "ana")
        self.leadmail.tool("do", lead, f"#undo {thursday['undo']}", "--as", "ana")
        self.leadmail.tool("do", lead, f"#undo {friday['undo']}", "--as", "ana")
        self.assertIsNone(self.leadmail.show(lead)["next_contact"])
        waiting = [row for row in self.leadmail.tool("outbox", "list") if row["lead"] == lead and row["kind"] == "invitation"
                   and row["recipients"][0]["state"] == "waiting"]  # fmt: skip
        shown = [self.leadmail.one("outbox", "show", str(row["id"]))["content"] for row in waiting]
        self.leadmail.start()
        self.assertEqual([text for text in shown if "CANCEL" not in text], [], "no entry of a next contact that nobody has")

    # --- put right ----------------------------------------------------------------------------------------------------
    def test_merged_and_parted_again(self):
        _, one, notice = self.inquiry("Mia One", "mia@one.example", "mia one")
        _, two, _ = self.inquiry("Mia Two", "mia@two.example", "mia two")
        told = self.result("ana", self.answers("ana", notice, f"#unir {two}"))
        self.assertEqual(self.leadmail.show(two)["merged"], one)
        self.assertIn("mia@two.example", self.leadmail.show(one)["emails"])
        self.result("ana", self.tap("ana", told, "#undo"))
        self.assertIsNone(self.leadmail.show(two)["merged"])
        self.assertEqual(self.leadmail.show(one)["emails"], ["mia@one.example"])
        refused = self.result("mei", self.mails("mei", f"#merge {one}"))
        self.assertEqual(self.leadmail.show(one)["merged"], None)

    def test_merged_with_all_that_was_planned_and_done(self):
        """The next contact, the guest's meeting, the deal and a person without an address: none is lost, and each goes back."""
        _, one, notice = self.inquiry("Ida One", "ida@one.example", "ida one")
        _, two, _ = self.inquiry("Ida Two", "ida@two.example", "ida two")
        self.leadmail.one("do", one, "#next in 4 days", "#opportunity 900 EUR", "--as", "ana")
        self.leadmail.one("do", two, "#next in 2 days, call", "#event meeting in 3 days 12:00 1h at HQ", "#quote 500 EUR",
                          "#contact Eva Gil +34 600 111 222", "--as", "ana")
        before = [self.leadmail.show(lead) for lead in (one, two)]
        told = self.result("ana", self.answers("ana", notice, f"#unir {two}"))
        kept = self.leadmail.show(one)
        self.assertEqual(kept["status"], "quotation")
        self.assertEqual(kept["next_contact"]["at"], before[1]["next_contact"]["at"])
        self.assertEqual([event["place"] for event in kept["events"]], ["HQ"])
        self.assertEqual([quote["total"] for quote in kept["quotations"]], [500])
        self.assertEqual(len(kept["opportunities"]), 1 + len(before[1]["opportunities"]))
        self.assertIn("Eva Gil", [contact["name"] for contact in kept["contacts"]])
        self.assertIn("500", self.text(told))
        self.assertIn("calendario", self.text(told))
        # What no longer stands leaves the calendar; the meeting and the other next contact stand there as they are.
        cancelled = self.calendar(self.told("ana", one, "invitation", 2).message)
        self.assertIn("METHOD:CANCEL", cancelled)
        self.assertEqual(len([row for row in self.leadmail.tool("outbox", "list") if row["lead"] == two
                              and row["kind"] in ("invitation", "meeting")]), 2)
        self.result("ana", self.tap("ana", told, "#undo"))
        after = [self.leadmail.show(lead) for lead in (one, two)]
        for old, new in zip(before, after):
            for key in ("status", "next_contact", "quotations", "opportunities", "contacts", "events"):
                self.assertEqual(new[key], old[key], key)
        again = self.calendar(self.told("ana", one, "invitation", 3).message)
        self.assertIn("METHOD:REQUEST", again)
        self.assertIn("SEQUENCE:2", again)

    def test_split_and_moved(self):
        first, lead, _ = self.inquiry("Sol", "sol@far.example", "sol")
        other = letters.answer(first, "sol@far.example", "By the way, something else: do you rent cranes?")
        other.replace_header("To", "sales@acme.example")
        self.row(self.prospect_writes(other))
        copy = self.told("ana", lead, "copy")
        told = self.result("ana", self.answers("ana", copy, "#separar"))
        split = [entry["lead"] for entry in self.leadmail.leads() if entry["name"] == "Sol" and entry["lead"] != lead]
        split = split or [entry["lead"] for entry in self.leadmail.leads() if entry["emails"] == ["sol@far.example"]]
        new = next(one for one in split if one != lead)
        row = self.leadmail.row(str(other["Message-ID"]))
        self.assertEqual(row["lead"], new)
        self.result("ana", self.tap("ana", told, "#undo"))
        self.assertEqual(self.leadmail.row(str(other["Message-ID"]))["lead"], lead)
        _, target, _ = self.inquiry("Luz", "luz@far.example", "luz")
        self.result("ana", self.answers("ana", copy, f"#mover a {target}"))
        self.assertEqual(self.leadmail.row(str(other["Message-ID"]))["lead"], target)

    # --- events, absence ----------------------------------------------------------------------------------------------
    @staticmethod
    def calendar(mail):
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        return part.get_content().replace("\r\n ", "")

    def test_a_meeting_with_invitations(self):
        _, lead, notice = self.inquiry("Eva", "eva@far.example", "eva")
        day = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
        told = self.result("ana", self.answers("ana", notice, f"#evento reunión {day} 10:00 1h en su oficina, invitar"))
        own = self.told("ana", lead, "meeting")
        calendar = self.calendar(own.message)
        self.assertIn("METHOD:REQUEST", calendar)
        self.assertIn("LOCATION:su oficina", calendar)
        guest = self.mail.wait_for(lambda: self.mail.sink.to("eva@far.example"), what="an invitation")[0]
        self.assertIn(b"METHOD:REQUEST", guest.raw.replace(b"=\r\n", b"") + self.decoded(guest.raw))
        self.assertNotIn(lead.encode(), guest.raw.partition(b"\r\n\r\n")[0], "our number stays inside")
        self.result("ana", self.tap("ana", told, "#undo"))
        cancelled = self.mail.wait_for(lambda: self.mail.sink.to("eva@far.example")[1:], what="a cancellation")[0]
        self.assertIn(b"METHOD:CANCEL", self.decoded(cancelled.raw))
        self.assertEqual(self.timeline(lead, "undone")[0]["text"], "#event")

    @staticmethod
    def decoded(raw):
        message = letters.email.message_from_bytes(raw, policy=email.policy.default)
        part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
        return part.get_payload(decode=True)

    def test_away_by_mail(self):
        until = (datetime.date.today() + datetime.timedelta(days=20)).isoformat()
        told = self.result("ana", self.mails("ana", f"#ausente hasta {until}"))
        mail = letters.write(("Gone", "gone@far.example"), "sales@acme.example", "gone", "How much?")
        lead = self.row(self.prospect_writes(mail))["lead"]
        self.assertEqual(self.leadmail.show(lead)["owner"], "luis")
        self.result("ana", self.mails("ana", "#ausente no"))
        _, lead, _ = self.inquiry("Back", "back@far.example", "back")
        self.assertEqual(self.leadmail.show(lead)["owner"], "ana")

    # --- a word to confirm ----------------------------------------------------------------------------------------------
    def by_phone(self, name, address):
        told = self.result("ana", self.mails("ana", f"#new {name} <{address}>"))
        question = self.result("ana", self.answers("ana", told, "Here is our offer."))
        return self.lead_of(name), told, question

    def test_text_to_a_new_address_waits_for_a_word(self):
        lead, told, question = self.by_phone("Nora New", "nora@new.example")
        self.assertEqual(self.quiet("nora@new.example"), [0])
        word = re.search(r"#confirm\w* (\w+)", self.text(question)).group(1)
        # Somebody else's reply, the wrong word: nothing.
        other = self.result("luis", self.mails("luis", f"#show {lead}"), "show")
        self.assertIn("Nothing waits", self.text(self.result("luis", self.answers("luis", other, f"#confirm {word}"))))
        self.result("ana", self.answers("ana", question, "#confirmar aaaaaaaaaaaaaaaa"))
        self.assertEqual(self.quiet("nora@new.example"), [0])
        row = self.tap("ana", question, "#confirm")
        self.assertEqual(row["outcome"], "command", row)
        self.mail.wait_for(lambda: self.mail.sink.to("nora@new.example"), what="the offer")
        self.assertEqual(self.leadmail.show(lead)["status"], "replied")
        # Once is enough, and from now on she is known.
        self.result("ana", self.tap("ana", question, "#confirm"))
        self.row(self.rep_answers("ana", told, "One thing more."))
        self.mail.wait_for(lambda: self.mail.sink.to("nora@new.example")[1:], what="the second answer")
        self.assertEqual(self.quiet("nora@new.example"), [2])

    def test_the_word_lives_a_quarter_of_an_hour(self):
        told = self.result("ana", self.mails("ana", "#new Late Larry <larry@late.example>"))
        self.settled()
        self.leadmail.stop()
        try:
            reply = letters.answer(told.message, "ana@acme.example", "Here is our offer.")
            self.mail.submit("ana", reply, [letters.recipient(reply)])
            self.mail.wait_for(self.mail.idle, what="delivery")
            then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=16)
            self.leadmail.once(now=then.isoformat(timespec="seconds"))
        finally:
            self.leadmail.start()
        question = self.result("ana", self.row(str(reply["Message-ID"])))
        word = re.search(r"#confirm\w* (\w+)", self.text(question)).group(1)
        late = self.result("ana", self.answers("ana", question, f"#confirmar {word}"))
        self.assertIn("15", self.text(late))
        self.assertEqual(self.quiet("larry@late.example"), [0])


if __name__ == "__main__":
    unittest.main()
