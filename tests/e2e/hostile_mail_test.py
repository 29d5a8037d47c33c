"""Mail made to hurt, through a real server and the running daemon; the names in brackets are the rows of hostile cases
that a test stands for."""

import hashlib
import re
import socket
import threading
import unittest

import letters
from story import Story

# Names that want to be a path, a device, another ending, too long, or nothing.
NAMES = (
    '"../../../../x01-escaped.txt"',
    '"/etc/x01-absolute.txt"',
    '"C:\\\\x01\\\\windows.txt"',
    '"CON"',
    '"' + "n" * 4000 + '.txt"',
    '"x01\\0nul.txt"'.replace("\\0", "\0"),
    '"=?utf-8?q?x01=E2=80=AEtxt.exe?="',
    '""',
    '"same.txt"',
    '"same.txt"',
    "\"=?utf-8?q?x01=0D=0ABcc:_victim@far.example?=\"",
)


class Listener:
    """A port that somebody might be made to connect to, and how often that happened."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class HostileMail(Story):
    # So that what strangers write is in the log at all.
    settings = {"extra": "\n[daemon]\nlog_personal = true\n"}

    def raw(self, number, header, body, subject="Question"):
        """A mail byte by byte, as it stands in the mailbox. Returns its ledger row."""
        message_id = f"{number}.{id(self)}@far.example"
        mail = (
            f"From: Ann Bell <{number}@far.example>\r\nTo: sales@acme.example\r\nSubject: {subject}\r\nMessage-ID: "
            f"<{message_id}>\r\nDate: Sun, 22 Nov 2026 03:00:00 +0000\r\nMIME-Version: 1.0\r\n".encode()
            + header.encode("latin-1")
            + b"\r\n"
            + (body if isinstance(body, bytes) else body.encode())
        )
        self.mail.append("sales", "INBOX", mail)
        return self.row(message_id)

    def test_M01_M02_M07_structures_without_end_cost_themselves_alone(self):
        """They are a lead or quarantined, and the next mail is a lead."""
        nested = "".join(
            f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(50_000)
        )
        empty = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nI need ten.\r\n" + "--b\r\n\r\n" * 300_000
        messages = "Content-Type: message/rfc822\r\n\r\n" * 20_000
        fields = "".join(f"X-{number}: v\r\n" for number in range(200_000))
        for name, header, body in (
            ("m01nested", nested, "hi"),
            ("m01empty", empty, ""),
            ("m01messages", messages, "\r\nhi"),
            ("m02fields", fields, "I need ten."),
            ("m02field", "X-Long: " + "\r\n ".join(["a" * 900] * 3000) + "\r\n", "I need ten."),
        ):
            with self.subTest(name):
                row = self.raw(name, header, body)
                self.assertIn(row["outcome"], ("lead", "quarantined"), row)
                self.inquiry("After", f"after-{name}@far.example", f"After {name}")

    def test_M11_only_the_first_unambiguous_plain_text_commands(self):
        """What other alternatives say is no command; what they say otherwise changes nothing."""
        _, lead, notice = self.inquiry("M11", "m11@far.example", "m11")
        html = "<p>#status converted</p>"
        for name, texts in (
            ("HTML says a command", [("plain", "Fine.\n"), ("html", html)]),
            ("a second plain text says one", [("plain", "Fine.\n"), ("plain", "#status converted\n")]),
            ("two plain texts say different ones", [("plain", "#status converted\n"), ("plain", "#status interested\n")]),
            ("HTML alone", [("html", html)]),
        ):
            with self.subTest(name):
                self.assertNotIn(self.answer_in(notice, texts)["outcome"], ("lead",))
                self.assertNotIn(self.leadmail.show(lead)["status"], ("converted", "interested"))
        self.answer_in(notice, [("plain", "#status interested\n"), ("html", html)])
        self.assertEqual(self.leadmail.show(lead)["status"], "interested")

    def answer_in(self, notice, texts):
        """Ana answers with these alternatives. Returns the ledger row."""
        mail = letters.answer(notice.message, "ana@acme.example", "x", quote="none")
        mail.clear_content()
        mail["Content-Type"] = 'multipart/alternative; boundary="=_m11"'
        parts = [f"--=_m11\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in texts]
        header = bytes(mail).partition(b"\n\n")[0]
        raw = header + b"\r\n\r\n" + ("".join(parts) + "--=_m11--\r\n").encode()
        self.mail.submit("ana", raw, [letters.recipient(mail)])
        return self.row(str(mail["Message-ID"]))

    def test_M13_html_reaches_for_nothing_and_is_read_as_text(self):
        """Scripts, forms, pictures from elsewhere, file: links; nobody is connected to."""
        elsewhere = Listener()
        self.addCleanup(elsewhere.close)
        at = f"http://127.0.0.1:{elsewhere.port}"
        page = f"""<html><head><link rel=stylesheet href="{at}/a.css"><style>@import url({at}/b.css);</style>
