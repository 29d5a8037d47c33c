"""How much mail may leave: to users above a rate in one, automatic mail to a domain until it is a storm, and what the
administrator sees of it."""

import datetime
import re
import unittest

import letters
from story import Story


class Limited(Story):
    postfix = False

    def setUp(self):
        self.addCleanup(self.mail.exchange.no_faults)

    def after(self, **time):
        self.leadmail.stop()
        try:
            later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        finally:
            self.leadmail.start()

    def inquire(self, number, domain):
        mail = letters.write(
            (f"Person {number}", f"person{number}@{domain}"), "sales@acme.example", f"Question {number}", f"Answer me {number}."
        )
        return self.row(self.prospect_writes(mail))["lead"]


class Merged(Limited):
    settings = {"limits": "notices_an_hour = 3"}

    def test_mail_to_a_user_above_the_rate_becomes_one_and_nothing_of_it_is_left_out(self):
        leads = [self.inquire(number, f"far{number}.example") for number in range(1, 8)]
        self.mail.wait_for(lambda: len(self.mail.inbox("ana")) >= 3, what="three notices")
        self.assertEqual(len(self.mail.inbox("ana")), 3)
        for _ in range(2):
            self.after(minutes=11)
        mails = self.mail.wait_for(lambda: len(self.mail.inbox("ana")) >= 4 and self.mail.inbox("ana"), what="the rest")
        self.assertEqual(len(mails), 4)
        merged = mails[-1]
        seen = sorted(
            int(number)
            for mail in mails[:3]
            for number in re.findall(r"Question (\d+)", str(mail.message["Subject"]))
        )
        attached = [part.get_content() for part in merged.message.iter_attachments()]
        inside = [int(number) for one in attached for number in re.findall(r"Question (\d+)", str(one["Subject"]))]
        self.assertEqual(sorted(seen + inside), list(range(1, 8)), "each once")
        for number in inside:
            self.assertIn(f"Answer me {number}.", merged.text)
        promised = [entry for lead in leads for entry in self.sent(lead, "notice").values()]
        self.assertEqual(
            {re.sub(r"\d+", "N", entry["recipients"][0]["reply"]) for entry in promised[3:]}, {"merged into outbox N"}
        )
        # What is attached can be opened and answered: it is our notice with its signed address.
        answer = letters.answer(attached[0], "ana@acme.example", "It is 10 EUR.")
        self.mail.submit("ana", answer, [letters.recipient(answer)])
        self.assertEqual(self.row(str(answer["Message-ID"]))["outcome"], "rep-answer")


class Storms(Limited):
    settings = {"acknowledge": True, "limits": "storm_mails = 3"}

    def test_a_storm_of_automatic_mail_to_one_domain_stops_and_the_administrator_is_told(self):
        """L05"""
        for number in range(20, 26):
            self.inquire(number, "loop.example")
        alert = self.mail.wait_for(
            lambda: [mail for mail in self.mail.inbox("it") if "loop.example" in mail.text], what="an alert"
        )[0]
        self.assertIn("Auto-Submitted", alert.message)
        self.inquire(30, "calm.example")
        self.mail.wait_for(lambda: self.mail.sink.to("person30@calm.example"), what="mail to another domain")
        to_domain = [mail for mail in self.mail.sink.mails if mail.recipients[0].endswith("@loop.example")]
        self.assertEqual(len(to_domain), 3)
        (account,) = self.leadmail.one("status")["sending"]
        self.assertEqual(list(account["stopped_domains"]), ["loop.example"])
        self.leadmail.stop()
        self.leadmail.start()
        self.inquire(31, "loop.example")
        self.inquire(32, "calm.example")
        self.mail.wait_for(lambda: self.mail.sink.to("person32@calm.example"), what="mail to another domain again")
        to_domain = [mail for mail in self.mail.sink.mails if mail.recipients[0].endswith("@loop.example")]
        self.assertEqual(len(to_domain), 3, "a restart is no way out of a storm")

    def test_trouble_of_the_account_is_seen_in_the_status(self):
        self.mail.exchange.fault("person40@busy.example", "rcpt", "421 4.3.2 come back later")
        self.inquire(40, "busy.example")

        def paused():
            (account,) = self.leadmail.one("status")["sending"]
            return account if account["state"] == "paused" else None

        account = self.mail.wait_for(paused, what="a paused account")
        self.assertIn("421", account["trouble"])
        self.assertEqual(account["failures"], 1)


if __name__ == "__main__":
    unittest.main()
