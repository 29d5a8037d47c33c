"""Next contacts and events in calendars, reminders after an outage, and digests: through a real mail system."""

import datetime
import email.message
import os
import stat
import sys
import unittest

try:
    import icalendar
except ImportError:  # Debian's own Python has it
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    raise

import letters
from story import Story

DAY = datetime.timedelta(days=1)


def objects(mail):
    """The calendar objects of a mail: the one that programs offer to answer, and the file."""
    return [
        icalendar.Calendar.from_ical(part.get_content())
        for part in mail.message.walk()
        if part.get_content_type() in ("text/calendar", "application/ics")
    ]


def event(mail):
    (found,) = objects(mail)[0].walk("VEVENT")
    return found


def answer(invitation, sender, method, partstat="TENTATIVE", start=None):
    """What a calendar program sends to the organizer. RFC 6047"""
    asked = event(invitation)
    told = icalendar.Event()
    for name in ("uid", "sequence", "organizer", "summary"):
        told.add(name, asked[name], encode=False)
    told.add("dtstamp", datetime.datetime.now(datetime.timezone.utc))
    at = start or asked["dtstart"].dt
    told.add("dtstart", at.astimezone(datetime.timezone.utc))
    told.add("dtend", at.astimezone(datetime.timezone.utc) + datetime.timedelta(minutes=30))
    person = icalendar.vCalAddress(f"mailto:{sender}")
    person.params["PARTSTAT"] = icalendar.vText(partstat)
    told.add("attendee", person, encode=False)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//a calendar program//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(told)

    mail = letters.write(sender, "sales@acme.example", f"{method}: {asked['summary']}", "An answer.")
    part = email.message.EmailMessage()
    part.set_content(calendar.to_ical().decode(), subtype="calendar", params={"method": method})
    mail.make_alternative()
    mail.attach(part)
    return mail