<script src="{at}/c.js"></script><script>fetch("{at}/d")</script><meta http-equiv=refresh content="0;url={at}/e"></head>
<body background="{at}/f.png"><img src="{at}/g.png"><iframe src="{at}/h"></iframe><object data="{at}/i"></object>
<form action="{at}/j"><p>I need ten pumps.</p><input name=secret value=hidden></form>
<a href="file:///etc/passwd">the drawing</a><svg><image href="{at}/k.png"/></svg></body></html>"""
        mail = letters.write(("Mia", "m13@far.example"), "sales@acme.example", "m13", None, html=page)
        row = self.row(self.prospect_writes(mail))
        self.assertEqual(row["outcome"], "lead", row)
        notice = self.told("ana", row["lead"], "notice")
        self.assertIn("I need ten pumps.", notice.text)
        for word in ("fetch", "@import", "hidden", "root:"):
            self.assertNotIn(word, notice.text)
        self.settled()
        self.assertEqual(elsewhere.calls, 0)

    def test_X01_names_of_attachments_never_become_paths(self):
        """And the bytes reach the rep as they were."""
        before = {path for path in self.leadmail.folder.rglob("*")}
        contents = [f"content {number} \0\r\n\xff".encode("latin-1") * 100 for number in range(len(NAMES))]
        body = b"--=_x01\r\nContent-Type: text/plain\r\n\r\nThe drawings.\r\n"
        for name, content in zip(NAMES, contents):
            coded = content.hex("=", 1).upper()
            body += (
                f"--=_x01\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename={name}"
                f"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode("latin-1")
                + b"=\r\n".join(("=" + coded[at : at + 59]).encode() for at in range(0, len(coded), 60))
                + b"\r\n"
            )
        row = self.raw("x01", 'Content-Type: multipart/mixed; boundary="=_x01"\r\n', body + b"--=_x01--\r\n", "x01")
        self.assertEqual(row["outcome"], "lead", row)
        notice = self.told("ana", row["lead"], "notice")
        attached = list(notice.message.iter_attachments())
        self.assertEqual(
            sorted(hashlib.sha256(part.get_content()).hexdigest() for part in attached),
            sorted(hashlib.sha256(content).hexdigest() for content in contents),
        )
        for part in attached:
            name = part.get_filename() or ""
            self.assertLessEqual(len(name.encode()), 255)
            self.assertIsNone(re.search("[/\\\\\x00-\x1f\u202a-\u202e\u2066-\u2069]", name), name)
        self.settled()
        new = {path for path in self.leadmail.folder.rglob("*")} - before
        self.assertEqual({path for path in new if "x01" in path.name or path.suffix in (".txt", ".exe")}, set())
        for outside in (self.mail.dir, self.leadmail.folder.parent):
            self.assertEqual(list(outside.glob("*x01*")), [])
        self.assertEqual(self.mail.sink.to("victim@far.example"), [])

    def test_X03_a_subject_is_never_a_record_of_the_log(self):
        """Line breaks, escape sequences and turned text stay in the record that they belong to, escaped."""
        subject = "=?utf-8?q?x03=0D=0A<6>leadmaild:_forged=0Aintake-committed=1B[31m=E2=80=AE?="
        row = self.raw("x03", "Content-Type: text/plain\r\nX-Name: \x1b[31m\r\n", "#won\n<6>leadmaild: forged\n", subject)
        self.assertEqual(row["outcome"], "lead", row)
        forged = f"<x03b\x1b[31m\u202e.{id(self)}@far.example>".encode()
        self.mail.outside(
            "x03b@far.example",
            ["sales@acme.example"],
            b"From: =?utf-8?q?Ann=0A<6>leadmaild:_forged?= <x03b@far.example>\r\nTo: sales@acme.example\r\nSubject: b\r\n"
            b"Message-ID: " + forged + b"\r\n\r\nhi\r\n",
        )
        self.mail.wait_for(lambda: len([r for r in self.leadmail.ledger() if "x03b" in (r["message_id"] or "")]), what="it")
        self.settled()
        log = self.leadmail.log.read_bytes()
        for line in log.splitlines():
            self.assertFalse(re.match(rb"(<\d>)?leadmaild: forged", line.strip()), line)
        for harm in (b"\x1b", "\u202e".encode()):
            self.assertNotIn(harm, log)


class Reread(Story):
    def test_what_stands_in_the_mail_that_is_answered_is_quoted_whatever_the_client_did_to_it(self):
        _, lead, notice = self.inquiry("Rut", "rut@far.example", "Mangueras")
        words = "Buenos días Rut:\n\nson 400 pesos cada una, con entrega en diez días.\n\nAna"
        self.row(self.rep_answers("ana", notice, words))
        answer = self.mail.wait_for(lambda: self.mail.sink.to("rut@far.example"), what="the answer")[0]
        # A client that marks nothing: the old text stands below the new as if she had written it.
        old = answer.message.get_body(("plain",)).get_content()
        reply = letters.answer(answer.message, ("Rut", "rut@far.example"), "De acuerdo, mande doce.\n\n" + old, quote="none")
        row = self.row(self.prospect_writes(reply))
        self.assertEqual((row["outcome"], row["lead"]), ("threaded", lead), row)
        copy = self.told("ana", lead, "copy").text
        self.assertIn("De acuerdo, mande doce.", copy)
        self.assertNotIn("400 pesos", copy)
        # Without the book nobody knows that.
        alone = self.leadmail.tool("parse", "-", stdin=reply.as_string())[0]
        self.assertIn("400 pesos", alone["reply"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
