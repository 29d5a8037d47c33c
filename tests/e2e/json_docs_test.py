"""docs/json.md is what other programs are written by: each command prints the keys that stand there, and no others."""

import pathlib
import re
import unittest

import letters
from capture_test import DSN
from story import Story

FORM = "Name: Eva Lund\nEmail: eva@near.example\nPhone: +46 8 123 456\nMessage: What do ten hoses cost?\n"
FORWARD = """For you.

---------- Forwarded message ---------
From: Luz Mar <luz@near.example>
Date: Mon, 2 Nov 2026 at 10:00
Subject: Hoses
To: <office@acme.example>

What do hoses cost?
"""
REPLY = """From: Rosa <rosa@far.example>
To: sales@acme.example
Subject: Accepted: Call
Message-ID: <reply@far.example>
MIME-Version: 1.0
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:17@acme.example
DTSTART:20261203T150000Z
ATTENDEE;PARTSTAT=ACCEPTED:mailto:rosa@far.example
END:VEVENT
END:VCALENDAR
"""

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "json.md"


def read_keys(words):
    """'a b[] c{d e} f{*}' as {a: None, b: None, c: {d: None, e: None}, f: '*'}; takes what it reads off `words`."""
    keys = {}
    while words and words[0] != "}":
        name = words.pop(0)
        keys[name] = None
        if words and words[0] == "{":
            words.pop(0)
            keys[name] = "*" if words[0] == "*" and words.pop(0) else read_keys(words)
            words.pop(0)
    return keys


def promised():
    """What the page says of each command."""
    blocks = re.findall(r"^```keys ([a-z ]+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {name: read_keys(re.findall(r"[a-z_0-9]+|[{}*]", text.replace("[]", ""))) for names, text in blocks for name in names.split()}


class JsonPage(Story):
    settings = {"acknowledge": True, "extra": '\n[[field]]\nname = "colour"\n'}
    postfix = False

    def compare(self, said, keys, where):
        if isinstance(said, list):
            for one in said:
                self.compare(one, keys, where)
        elif isinstance(said, dict) and keys != "*":
            self.assertIsNotNone(keys, f"{where} is an object, and the page does not say so")
            self.assertEqual(sorted(said), sorted(keys), where)
            for key, value in said.items():
                self.compare(value, keys[key], f"{where}.{key}")
        elif keys not in (None, "*"):
            self.assertIsNone(said, f"{where} is no object")  # null where it is not known

    def look(self, command, *words):
        lines = self.leadmail.tool(command, *words)
        lines = lines if isinstance(lines, list) else [lines]
        for line in lines:
            self.compare(line, self.promised[command], command)
        return lines

    def test_each_command_prints_the_keys_of_the_page_and_no_others(self):
        self.promised = promised()
        self.assertGreater(len(self.promised), 18)
        asks = letters.write(("Rosa Gil", "rosa@far.example"), "sales@acme.example", "Pumps", "What do twelve pumps cost?\n\nRosa Gil\nManager\nFar Ltd\n+34 600 123 456")
        lead = self.row(self.prospect_writes(asks))["lead"]
        for commands in (
            "#next tomorrow call her",
            "#opportunity 12000 EUR 60%",
            "#quote 12000 EUR valid 30d",
            "#order 4711",
            "#tag big",
            "#event meeting tomorrow 15:00 1h",
            "#note she asked twice",
        ):
            self.look("do", lead, commands, "--as", "ana")
        folder = self.leadmail.config.parent
        folder.joinpath("rosa.eml").write_bytes(bytes(asks))
        other = letters.write(("Eva", "eva@near.example"), "sales@acme.example", "Hoses", "And hoses?")
        folder.joinpath("eva.eml").write_bytes(bytes(other))
        changed = folder / "changed.toml"
        changed.write_text(self.leadmail.config.read_text(encoding="utf-8") + '\n[[ignore]]\nfrom = "rosa@far.example"\n', encoding="utf-8")
        seen = {
            "list": self.look("list"),
            "find": self.look("find", "pumps"),
            "show": self.look("show", lead),
            "new": self.look("new", "--email", "luz@near.example"),
            "parse": self.look("parse", folder / "rosa.eml"),
            "ingest": self.look("ingest", folder / "eva.eml"),
            "ledger": self.look("ledger"),
            "explain": self.look("explain", folder / "rosa.eml"),
            "outbox": self.look("outbox"),
            "status": self.look("status"),
            "doctor": self.look("doctor"),
            "backup": self.look("backup", folder / "copy.db"),
            "verify": self.look("verify"),
            "prune": self.look("prune"),
        }
        self.assertEqual([command for command, lines in seen.items() if not lines], [])
        (shown,) = seen["show"]
        for key in ("next_contact", "tags", "opportunities", "quotations", "orders", "events", "timeline"):
            self.assertTrue(shown[key], f"the story leaves {key} untried")
        words = {key: set(re.findall(r"`([a-z-]+)`", cell)) for key, cell in re.findall(r"^\| `(.*?)`.*? \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)}
        self.assertLessEqual({line["outcome"] for line in seen["ledger"]}, words["outcome"])
        self.assertLessEqual({line["kind"] for line in seen["ledger"]}, words["kind"])
        self.assertLessEqual({line["status"] for line in seen["list"]}, words["status"])

    def test_what_only_some_mail_has_is_as_the_page_says(self):
        self.promised = promised()
        site = ("Site", "www@site.example")
        away = letters.write("ana@far.example", "sales@acme.example", "Automatic reply: Pumps", "I am out of the office until 3 December 2026.", headers=[("Auto-Submitted", "auto-replied")])
        mails = {
            "bounce": DSN.format(id="<bounce@far.example>").encode(),
            "form": bytes(letters.write(site, "sales@acme.example", "New message from your website", FORM)),
            "forwarded": bytes(letters.write("office@acme.example", "sales@acme.example", "Fwd: Hoses", FORWARD)),
            "calendar": REPLY.encode(),
            "auto_reply": bytes(away),
        }
        folder = self.leadmail.config.parent
        for key, raw in mails.items():
            with self.subTest(key):
                file = folder / f"{key}.eml"
                file.write_bytes(raw)
                (said,) = self.look("parse", file)
                self.assertTrue(said[key], said)

    def test_what_waits_for_an_administrator_is_as_the_page_says(self):
        self.promised = promised()
        doubtful = letters.write("eva@far.example", "sales@acme.example", "Pumps", "Hello,\n\nwhat do 20 pumps cost?\n\nEva", headers=[("List-Unsubscribe", "<mailto:out@tool.example>")])
        self.assertEqual(self.row(self.prospect_writes(doubtful))["outcome"], "held")
        self.assertTrue(self.look("held"))
        self.look("failed")
        wrong = self.leadmail.config.parent / "conf.d"
        wrong.mkdir()
        wrong.joinpath("wrong.toml").write_text("[store]\npaht = 1\n", encoding="utf-8")
        faults = self.leadmail.tool("check", expected=3)
        self.assertTrue(faults)
        for fault in faults:
            self.compare(fault, self.promised["check"], "check")


if __name__ == "__main__":
    unittest.main()
