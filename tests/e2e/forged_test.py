"""Commands that somebody forged, and commands that people's programs wrote: none of the first is obeyed and none of the
second is refused, through a real Postfix and a real Dovecot. Prints the two figures."""

import email.message
import email.utils
import re
import time
import unittest

import clients
import letters
from story import Story

ORDERS = "#status interested\n#next tomorrow 10:00\n#tag hacked\n#note hacked"
EVIL = ORDERS + "\n\nI give you a discount of 90 %."
OURS = "mx.acme.example"
PASS = "dmarc=pass header.from=acme.example"

# What each language's commands are called, and what the answer below them says.
GENUINE = {
    "en": ("#note code-{n}", "#next tomorrow 10:00", "Dear Sir,\n\nthe price is {n} EUR each, delivery in two weeks.\n\nKind regards,\nAna"),
    "es": ("#nota code-{n}", "#próximo mañana 10:00", "Estimado cliente:\n\nel precio es {n} EUR por unidad, con entrega en dos semanas.\n\nSaludos,\nAna"),
    "vi": ("#ghi chú code-{n}", "#tiếp theo mai 10:00", "Kính gửi anh chị,\n\ngiá là {n} EUR mỗi chiếc, giao trong hai tuần.\n\nTrân trọng,\nAna"),
}

FORGERIES = []


def forgery(title, relays=False):
    """A way to try it: (case, notice) -> how it is handed over. `relays`: it is the rep's own mail, and his words go out."""

    def keep(make):
        FORGERIES.append((title, relays, make))
        return make

    return keep


class Outside:
    """Handed to our provider by somebody else's server."""

    def __init__(self, mail, found=None, sender="x@evil.example", to=None):
        self.mail, self.found, self.sender, self.to = mail, found, sender, to

    def hand_over(self, story, notice):
        raw = self.mail if isinstance(self.mail, bytes) else letters.email.message.Message.as_bytes(self.mail)
        story.mail.outside(self.sender, [self.to or reply_address(notice)], raw, self.found)
        return raw


class Submitted:
    """Sent by a user of ours from his program, logged in."""

    def __init__(self, user, mail):
        self.user, self.mail = user, mail

    def hand_over(self, story, notice):
        to = letters.recipient(self.mail) if isinstance(self.mail, email.message.Message) else reply_address(notice)
        return story.mail.submit(self.user, self.mail, [to])


def reply_address(notice):
    return letters.recipient(letters.answer(notice, "ana@acme.example", ""))


def reply(notice, text=EVIL, sender="ana@acme.example", headers=(), **how):
    return letters.answer(notice, sender, text, headers=headers, **how)


def raw_with(notice, old, new, **how):
    raw = bytes(reply(notice, **how))
    assert old in raw, old
    return raw.replace(old, new, 1)


def message_id_of(raw):
    return re.search(rb"(?im)^message-id:\s*(<[^>]+>)", raw).group(1).decode()


def lead_tag(notice):
    return re.search(r"\[L-[^\]]+\]", str(notice["Subject"])).group(0)


# --- nobody has confirmed who wrote it ----------------------------------------------------------------------------------
@forgery("no finding of our provider")
def _(notice):
    return Outside(reply(notice))


@forgery("no finding, the rep's name and address in the envelope too")
def _(notice):
    return Outside(reply(notice), sender="ana@acme.example")


@forgery("no finding, null return path")
def _(notice):
    return Outside(reply(notice), sender="")


@forgery("no finding, only our tag in the subject")
def _(notice):
    return Outside(letters.write("ana@acme.example", "sales@acme.example", lead_tag(notice), EVIL), to="sales@acme.example")


@forgery("no finding, a tap of the notice's own link")
def _(notice):
    mail = clients.tap(notice, "#", "es")
    return Outside(mail)


@forgery("a DKIM signature that nobody checked")
def _(notice):
    return Outside(reply(notice, headers=[("DKIM-Signature", "v=1; a=rsa-sha256; d=acme.example; s=x; h=from; bh=aGk=; b=aGk=")]))


for _value in (
    f"{OURS}; auth=pass smtp.auth=ana@acme.example",
    f"{OURS.upper()}; {PASS}",
    f"{OURS} 1; {PASS}",
    f"(x) {OURS} (y); {PASS}",
    f"{OURS};\n {PASS};\n auth=pass smtp.auth=ana@acme.example",
    f"mx.far.example; {PASS}",
    f"{OURS}.evil.example; {PASS}",
):

    @forgery(f"a finding that the sender wrote: {_value[:40]}")
    def _(notice, value=_value):
        return Outside(raw_with(notice, b"\nSubject:", b"\nAuthentication-Results: " + value.encode() + b"\nSubject:"))


