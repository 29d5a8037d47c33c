"""What strangers can bring about: people whom they put into copy are not written to, and ten thousand rules do not slow
their mail down."""

import mailbox
import time
import unittest

import letters
from product import Leadmail, build_option
from story import Story

RULES, MAILS, SECONDS = 10_000, 1_000, 20


def is_optimised():
    """Whether the build is as it is shipped: others are slower by their nature."""
    return build_option("CMAKE_BUILD_TYPE") in ("Release", "RelWithDebInfo") and not build_option("LEADMAIL_SANITIZE")


class Copies(Story):
    settings = {"acknowledge": True}
    postfix = False

    def test_a09_nobody_whom_a_prospect_puts_into_copy_is_written_to_by_the_machine(self):
        strangers = [f"s{number}@elsewhere.example" for number in range(200)]
        mail = letters.write("cc@far.example", "sales@acme.example", "With many", "Ten pumps.", headers=[("Cc", ", ".join(strangers))])
        row = self.row(self.prospect_writes(mail))
        self.assertEqual(row["outcome"], "lead", row)
        notice = self.told("ana", row["lead"], "notice")
        self.mail.wait_for(lambda: self.mail.sink.to("cc@far.example"), what="the acknowledgement")
        answer = letters.answer(mail, "cc@far.example", "And one to all.", to="sales@acme.example", headers=[("Cc", ", ".join(strangers))])
        self.row(self.prospect_writes(answer))
        self.leadmail.tool("do", row["lead"], "#next tomorrow 10:00")
        # An answer to the prospect goes to him, not to a crowd that he chose.
        self.rep_answers("ana", notice, "They cost 10 EUR.\n\nAna")
        self.mail.wait_for(lambda: len(self.mail.sink.to("cc@far.example")) == 2, what="the answer")
        self.settled()
        self.assertEqual([address for address in strangers if self.mail.sink.to(address)], [])


class ManyRules(Story):
    running = False
    postfix = False

    def test_r02_ten_thousand_rules_let_fifty_mails_a_second_through(self):
        rules = "".join(
            f'[[assign]]\nname = "rule {number}"\nwhen = {{ field = "subject", matches = "(?i)(offer|quote) no {number}$" }}\nto = {{ user = "luis" }}\n'
            for number in range(RULES)
        )
        leadmail = Leadmail(self.mail, name="rules", assign=rules + '[[assign]]\nname = "rest"\nto = { user = "ana" }\n')
        path = self.mail.dir / "many.mbox"
        box = mailbox.mbox(path)
        for number in range(MAILS):
            box.add(bytes(letters.write((f"P {number}", f"p{number}@far{number}.example"), "sales@acme.example", f"Quote no {number}", "Pumps?")))
        box.flush()
        began = time.monotonic()
        leadmail.tool("ingest", path, timeout=300)
        took = time.monotonic() - began
        leads = leadmail.leads()
        self.assertEqual([lead["owner"] for lead in leads], ["luis"] * MAILS)
        print(f"rules: {RULES}, mails: {MAILS}, {took:.1f} s")
        self.assertLessEqual(took, SECONDS if is_optimised() else 10 * SECONDS)


if __name__ == "__main__":
    unittest.main()
