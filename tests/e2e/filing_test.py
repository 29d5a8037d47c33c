"""After the commit: mail is marked or moved as the config says, once, after whatever was killed, and nobody else's."""


import time
import unittest

import letters

from product import Leadmail
from story import Story


class Filing(Story):
    running = False

    def flags(self, folder="INBOX"):
        """{Message-ID: flags} of all mail in a folder; {} when there is none."""
        found = {}
        with self.mail.imap("sales") as imap:
            if imap.select(f'"{folder}"', readonly=True)[0] != "OK":
                return found
            _, answer = imap.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            for item in answer:
                if isinstance(item, tuple):
                    message_id = item[1].decode().partition(":")[2].strip()
                    found[message_id] = item[0].decode().partition("FLAGS (")[2].partition(")")[0]
        return found

    def write(self, name, **how):
        return letters.write(f"{name}@far.example", "sales@acme.example", f"Pumps {name}", f"Hello from {name}", **how)

    def configured(self, value, name):
        leadmail = Leadmail(self.mail, name, mailbox=f'processed = "{value}"')
        self.addCleanup(leadmail.stop)
        return leadmail

    def until(self, look, what):
        return self.mail.wait_for(look, 30, what)

    def test_marked_as_read(self):
        leadmail = self.configured("seen", "seen")
        leadmail.start()
        mail = self.write("anne")
        message_id = self.prospect_writes(mail)
        self.until(lambda: "\\Seen" in self.flags().get(message_id, ""), "\\Seen")
        self.until(lambda: leadmail.one("status")["filing"] == 0, "nothing left to file")
        self.assertEqual(leadmail.row(message_id)["outcome"], "lead")

    def test_moved_and_nobody_elses_mail_expunged(self):
        leadmail = self.configured("move:Done & dusted", "moved")
        # Somebody else is about to delete a mail: that is not ours to finish.
        others = self.write("other")
        self.mail.append("sales", "INBOX", others, flags="(\\Deleted)")
        leadmail.start()
        messages = [self.prospect_writes(self.write(f"bert{number}")) for number in range(3)]
        folder = "Done &- dusted"
        self.until(lambda: set(messages) <= set(self.flags(folder)), "the mails in their folder")
        self.until(lambda: leadmail.one("status")["filing"] == 0, "nothing left to file")
        self.assertFalse(set(messages) & set(self.flags()))
        rows = [row for row in leadmail.ledger() if f"<{row['message_id']}>" in messages]
        self.assertEqual([row["outcome"] for row in rows], ["lead"] * 3)

    def test_c03_killed_between_the_commit_and_the_flag(self):
        """The next run flags it; no second lead, no second mail."""
        leadmail = self.configured("seen", "killed")
        leadmail.start()
        messages = []
        for number in range(12):
            message_id = self.prospect_writes(self.write(f"carl{number}"))
            messages.append(message_id)
            self.until(lambda: leadmail.row(message_id), "a ledger row")
            leadmail.kill()  # the filer gathers for a second, so this is before the flag as a rule
            leadmail.start()
        self.until(lambda: all("\\Seen" in self.flags().get(one, "") for one in messages), "all flags")
        rows = [row for row in leadmail.ledger() if f"<{row['message_id']}>" in messages]
        self.assertEqual([row["outcome"] for row in rows], ["lead"] * len(messages))
        notices = [entry for entry in leadmail.tool("outbox", "list") if entry["kind"] == "notice"]
        self.assertEqual(len({entry["lead"] for entry in notices}), len(notices))

    def test_a_move_killed_at_any_moment_leaves_one_mail_in_one_place(self):
        leadmail = self.configured("move:Taken", "torn")
        messages = []
        for number in range(10):
            leadmail.start()
            message_id = self.prospect_writes(self.write(f"doris{number}"))
            messages.append(message_id)
            self.until(lambda: leadmail.row(message_id), "a ledger row")
            time.sleep(0.9 + number * 0.03)  # around the end of the filer's gathering
            leadmail.kill()
        leadmail.start()
        self.until(lambda: set(messages) <= set(self.flags("Taken")), "all mails in their folder")
        self.until(lambda: leadmail.one("status")["filing"] == 0, "nothing left to file")
        with self.mail.imap("sales") as imap:
            imap.select("Taken", readonly=True)
            _, (found,) = imap.uid("SEARCH", "ALL")
        self.assertEqual(len(found.split()), len(self.flags("Taken")), "copies")
        self.assertFalse(set(messages) & set(self.flags()))
        rows = [row for row in leadmail.ledger() if f"<{row['message_id']}>" in messages]
        self.assertEqual([row["outcome"] for row in rows], ["lead"] * len(messages))

    def test_a_target_that_is_watched_too_sees_the_same_mail_again(self):
        with self.mail.imap("sales") as imap:
            imap.create("Watched")
        second = """
[[mailbox]]
name = "archive"
address = "archive@acme.example"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
user = "sales@acme.example"
password_file = "{password}"
inbox = "Watched"
sent = ""
baseline = "off"
transport_auth = "none"
""".format(
            imap=self.mail.imap_url, smtp=self.mail.smtp_url, ca=self.mail.ca, password=self.mail.password_file("sales")
        )
        leadmail = Leadmail(self.mail, "twice", mailbox='processed = "move:Watched"', extra=second)
        self.addCleanup(leadmail.stop)
        leadmail.start()
        message_id = self.prospect_writes(self.write("ella"))

        def rows():
            found = [row for row in leadmail.ledger() if f"<{row['message_id']}>" == message_id]
            return found if len(found) == 2 else None

        outcomes = {row["mailbox"]: row["outcome"] for row in self.until(rows, "two sightings")}
        self.assertEqual(outcomes, {"sales": "lead", "archive": "duplicate"})
        mails = [entry["kind"] for entry in leadmail.tool("outbox", "list") if entry["lead"]]
        self.assertEqual(len(mails), len(set(mails)), mails)

    def test_what_is_held_stays_until_it_is_decided(self):
        leadmail = self.configured("move:Decided", "held")
        leadmail.start()
        message_id = self.prospect_writes(self.write("fritz", headers=[("X-Spam-Flag", "YES")]))
        self.until(lambda: leadmail.row(message_id), "a ledger row")
        self.assertEqual(leadmail.one("status")["filing"], 0)
        (held,) = leadmail.tool("held")
        leadmail.tool("held", "block", held["id"])
        leadmail.stop()
        leadmail.start()
        self.until(lambda: message_id in self.flags("Decided"), "the mail in its folder")


if __name__ == "__main__":
    unittest.main()