for _name in ("X-Authentication-Results", "ARC-Authentication-Results", "Authentication-Results-Original", "Received-SPF"):

    @forgery(f"a finding in a field of another name: {_name}")
    def _(notice, name=_name):
        return Outside(reply(notice, headers=[(name, f"i=1; {OURS}; {PASS}")]))


@forgery("a true failure over a forged pass")
def _(notice):
    return Outside(reply(notice, headers=[("Authentication-Results", f"{OURS}; {PASS}")]), "dmarc=fail header.from=acme.example")


@forgery("a forged pass below a stranger's Received")
def _(notice):
    forged = f"Received: from a by {OURS}; {email.utils.formatdate()}\nAuthentication-Results: {OURS}; {PASS}\n"
    return Outside(forged.encode() + bytes(reply(notice)))


for _found in (
    "dmarc=pass header.from=evil.example",
    "dkim=pass header.d=other.example header.i=@other.example",
    "dkim=pass header.d=acme.example.evil.example",
    "auth=pass smtp.auth=luis@acme.example",
    "auth=pass smtp.auth=ana@evil.example",
    "spf=pass smtp.mailfrom=ana@acme.example",
    "dmarc=fail (dmarc=pass) header.from=acme.example",
    'dmarc=none reason="dmarc=pass header.from=acme.example"',
    "auth=none; dmarc=pass header.from=acme.example.evil.example",
    "dmarc=bestguesspass header.from=acme.example",
    "iprev=pass policy.iprev=192.0.2.25",
    "dkim=neutral header.d=acme.example",
):

    @forgery(f"a finding about somebody else: {_found}")
    def _(notice, found=_found):
        return Outside(reply(notice), found, "x@evil.example")


@forgery("a signature of our domain over a part of the body: l=")
def _(notice):
    sign = "v=1; a=rsa-sha256; d=acme.example; s=x; h=from:subject; l=10; bh=aGk=; b=aGk="
    return Outside(reply(notice, headers=[("DKIM-Signature", sign)]), "dkim=pass header.d=acme.example header.i=@acme.example")


# --- tokens that are not his ---------------------------------------------------------------------------------------------
@forgery("another rep's token in the mail of a colleague")
def _(notice):
    return Submitted("luis", reply(notice, sender="luis@acme.example"))


@forgery("a colleague who writes in the rep's name")
def _(notice):
    return Submitted("luis", reply(notice))


@forgery("the rep's token in a customer's mail")
def _(notice):
    return Outside(reply(notice, sender="x@evil.example"), "dmarc=pass header.from=evil.example")


@forgery("a token with one letter changed")
def _(notice):
    address = reply_address(notice)
    local, _, domain = address.partition("@")
    changed = local[:-1] + ("a" if local[-1] != "a" else "b")
    mail = letters.write("ana@acme.example", f"{changed}@{domain}", "prices", EVIL)
    return Outside(mail, PASS, "ana@acme.example", f"{changed}@{domain}")


@forgery("the rep himself without any token")
def _(notice):
    return Submitted("ana", letters.write("ana@acme.example", "sales@acme.example", lead_tag(notice), "#status interested\n\nText."))


@forgery("a guessed token")
def _(notice):
    to = "sales+aaaaaaaaaaaaaaaaaaaaaaaa@acme.example"
    return Outside(letters.write("ana@acme.example", to, lead_tag(notice), EVIL), PASS, "ana@acme.example", to)


# --- not one author -------------------------------------------------------------------------------------------------------
for _title, _new in (
    ("two addresses in From", b"From: ana@acme.example, x@far.example"),
    ("two From fields", b"From: x@far.example\nFrom: ana@acme.example"),
    ("an encoded word inside the address", b"From: <=?utf-8?q?ana?=@acme.example>"),
    ("a group", b"From: sales: ana@acme.example;"),
    ("his address as another's name", b'From: "ana@acme.example" <x@evil.example>'),
    ("his address beside another's", b"From: ana@acme.example <x@evil.example>"),
    ("a domain that begins like ours", b"From: ana@acme.example.evil.example"),
    ("a letter of another script", "From: \u0430na@acme.example".encode()),
    ("his address in other letters", b"From: ANA@acme.example"),
    ("a comment", b"From: x@evil.example (ana@acme.example)"),
    ("a source route", b"From: <@evil.example:ana@acme.example>"),
    ("no From at all", b"X-From: ana@acme.example"),
):

    @forgery(f"not one author: {_title}")
    def _(notice, new=_new):
        return Outside(raw_with(notice, b"From: ana@acme.example", new), PASS)


for _name in ("Sender", "Reply-To", "Resent-From"):

    @forgery(f"only {_name} names the rep")
    def _(notice, name=_name):
        mail = reply(notice, sender="x@evil.example", headers=[(name, "ana@acme.example")])
        return Outside(mail, "dmarc=pass header.from=evil.example")


