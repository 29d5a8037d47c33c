"""A person asks what is kept about her, and then to be forgotten: fifty threads, quotes in the mail of others, files; and
the same mails lie in the mailbox still when it is read anew."""

import base64
import email
import email.policy
import json
import re
import sqlite3
import sys
import time
import unittest
import zipfile

import letters
from story import Story

THREADS = 50
ADDRESS = "maria.perez@far.example"
PHONE = "+52 55 4321 8765"
DIGITS = "5543218765"
SIGNATURE = f"María Pérez Olmedo\nCompras industriales\nTel. {PHONE}"


def token(number):
    return f"zafiro{number:03}qx"


def inquiry_text(number):
    return (
        f"Buenos días, para la planta {token(number)} buscamos\ncuarenta bombas azules de acero antes del invierno próximo.\n"
        f"¿Cuánto cuestan con {token(number)} incluido?\n\n{SIGNATURE}"
    )


def everything(path):
    """Every value of every table of the book, and every mail of it with all its parts decoded, as one text."""
    seen = []
    book = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [name for (name,) in book.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        for row in book.execute(f'SELECT * FROM "{table}"') if not table == "search" else []:
            seen += [value if isinstance(value, str) else "" for value in row]
    book.close()
    return "\n".join(seen)


def parts_of(raw):
    """The texts of a mail: its header decoded, each part decoded, mails inside it too."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    texts = [raw.decode("utf-8", "replace")]
    for part in message.walk():
        for name in ("From", "To", "Cc", "Subject"):
            try:
                texts.append(str(part[name] or ""))
            except Exception:  # a header that Python does not read
                continue
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True) or b""
        texts.append(content.decode(part.get_content_charset() or "utf-8", "replace"))
        texts.append(content.decode("latin-1"))
    return "\n".join(texts)


class Person(Story):
    settings = {"mailbox": 'known_sender = "new"', "acknowledge": True}
    running = False

    def everywhere(self):
        """All that the tool and SQLite can read."""
        leadmail = self.leadmail
        box = leadmail.folder / "all.mbox"
        box.unlink(missing_ok=True)
        leadmail.tool("export", "mail", "--output", box)
        texts = [everything(leadmail.folder / "leadmail.db")]
        for raw in re.split(rb"^From [^\n]*\n", box.read_bytes(), flags=re.MULTILINE):
            texts.append(parts_of(re.sub(rb"^>(>*From )", rb"\1", raw, flags=re.MULTILINE)))
        for entry in leadmail.tool("outbox", "list"):
            shown = leadmail._run("leadmail", "outbox", "show", str(entry["id"]))
            texts.append(parts_of(shown.stdout.encode()))
        box.unlink()
        return "\n".join(texts)

    def traces(self, text):
        """Which of her marks are in it."""
        lower = text.lower()
        marks = [ADDRESS, PHONE, DIGITS, "4321 8765", "pérez olmedo", *map(token, range(THREADS))]
        return sorted({mark for mark in marks if mark.lower() in lower})

    def write_threads(self):
        self.mails = []
        for number in range(THREADS):
            mail = letters.write(
                ("María Pérez Olmedo", ADDRESS), "sales@acme.example", f"Bombas {token(number)} para Puebla", inquiry_text(number)
            )
            if number % 10 == 0:
                mail.add_attachment(
                    f"plano {token(number)}".encode() * 20, maintype="application", subtype="pdf", filename=f"{token(number)}.pdf"
                )
            self.mails.append(mail)
            self.prospect_writes(mail)
        self.mail.wait_for(lambda: len(self.leadmail.leads()) == THREADS, 120, "her leads")

    def write_quotes(self):
        """Somebody else quotes her: below, in HTML with tags between her words, in base64, as a mail inside his."""
        original = self.mails[1]
        plain = letters.answer(original, ("Pedro Luna", "pedro@other.example"), "Me interesa lo mismo.", to="sales@acme.example")
        words = inquiry_text(2).replace("bombas", "<b>bom</b>bas").replace("ó", "&oacute;").split("\n")
        html = letters.write(
            ("Pedro Luna", "pedro@other.example"), "sales@acme.example", "También esto", None,
            html=f"<p>Vea abajo, por favor.</p><blockquote>{'<br>'.join(words)}</blockquote>"
            f'<a href="mailto:{ADDRESS}">escribir</a>',
        )
        coded = letters.write(("Pedro Luna", "pedro@other.example"), "sales@acme.example", "Y esto", "x")
        coded.set_payload(base64.encodebytes(("Ella dijo:\n\n" + inquiry_text(3)).encode()).decode())
        del coded["Content-Transfer-Encoding"]
        coded["Content-Transfer-Encoding"] = "base64"
        inside = letters.write(("Pedro Luna", "pedro@other.example"), "sales@acme.example", "Su correo", "Adjunto.")
        inside.add_attachment(self.mails[4])
        inside["Cc"] = f"María Pérez Olmedo <{ADDRESS}>"
        for mail in (plain, html, coded, inside):
            row = self.row(self.prospect_writes(mail))
            self.assertIn(row["outcome"], ("lead", "threaded"), row)
            self.pedro.append(row["lead"])
        # The rep answers one of hers, and Pedro; both are quoted.
        for lead in ("L-6", self.pedro[-1]):
            self.rep_answers("ana", self.told("ana", lead, "notice"), "Claro, se lo mando mañana.")
        self.settled()

    def test_p02_she_gets_all_of_it_and_then_is_forgotten(self):
        self.pedro, leadmail = [], self.leadmail.start()
        self.addCleanup(leadmail.stop)
        self.write_threads()
        self.write_quotes()
        self.assertEqual(len(self.traces(self.everywhere())), THREADS + 5 - 1)

        # --- what is kept about her
        archive = leadmail.folder / "maria.zip"
        told = leadmail.one("person", "export", ADDRESS, "--output", archive)
        self.assertEqual(len(set(told["leads"])), THREADS)
        with zipfile.ZipFile(archive) as kept:
            whole = json.loads(kept.read("person.json"))
            mails = [kept.read(name) for name in kept.namelist() if name.startswith("mails/")]
            page = kept.read("index.html").decode()
        every = "\n".join(map(parts_of, mails))
        self.assertEqual([number for number in range(THREADS) if token(number) not in every], [])
        self.assertEqual([number for number in range(THREADS) if token(number) not in json.dumps(whole)], [])
        self.assertEqual(len(whole["leads"]), THREADS)
        self.assertEqual(len(whole["mails"]), THREADS + 6)  # with four of Pedro, and two answers of Ana
        self.assertGreaterEqual(len(whole["sent"]), THREADS + 3)
        self.assertGreaterEqual(len(whole["ledger"]), THREADS)
        self.assertIn(ADDRESS, page)

        # --- forgotten
        copy = leadmail.folder / "before.db"
        leadmail.one("backup", copy)
        # One of his answered her mail, and stands in her lead; the mail stays his.
        pedro = {lead: leadmail.show(lead) for lead in set(self.pedro) - set(told["leads"])}
        found = leadmail.one("person", "erase", ADDRESS, "--dry-run")
        self.assertEqual((len(found["leads"]), found["mails"]), (THREADS, THREADS))
        self.assertEqual(len(leadmail.leads()), THREADS + len(pedro))
        leadmail.tool("person", "erase", ADDRESS, expected=2)  # nobody can be asked
        began = time.monotonic()
        done = leadmail.one("person", "erase", ADDRESS, "--yes")
        took = time.monotonic() - began
        self.assertEqual(done["hits"], {"rows": 0, "mails": 0, "letters": 0, "words": 0})
        self.assertEqual([(one["file"], one["is_there"]) for one in done["copies"]], [(str(copy), True)])
        self.assertTrue(done["compacted"])
        self.assertEqual(self.traces(self.everywhere()), [])
        wal = leadmail.folder / "leadmail.db-wal"
        bytes_left = (leadmail.folder / "leadmail.db").read_bytes() + (wal.read_bytes() if wal.exists() else b"")
        self.assertEqual(self.traces(bytes_left.decode("latin-1")), [])
        self.assertEqual(leadmail.tool("find", token(7)), [])
        log = leadmail.log.read_text(encoding="utf-8")
        self.assertNotIn(ADDRESS, log)
        print(f"erased: {THREADS} leads, {done['gone']['redacted']} mails of others redacted, 0 hits, {took:.1f} s", file=sys.stderr)

        # Nobody else has lost anything.
        self.assertEqual({entry["lead"] for entry in leadmail.leads()}, set(pedro))
        for lead, before in pedro.items():
            now = leadmail.show(lead)
            self.assertEqual((now["emails"], now["status"], now["owner"]), (before["emails"], before["status"], before["owner"]))
            self.assertEqual(len(now["timeline"]), len(before["timeline"]))
        self.assertEqual(leadmail.one("verify")["faults"], [])
        self.assertIn("Me interesa lo mismo", self.everywhere())

        self.still_forgotten(leadmail, pedro)

    def still_forgotten(self, leadmail, pedro):
        rows = len(leadmail.ledger())
        leadmail.stop()
        time.sleep(1.1)  # the new UIDVALIDITY is the time of day
        for path in (self.mail.dir / "mail" / "sales" / "Maildir").rglob("dovecot*"):
            path.unlink()
        leadmail.start()
        self.mail.wait_for(lambda: len(leadmail.ledger()) >= rows + THREADS, 120, "the mailbox read anew")
        self.settled()
        for number in (0, 1, 7):
            path = leadmail.folder / f"{number}.eml"
            path.write_bytes(bytes(self.mails[number]))
            (row,) = leadmail.tool("ingest", path)
            self.assertEqual((row["outcome"], row["lead"]), ("ignored", None), row)
        again = [row for row in leadmail.ledger() if row["reason"] == "erased person"]
        self.assertGreaterEqual(len(again), 2 * THREADS + 3)
        self.assertEqual({row["outcome"] for row in again}, {"ignored"})
        self.assertEqual({entry["lead"] for entry in leadmail.leads()}, set(pedro))
        self.assertEqual(self.traces(self.everywhere()), [])

        # She writes again: that is a new inquiry.
        time.sleep(1.1)
        mail = letters.write(("María Pérez", ADDRESS), "sales@acme.example", "Otra vez", "Hola de nuevo, ¿siguen allí?")
        row = self.row(self.prospect_writes(mail))
        self.assertEqual(row["outcome"], "lead", row)


if __name__ == "__main__":
    unittest.main()