class Calendars(Story):
    settings = {"extra": '[calendar]\nfolder = "calendars"\n'}

    def planned(self, name):
        """A lead with a next contact in two days. Returns it, its invitation and its notice."""
        _, lead, notice = self.inquiry(name, f"{name.lower()}@far.example", f"{name} asks")
        day = (datetime.date.today() + 2 * DAY).isoformat()
        self.row(self.rep_answers("ana", notice, f"#next {day} 10:00 call"))
        return lead, self.told("ana", lead, "invitation"), notice

    def answers(self, sender, mail):
        self.mail.submit(sender, mail, ["sales@acme.example"])
        return self.row(str(mail["Message-ID"]))

    def at(self, lead):
        return datetime.datetime.fromisoformat(self.leadmail.show(lead)["next_contact"]["at"])

    def test_an_invitation_can_be_read_and_says_the_same_twice(self):
        lead, invitation, _ = self.planned("Iris")
        first, second = objects(invitation)
        self.assertEqual((first["method"], first.to_ical()), ("REQUEST", second.to_ical()))
        self.assertEqual(event(invitation)["dtstart"].dt, self.at(lead))
        self.assertEqual(str(event(invitation)["organizer"]), "mailto:sales@acme.example")

    def test_another_time_of_the_rep_moves_it_and_replaces_the_entry(self):
        lead, invitation, _ = self.planned("Jana")
        wanted = self.at(lead) + DAY + datetime.timedelta(hours=1)
        row = self.answers("ana", answer(invitation, "ana@acme.example", "COUNTER", start=wanted))
        self.assertEqual((row["outcome"], row["lead"]), ("calendar", lead), row)
        self.assertEqual(self.at(lead), wanted)
        moved = self.told("ana", lead, "invitation", 2)
        self.assertEqual(event(moved)["uid"], event(invitation)["uid"])
        self.assertGreater(event(moved)["sequence"], event(invitation)["sequence"])
        self.assertEqual(event(moved)["dtstart"].dt, wanted)
        self.assertEqual(objects(moved)[0]["method"], "REQUEST")

    def test_a_lead_that_is_given_away_takes_its_next_contact_along(self):
        lead, invitation, _ = self.planned("Quirin")
        self.leadmail.tool("do", lead, "#assign luis", "--as", "ana")
        self.assertEqual(self.leadmail.show(lead)["next_contact"]["by"], "luis")
        cancelled = self.told("ana", lead, "invitation", 2)
        taken = self.told("luis", lead, "invitation")
        self.assertEqual([objects(mail)[0]["method"] for mail in (cancelled, taken)], ["CANCEL", "REQUEST"])
        self.assertEqual({event(mail)["uid"] for mail in (cancelled, taken)}, {event(invitation)["uid"]})
        self.assertIn("Next contact:", self.told("luis", lead, "notice").text)

    def test_an_answer_to_an_entry_of_a_merged_lead_moves_it_on_the_other(self):
        lead, invitation, _ = self.planned("Pia")
        _, kept, _ = self.inquiry("Pia Two", "pia@two.example", "pia two")
        merged = self.leadmail.tool("merge", kept, lead)[0]
        self.assertIn("next.at", [line["field"] for line in merged["results"]])
        wanted = self.at(kept) + DAY
        row = self.answers("ana", answer(invitation, "ana@acme.example", "COUNTER", start=wanted))
        self.assertEqual((row["outcome"], row["lead"]), ("calendar", kept), row)
        self.assertEqual(self.at(kept), wanted)
        moved = self.told("ana", kept, "invitation")
        self.assertEqual((event(moved)["uid"], event(moved)["dtstart"].dt), (event(invitation)["uid"], wanted))
        # Under its old number it is found by the tool as by mail.
        done = self.leadmail.one("do", lead, "#next none", "--as", "ana")
        self.assertEqual(done["lead"], kept)
        self.assertIsNone(self.leadmail.show(kept)["next_contact"])
        self.leadmail.tool("undo", str(merged["repair"]))
        self.assertIsNone(self.leadmail.show(lead)["next_contact"], "it was cleared meanwhile")

    def test_a_time_that_is_past_is_turned_down(self):
        lead, invitation, _ = self.planned("Karl")
        before = self.at(lead)
        past = datetime.datetime.now(datetime.timezone.utc) - DAY
        self.answers("ana", answer(invitation, "ana@acme.example", "COUNTER", start=past))
        declined = self.told("ana", lead, "invitation", 2)
        self.assertEqual(objects(declined)[0]["method"], "DECLINECOUNTER")
        self.assertEqual(event(declined)["uid"], event(invitation)["uid"])
        self.assertEqual(self.at(lead), before)

    def test_answers_are_noted_and_who_asks_gets_it_again(self):
        lead, invitation, _ = self.planned("Lena")
        self.answers("ana", answer(invitation, "ana@acme.example", "REPLY", "ACCEPTED"))
        self.assertTrue(any("accepted" in one["text"] for one in self.timeline(lead, "next")))
        self.answers("ana", answer(invitation, "ana@acme.example", "REFRESH", "NEEDS-ACTION"))
        again = self.told("ana", lead, "invitation", 2)
        self.assertEqual(event(again)["sequence"], event(invitation)["sequence"])

    def test_a_forged_answer_moves_nothing(self):
        lead, invitation, _ = self.planned("Mila")
        before = self.at(lead)
        forged = answer(invitation, "ana@acme.example", "COUNTER", start=before + DAY)
        row = self.row(self.prospect_writes(forged))
        self.assertEqual(row["outcome"], "unverified", row)
        self.assertEqual(self.at(lead), before)

    def test_a_guest_proposes_and_the_rep_decides(self):
        _, lead, notice = self.inquiry("Nora", "nora@far.example", "Nora asks")
        day = (datetime.date.today() + 3 * DAY).isoformat()
        self.row(self.rep_answers("ana", notice, f"#event meeting {day} 10:00 1h, invite"))
        got = self.mail.wait_for(lambda: self.mail.sink.to("nora@far.example"), what="the invitation")[0]
        wanted = event(got)["dtstart"].dt + datetime.timedelta(hours=2)
        proposal = answer(got, "nora@far.example", "COUNTER", start=wanted)
        row = self.row(self.prospect_writes(proposal, found="dmarc=pass header.from=far.example"))
        self.assertEqual((row["outcome"], row["lead"]), ("calendar", lead), row)
        told = self.told("ana", lead, "rsvp")
        command = next(line.strip() for line in told.text.splitlines() if "#event 1 20" in line)
        self.row(self.rep_answers("ana", told, command[command.index("#") :]))
        mails = self.mail.wait_for(
            lambda: found if len(found := self.mail.sink.to("nora@far.example")) == 2 else None, what="the new time"
        )
        self.assertEqual(event(mails[1])["uid"], event(got)["uid"])
        self.assertGreater(event(mails[1])["sequence"], event(got)["sequence"])
        self.assertEqual(event(mails[1])["dtstart"].dt, wanted)

    def test_a_calendar_to_subscribe_to_holds_what_is_his(self):
        lead, _, _ = self.planned("Odile")
        path = self.leadmail.folder / "calendars" / "ana.ics"

        def entry():
            if not path.exists():
                return None
            calendar = icalendar.Calendar.from_ical(path.read_bytes())
            return [one for one in calendar.walk("VEVENT") if f"({lead})" in one["summary"]]

        (found,) = self.mail.wait_for(entry, what="an entry", timeout=60)
        self.assertEqual(found["dtstart"].dt, self.at(lead))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        theirs = icalendar.Calendar.from_ical((path.parent / "luis.ics").read_bytes())
        self.assertEqual(theirs.walk("VEVENT"), [])