# --- not written now by a person -------------------------------------------------------------------------------------------
for _name, _value in (
    ("Auto-Submitted", "auto-replied"),
    ("List-Id", "<all.acme.example>"),
    ("Precedence", "bulk"),
    ("X-Autoreply", "yes"),
):

    @forgery(f"automatic mail of the rep: {_name}")
    def _(notice, name=_name, value=_value):
        return Submitted("ana", reply(notice, headers=[(name, value)]))


for _seconds in (-8 * 86400, -400 * 86400, 2 * 3600):

    @forgery(f"a date {_seconds} seconds away")
    def _(notice, seconds=_seconds):
        mail = reply(notice)
        mail.replace_header("Date", email.utils.formatdate(time.time() + seconds))
        return Submitted("ana", mail)


# --- the rep's own mail, with commands that are not his ---------------------------------------------------------------------
HELLO = "Thank you, it is 10 EUR."


def by_ana(notice, make):
    mail = reply(notice, "unused", quote="no")
    mail.clear_content()
    make(mail)
    return Submitted("ana", mail)


QUOTED = "\n".join("> " + line for line in ORDERS.split("\n"))
for _title, _text in (
    ("quoted below", f"{HELLO}\n\nOn Monday, X wrote:\n{QUOTED}"),
    ("quoted above", f"On Monday, X wrote:\n{QUOTED}\n\n{HELLO}"),
    ("under an Outlook header", f"{HELLO}\n\n-----Original Message-----\nFrom: X <x@far.example>\nSent: Monday\nTo: Acme\nSubject: y\n\n{ORDERS}"),
    ("in a signature", f"{HELLO}\n\n-- \nAna\n{ORDERS}"),
    ("quoted twice", f"{HELLO}\n\n" + "\n".join(">> " + line for line in ORDERS.split("\n"))),
    ("in a forwarded mail", f"{HELLO}\n\n---------- Forwarded message ---------\nFrom: X <x@far.example>\nDate: Mon, 2 Nov 2026\nSubject: y\nTo: Acme\n\n{ORDERS}"),
):

    @forgery(f"commands {_title}", relays=True)
    def _(notice, text=_text):
        return by_ana(notice, lambda mail: mail.set_content(text))


@forgery("commands in an HTML quote", relays=True)
def _(notice):
    page = f"<div>{HELLO}</div><div class=gmail_quote><blockquote>{ORDERS.replace(chr(10), '<br>')}</blockquote></div>"
    return by_ana(notice, lambda mail: mail.set_content(page, subtype="html"))


@forgery("commands in HTML alone")
def _(notice):
    return by_ana(notice, lambda mail: mail.set_content(f"<div>{EVIL.replace(chr(10), '<br>')}</div>", subtype="html"))


for _style in ("display:none", "font-size:0", "color:#fff;background:#fff", "max-height:0;overflow:hidden", "visibility:hidden"):

    @forgery(f"commands that HTML hides: {_style}", relays=True)
    def _(notice, style=_style):
        hidden = f'<div style="{style}">{ORDERS.replace(chr(10), "<br>")}</div><div>{HELLO}</div>'

        def make(mail):
            mail.set_content(HELLO)
            mail.add_alternative(hidden, subtype="html")

        return by_ana(notice, make)


@forgery("commands in a second text", relays=True)
def _(notice):
    def make(mail):
        mail.set_content(HELLO)
        mail.add_alternative(EVIL)

    return by_ana(notice, make)


@forgery("commands in an attached text", relays=True)
def _(notice):
    def make(mail):
        mail.set_content(HELLO)
        mail.add_attachment(EVIL, filename="orders.txt")

    return by_ana(notice, make)


@forgery("commands in an attached mail", relays=True)
def _(notice):
    def make(mail):
        mail.set_content(HELLO)
        mail.add_attachment(letters.write("x@far.example", "ana@acme.example", "orders", EVIL))

    return by_ana(notice, make)


