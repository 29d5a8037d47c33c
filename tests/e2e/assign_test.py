"""Who gets a lead, and what follows when nobody acts: offers and claims, deputies, service levels on a clock of the
test's own; through a real Postfix and a real Dovecot."""

import datetime
import unittest

import letters
from story import Story

RULES = """
[[assign]]
name = "to the team"
priority = 1
when = { field = "subject", contains = "oferta" }
to = { offer = "mx" }

[[assign]]
name = "to Eva"
priority = 2
when = { field = "subject", contains = "Eva" }
to = { user = "eva" }
when_away = "deputy"

[[assign]]
name = "to Luis in time"
priority = 3
to = { user = "luis" }
acknowledge_within = "2h"
first_answer_within = "4h"
"""
EVA = """
[[user]]
id = "eva"
name = "Eva"
address = "it@acme.example"
away = [{ from = 2020-01-01, to = 2090-12-31, deputy = "ana" }]
"""


class Assign(Story):
    settings = {"assign": RULES, "extra": EVA}
    running = False

    def take(self, later=None):
        """Everything that has come, and what is due at that time."""
        self.mail.wait_for(self.mail.idle, what="an empty queue of the provider")
        now = datetime.datetime.now(datetime.timezone.utc) + (later or datetime.timedelta())
        self.leadmail.once(now=now.strftime("%Y-%m-%dT%H:%M:%SZ") if later else None)
        self.mail.wait_for(self.mail.idle, what="an empty queue of the provider")

    def lead_after(self, subject, name="María Pérez", address="maria@far.example"):
        mail = letters.write((name, address), "sales@acme.example", subject, f"¿Cuánto cuestan 20 bombas?\n\n{name}")
        message_id = self.prospect_writes(mail)
        self.take()
        row = self.leadmail.row(message_id)
        self.assertEqual(row["outcome"], "lead", row)
        return row["lead"]

    def of_kind(self, lead, kind):
        """Who was sent mails of that kind about the lead."""
        entries = [entry for entry in self.leadmail.tool("outbox", "list") if entry["kind"] == kind]
        return sorted(one["address"] for entry in entries if entry["lead"] == lead for one in entry["recipients"])

    def test_an_offer_is_the_first_ones_who_claims_it(self):
        lead = self.lead_after("Quiero una oferta", "Olga", "olga@far.example")
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["owner"], shown["offered"]), (None, "mx"), shown)
        self.assertEqual(self.of_kind(lead, "offer"), ["ana@acme.example", "luis@acme.example"])
        first = self.rep_answers("luis", self.told("luis", lead, "offer"), "#claim")
        self.take()
        self.assertEqual(self.leadmail.row(first)["outcome"], "command", self.leadmail.row(first))
        second = self.rep_answers("ana", self.told("ana", lead, "offer"), "#tomar")
        self.take()
        self.assertEqual(self.leadmail.show(lead)["owner"], "luis")
        self.assertIn("Luis Ortega", self.told("ana", lead, "result").message.get_body(("plain",)).get_content())
        self.assertEqual(self.leadmail.row(second)["lead"], lead)
        (given,) = self.timeline(lead, "assigned")[:1]
        self.assertEqual((given["cause"], given["text"][:40]), ("rule to the team", "rule to the team: offered to team mx"[:40]))

    def test_a_deputy_stands_in_for_somebody_away(self):
        lead = self.lead_after("Para Eva", "Dora", "dora@far.example")
        self.assertEqual(self.leadmail.show(lead)["owner"], "ana")
        self.assertIn("deputy of eva", self.timeline(lead, "assigned")[0]["text"])
        self.assertEqual(self.of_kind(lead, "notice"), ["ana@acme.example"])

    def test_an_out_of_office_answer_marks_the_rep_away(self):
        first = self.lead_after("Antes de las vacaciones", "Vera", "vera@far.example")
        self.assertEqual(self.leadmail.show(first)["owner"], "luis")
        back = datetime.date.today() + datetime.timedelta(days=10)
        notice = self.told("luis", first, "notice")
        away = letters.answer(
            notice.message,
            "luis@acme.example",
            f"I am out of the office until {back.strftime('%d %B %Y')}.\nI will be back on {back.strftime('%d %B %Y')}.",
            subject="Automatic reply: " + str(notice.message["Subject"]),
            quote="no",
            headers=[("Auto-Submitted", "auto-replied")],
        )
        self.mail.submit("luis", away, [letters.recipient(away)])
        self.take()
        row = self.leadmail.row(str(away["Message-ID"]))
        self.assertEqual(row["outcome"], "automatic", row)
        self.assertIn("luis is away until", row["reason"])
        second = self.lead_after("Durante las vacaciones", "Wera", "wera@far.example")
        self.assertEqual(self.leadmail.show(second)["owner"], "ana", "the team's lead stands in")
        self.mail.submit("luis", letters.write("luis@acme.example", "sales@acme.example", "back", "#away back"),
                         ["sales@acme.example"])
        self.take()
        third = self.lead_after("Después de las vacaciones", "Xara", "xara@far.example")
        self.assertEqual(self.leadmail.show(third)["owner"], "luis")

    def test_who_does_not_act_is_told_and_his_team_lead_too_once(self):
        leads = [self.lead_after(f"Caso {n}", f"Nina {n}", f"nina{n}@case{n}.example") for n in range(3)]
        late = [line for line in self.leadmail.tool("list", "--owed") if line["lead"] in leads]
        self.assertEqual([line["late"] for line in late], [[], [], []])
        self.assertTrue(all(line["due_at"] for line in late), late)
        answered = self.rep_answers("luis", self.told("luis", leads[0], "notice"), "They cost 500 each.")
        self.take()
        self.assertEqual(self.leadmail.row(answered)["outcome"], "rep-answer")

        for days in (3, 3, 4):
            self.take(datetime.timedelta(days=days))
        late = {line["lead"]: line["late"] for line in self.leadmail.tool("list", "--owed")}
        self.assertNotIn(leads[0], late)
        for lead in leads[1:]:
            self.assertEqual(late[lead], ["acknowledge", "first_answer"])
            self.assertEqual(len(self.timeline(lead, "reminded")), 1, "both terms at once, and never again")
        (status,) = self.leadmail.tool("status")
        self.assertEqual(status["late"]["leads"], sum(bool(one) for one in late.values()), status)
        self.assertEqual(status["late"]["acknowledge"], sum("acknowledge" in one for one in late.values()))
        overdue = [entry for entry in self.leadmail.tool("outbox", "list") if entry["kind"] == "overdue"]
        told = sorted(one["address"] for entry in overdue for one in entry["recipients"])
        self.assertEqual(told, ["ana@acme.example", "luis@acme.example"], "one mail each about both leads")
        mail = [m for m in self.mail.inbox("ana") if m.message_id.strip("<>") == overdue[0]["message_id"]]
        mail += [m for m in self.mail.inbox("ana") if m.message_id.strip("<>") == overdue[1]["message_id"]]
        text = mail[0].message.get_body(("plain",)).get_content()
        for lead in leads[1:]:
            self.assertIn(lead, text)

    def test_who_is_away_by_mail_has_his_reminders_taken_over(self):
        lead = self.lead_after("Llamar pronto", "Yara", "yara@far.example")
        self.assertEqual(self.leadmail.show(lead)["owner"], "luis")
        now = datetime.datetime.now(datetime.timezone.utc)
        day = (now + datetime.timedelta(days=5)).replace(hour=17, minute=0, second=0, microsecond=0)
        self.leadmail.tool("do", lead, f"#next {day.date().isoformat()} 16:00 call", "--as", "luis")
        until = (now + datetime.timedelta(days=10)).date().isoformat()
        self.mail.submit("luis", letters.write("luis@acme.example", "sales@acme.example", "off", f"#away until {until}"),
                         ["sales@acme.example"])
        self.take()
        for _ in range(2):
            self.take(day - now)
        self.assertEqual(self.of_kind(lead, "reminder"), ["ana@acme.example"], "the lead of his team, once")
        reminder = self.told("ana", lead, "reminder").message.get_body(("plain",)).get_content()
        self.assertIn("Luis Ortega", reminder)

    def test_simulating_changes_nothing(self):
        lead = self.lead_after("Quiero otra oferta", "Zoe", "zoe@far.example")
        before = self.leadmail.leads()
        told = self.leadmail.tool("assign", "simulate", "--days", "1")
        mine = [line for line in told if line.get("lead") == lead]
        self.assertEqual([(line["user"], line["offered"], line["cause"]) for line in mine], [(None, "mx", "rule to the team")])
        self.assertTrue([line for line in told if "leads" in line], "totals")
        self.assertEqual(self.leadmail.leads(), before)


if __name__ == "__main__":
    unittest.main()