class TheClock(Story):
    settings = {"digests": True}
    running = False

    def kinds(self, kind):
        return [entry for entry in self.leadmail.tool("outbox", "list") if entry["kind"] == kind]

    def take(self, name):
        mail = letters.write((name, f"{name.lower()}@far.example"), "sales@acme.example", f"{name} asks", "How much?")
        self.prospect_writes(mail)
        self.leadmail.once()
        return self.leadmail.row(str(mail["Message-ID"]))["lead"]

    def test_after_an_outage_all_that_was_missed_comes_in_one_mail_and_digests_come_once(self):
        today = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        morning = (today + 2 * DAY).replace(hour=17, minute=0, second=0)  # 11:00 in Mexico City
        leads = [self.take(name) for name in ("Paz", "Quim", "Rita")]
        for lead in leads:
            self.leadmail.tool("do", lead, f"#next {(morning - DAY).date().isoformat()} 10:00", "--as", "ana")
        self.leadmail.once(now=morning.isoformat())
        self.leadmail.once(now=morning.isoformat())
        self.leadmail.once(now=(morning + DAY).isoformat())
        self.assertEqual((len(self.kinds("catchup")), len(self.kinds("reminder"))), (1, 0))
        (catchup,) = [mail for mail in self.mail.inbox("ana") if mail.message_id.strip("<>") in self.ids("catchup")]
        for lead in leads:
            self.assertIn(lead, catchup.text)
        self.assertEqual({self.leadmail.show(lead)["status"] for lead in leads}, {"open"})

        digests = self.kinds("digest")
        own = [one for one in digests if one["recipients"][0]["address"].startswith("ana")] if digests else []
        self.assertTrue(own, digests)
        for again in range(2):
            self.leadmail.once(now=(morning + DAY).isoformat())
        self.assertEqual(len(self.kinds("digest")), len(digests))
        self.assertFalse([one for one in digests if one["recipients"][0]["address"].startswith("luis")])

    def ids(self, kind):
        return {entry["message_id"] for entry in self.kinds(kind)}


if __name__ == "__main__":
    unittest.main()