class Forged(Story):
    def notices(self, names):
        """Everybody writes; the notice that Ana got about each lead, by name."""
        ids = []
        for name in names:
            text = "Buenos días, ¿cuánto cuestan 20 bombas?\n\n" + name
            mail = letters.write((name, f"{name}@far.example"), "sales@acme.example", f"bombas {name}", text)
            ids.append(self.prospect_writes(mail))
        self.taken(ids)
        leads = {lead["emails"][0].split("@")[0]: lead["lead"] for lead in self.leadmail.leads() if lead["emails"]}
        kinds = {row["message_id"]: row["lead"] for row in self.leadmail.tool("outbox", "list") if row["kind"] == "notice"}
        told = {}
        for mail in self.mail.inbox("ana"):
            lead = kinds.get(mail.message_id.strip("<>"))
            if lead:
                told[lead] = mail.message
        return {name: (leads[name], told[leads[name]]) for name in names}

    def taken(self, ids):
        """Waits until all of these mails are in the ledger, and what they caused has left."""

        def done():
            rows = {row["message_id"] for row in self.leadmail.ledger()}
            return all(one.strip("<>") in rows for one in ids)

        self.mail.wait_for(done, timeout=120, what="every mail in the ledger")
        self.settled()

    def wrongs(self, lead, name, relays):
        """What of the orders was done."""
        shown = self.leadmail.show(lead)
        done = []
        if shown["status"] == "interested":
            done.append("status")
        if shown["next_contact"]:
            done.append("next contact")
        if shown["tags"]:
            done.append("tag")
        if [event for event in shown["timeline"] if event["type"] == "note"]:
            done.append("note")
        sent = self.mail.sink.to(f"{name}@far.example")
        if not relays and sent:
            done.append("text sent")
        if any(b"hacked" in mail.raw for mail in sent if "attached" not in str(relays)):
            done.append("order sent")
        return done

    def test_no_forged_command_is_obeyed(self):
        names = [f"forged{number}" for number in range(len(FORGERIES))]
        told = self.notices(names)
        ids = []
        for name, (title, _, make) in zip(names, FORGERIES):
            with self.subTest(title):
                raw = make(told[name][1]).hand_over(self, told[name][1])
                ids.append(message_id_of(raw))
        self.taken(ids)
        obeyed = {}
        for name, (title, relays, _) in zip(names, FORGERIES):
            how = "attached" if "attached" in title else relays
            if done := self.wrongs(told[name][0], name, how):
                obeyed[title] = done
        strangers = [mail for mail in self.mail.sink.to("x@evil.example") + self.mail.sink.to("x@far.example")]
        print(f"forged commands executed: {len(obeyed)} of {len(FORGERIES)}", flush=True)
        self.assertGreaterEqual(len(FORGERIES), 60)
        self.assertEqual(obeyed, {})
        self.assertEqual(strangers, [], "whoever forged it learns nothing")

    def test_a_genuine_command_is_obeyed_once_however_often_it_comes(self):
        lead, notice = self.notices(["replayed"])["replayed"]
        mail = reply(notice, "#note genuine\n\nOnly once.")
        raw = Submitted("ana", mail).hand_over(self, notice)
        self.row(str(mail["Message-ID"]))
        self.mail.submit("ana", mail, [letters.recipient(mail)])
        Outside(raw, PASS, "ana@acme.example").hand_over(self, notice)
        bare = str(mail["Message-ID"]).strip("<>")
        rows = lambda: [row["message_id"] for row in self.leadmail.ledger()].count(bare) == 3
        self.mail.wait_for(rows, what="three rows")
        self.settled()
        self.assertEqual(len(self.timeline(lead, "note")), 1)
        self.assertEqual(self.quiet("replayed@far.example"), [1])

    def test_no_genuine_command_is_refused(self):
        cases = [(program, language) for program in clients.PROGRAMS for language in GENUINE]
        names = [f"genuine{number}" for number in range(len(cases))]
        told = self.notices(names)
        ids = []
        for number, (name, (program, language)) in enumerate(zip(names, cases)):
            note, following, answer = GENUINE[language]
            lines = [note.format(n=number)] + ([following] if number % 3 == 0 else [])
            text = "\n".join(lines) + ("\n\n" + answer.format(n=number) if number % 4 else "")
            mail = clients.reply(program, told[name][1], text, language)
            self.mail.submit("ana", mail, [letters.recipient(mail)])
            ids.append(str(mail["Message-ID"]))
        self.taken(ids)
        refused = {}
        for number, (name, (program, language)) in enumerate(zip(names, cases)):
            shown = self.leadmail.show(told[name][0])
            notes = [event["text"] for event in shown["timeline"] if event["type"] == "note"]
            wrong = [] if notes == [f"code-{number}"] else [f"notes {notes}"]
            if number % 3 == 0 and not shown["next_contact"]:
                wrong.append("no next contact")
            sent = [mail.message.get_body(("plain",)).get_content() for mail in self.mail.sink.to(f"{name}@far.example")]
            if len(sent) != (1 if number % 4 else 0):
                wrong.append(f"{len(sent)} mails sent")
            elif number % 4:
                new = sent[0].split("\n\nEl ")[0].split("\n\nOn ")[0]
                words = " ".join(GENUINE[language][2].format(n=number).split())
                if words not in " ".join(new.split()):
                    wrong.append(f"the prospect got {new!r}")
                if "#" in new or "sales+" in sent[0] or "L-" in new:
                    wrong.append(f"the prospect saw {new!r}")
            if wrong:
                refused[f"{program}, {language}"] = wrong
        print(f"genuine commands refused: {len(refused)} of {len(cases)}", flush=True)
        self.assertEqual(len(cases), 60)
        self.assertEqual(refused, {})


if __name__ == "__main__":
    unittest.main()
