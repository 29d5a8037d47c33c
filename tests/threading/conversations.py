"""Conversations of a sales mailbox as they really go wrong, each with the truth about every mail: which conversation a person
who read it would put it to. Nothing of the product is used or known here.

A conversation is a generator: it yields Mail after Mail and gets back what the team's system had sent by then (Sight), so that
its people can answer those mails as their programs do. The same seed gives the same conversations.

What a person would say, where it is not plain:
- An answer that names the mail it answers belongs to that conversation, whatever its subject says, and whoever of the people in
  copy, of the same company, or to whom it was handed on writes it.
- A new mail of somebody with one open conversation, under a new subject, goes where the mailbox's own rule sends it: the first
  mailbox is told to join, the second one to begin anew.
- A colleague who writes for the first time, and answers nothing, is an inquiry of his own, however usual his subject.
- Somebody who puts another's number into his subject, or answers a circular that hundreds got, is nobody's company.
- Somebody who got hold of a conversation's signed address stands in it as a stranger: shown to the owner, and no part of it. That
  is counted apart (Truth.stranger).
- Two mails with one Message-ID and different words are two mails; the same mail in two mailboxes is one.
"""

import base64
import dataclasses
import random
import textwrap
from email.header import Header
from email.utils import formataddr, formatdate

JOIN = "sales@acme.example"  # of which a known sender joins his open lead
NEW = "export@acme.example"  # of which each new subject is a new lead
MAILBOX = {JOIN: "sales", NEW: "export"}
USERS = {"ana": ("Ana López", "ana@acme.example"), "luis": ("Luis Ortega", "luis@acme.example")}
FREE = ("gmail.com", "outlook.com", "yahoo.es", "hotmail.com", "gmx.de", "qq.com")
FIRST = "María José Luis Carmen Jorge Elena Pedro Lucía Andrés Sofía Nguyễn Trần Lê Phạm Anna Jürgen Klaus Emma John Grace".split()
LAST = "Pérez García López Ruiz Díaz Vega Ramos Soto Văn Thị Müller Schmidt Brown Taylor Wilson Clark Hall Ortiz Reyes Luna".split()
USUAL = ("Cotización", "Quotation", "Price request", "Consulta", "Question", "Precio", "Hỏi giá", "Anfrage", "Pedido", "RFQ")
GOODS = "pumps valves filters motors seals gaskets bearings hoses tanks gauges fittings compressors blowers mixers".split()
REPLIES = ("Re: ", "RE: ", "AW: ", "RV: ", "Trả lời: ", "SV: ", "回复：", "Re: Re: ", "RE[2]: ", "R: ")


@dataclasses.dataclass(frozen=True)
class Person:
    name: str
    address: str

    @property
    def domain(self):
        return self.address.rpartition("@")[2]


@dataclasses.dataclass
class Mail:
    raw: bytes
    mailbox: str = "sales"
    sent: bool = False  # lies in the Sent folder
    kind: str = ""  # what is hard about it
    opens: bool = False  # begins its conversation
    belongs: str = ""  # its conversation; "" is the one that yields it
    stranger: str = ""  # address of somebody who must not become part of the conversation
    again: bool = False  # the same mail as before, in another mailbox
    nowhere: bool = False  # belongs to no conversation at all
    internal: bool = False  # written by our own people: it goes with the conversation, but it is not theirs


class World:
    """Where people, companies and Message-IDs come from."""

    def __init__(self, seed, now):
        self.r, self.now, self.count = random.Random(seed), now, 0

    def number(self):
        self.count += 1
        return self.count

    def company(self):
        return f"{self.r.choice(GOODS)}{self.number()}.example"

    def person(self, domain=None):
        first, last = self.r.choice(FIRST), self.r.choice(LAST)
        domain = domain or (self.r.choice(FREE) if self.r.random() < 0.3 else self.company())
        return Person(f"{first} {last}", f"p{self.number()}@{domain}")

    def subject(self, usual=False):
        if usual:
            return self.r.choice(USUAL)
        return f"{self.r.choice(USUAL)} {self.r.choice(GOODS)} {self.r.randint(2, 900)} {self.r.choice(GOODS)}"

    def words(self):
        return f"We need {self.r.randint(2, 99)} {self.r.choice(GOODS)} for order {self.number()}."

    def id(self, person):
        return f"{self.r.getrandbits(64):016x}.{self.number()}@{person.domain}"

    def mail(self, author, to, subject, *, text=None, refs=(), cc=(), message_id=None, extra=(), author_name=None):
        """The bytes of a mail; `refs`: what it answers, oldest first."""
        message_id = message_id or self.id(author)
        self.now += 1

        def line(person):
            name = str(Header(person.name, "utf-8")) if not person.name.isascii() else person.name
            return formataddr((name, person.address)) if person.name.isascii() else f"{name} <{person.address}>"

        shown = Person(author_name or author.name, author.address)
        fields = [f"From: {line(shown)}", f"To: {', '.join(line(p) for p in to)}"]
        if cc:
            fields.append(f"Cc: {', '.join(line(p) for p in cc)}")
        fields.append(f"Subject: {Header(subject, 'utf-8', maxlinelen=70).encode() if not subject.isascii() else subject}")
        fields.append(f"Date: {formatdate(self.now)}")
        fields.append(f"Message-ID: <{message_id}>")
        if refs:
            fields.append(f"In-Reply-To: <{refs[-1]}>")
            fields.append("References: " + "\r\n ".join(f"<{i}>" for i in refs))
        fields += [f"{name}: {value}" for name, value in extra]
        fields += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        body = textwrap.fill(text or self.words(), 72).replace("\n", "\r\n")
        return message_id, ("\r\n".join(fields) + "\r\n\r\n" + body + "\r\n").encode()


def proof(user):
    """What our own server says of a mail that a user handed in."""
    address = USERS[user][1]
    return ("Authentication-Results", f"mx.acme.example; auth=pass smtp.auth={address}; dmarc=pass header.from=acme.example")


def rep(user):
    return Person(*USERS[user])


def shared(address=JOIN):
    return Person("Acme", address)


def thread_index(r, answers=0, guid=None):
    guid = guid or r.randbytes(16)
    return guid, base64.b64encode(b"\x01\xdd\x5b\xb2\xe9\xc5" + guid + r.randbytes(5 * answers)).decode()


class Talk:
    """One prospect and us: who he is, what was said, and the usual ways to say more."""

    def __init__(self, world, box=None, usual=False, person=None):
        self.w, self.r = world, world.r
        self.box = box or world.r.choice((JOIN, NEW))
        self.who = person or world.person()
        self.subject = world.subject(usual)
        self.ids = []

    @property
    def mailbox(self):
        return MAILBOX[self.box]

    def first(self, **kw):
        cc = kw.pop("cc", ())
        message_id, raw = self.w.mail(self.who, [shared(self.box)], kw.pop("subject", self.subject), cc=cc, **kw)
        self.ids.append(message_id)
        return Mail(raw, self.mailbox, kind="first", opens=True)

    def answer(self, kind, *, by=None, refs=None, subject=None, cc=(), extra=(), text=None, message_id=None, name=None, to=None):
        """A mail of the prospect's side."""
        by = by or self.who
        refs = self.ids[-12:] if refs is None else refs
        subject = subject or self.r.choice(REPLIES) + self.subject
        message_id, raw = self.w.mail(
            by, [to or shared(self.box)], subject, refs=refs, cc=cc, extra=extra, text=text, message_id=message_id, author_name=name
        )
        self.ids.append(message_id)
        return Mail(raw, self.mailbox, kind=kind)

    def rep_answers(self, sight):
        """The owner replies to our notice; what we relay is the next id the prospect sees."""
        notice = sight.last("notice", "copy")
        owner = sight.owner
        token = notice.partition(".")[0]
        local, _, domain = self.box.partition("@")
        address = f"{local}+{token}@{domain}"
        if self.r.random() < 0.2:
            address = address.upper() if self.r.random() < 0.5 else address.title()  # servers fold it as they like
        _, raw = self.w.mail(
            rep(owner), [Person("", address)], f"Re: {self.subject}", refs=[*self.ids[-4:], notice], extra=[proof(owner)]
        )
        return Mail(raw, self.mailbox, kind="rep: reply to our notice", internal=True)

    def heard(self, sight):
        """The prospect has got what we relayed."""
        ours = sight.last("answer")
        if ours:
            self.ids.append(ours)


# --- how conversations go -------------------------------------------------------------------------------------------
def plain(w):
    t = Talk(w)
    sight = yield t.first()
    for _ in range(w.r.randint(1, 3)):
        sight = yield t.rep_answers(sight)
        t.heard(sight)
        sight = yield t.answer("In-Reply-To and References")


def lost_headers(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("headers lost", refs=[])
    yield t.answer("headers lost", refs=[])


def lost_headers_gateway(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    mark = w.r.choice(("[EXTERNAL] ", "[EXT] ", "[EXTERNO] ", "***SPAM*** "))
    yield t.answer("headers lost, gateway marks subject", refs=[], subject=mark + "Re: " + t.subject)


def only_last_id(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("References cut to one", refs=t.ids[-1:])


def rewritten_ids(w):
    """Amazon SES and Exchange put their own id on what we send; the answer names that one."""
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    theirs = f"0100018{w.r.getrandbits(60):x}-000000@email.amazonses.com"
    yield t.answer("our id rewritten, theirs kept", refs=[*t.ids, theirs])
    yield t.answer("our id rewritten, nothing else named", refs=[theirs])


def changed_subject(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    sight = yield t.answer("changed subject", subject=w.subject())
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("changed subject", subject="Delivery address " + str(w.number()))


def outlook_index(w):
    t = Talk(w)
    guid, index = thread_index(w.r)
    sight = yield t.first(extra=[("Thread-Index", index), ("Thread-Topic", "x")])
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    for answers in (2, 4):
        _, index = thread_index(w.r, answers, guid)
        yield t.answer("only Thread-Index", refs=[], subject=w.subject(), extra=[("Thread-Index", index)])


def out_of_order(w):
    t = Talk(w)
    m1, first = w.mail(t.who, [shared(t.box)], t.subject)
    m2, second = w.mail(t.who, [shared(t.box)], "Re: " + t.subject, refs=[m1])
    t.ids = [m1, m2]
    yield Mail(second, t.mailbox, kind="answer before the mail it answers", opens=True)
    yield Mail(first, t.mailbox, kind="the mail that was answered before it came")
    yield t.answer("In-Reply-To and References")


def out_of_order_colleague(w):
    company = w.company()
    t = Talk(w, person=w.person(company))
    colleague = w.person(company)
    m1, first = w.mail(t.who, [shared(t.box)], t.subject, cc=[colleague])
    m2, second = w.mail(colleague, [shared(t.box)], "Re: " + t.subject, refs=[m1], cc=[t.who])
    yield Mail(second, t.mailbox, kind="colleague's answer before the mail it answers", opens=True)
    yield Mail(first, t.mailbox, kind="the mail that was answered before it came")


def colleague_in_copy(w):
    company = w.company()
    t = Talk(w, person=w.person(company))
    colleague = w.person(company)
    sight = yield t.first(cc=[colleague])
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("colleague in copy answers", by=colleague, cc=[t.who])
    yield t.answer("colleague in copy answers, headers lost", by=colleague, refs=[])


def partner_in_copy(w):
    """His consultant, at another company or a free provider, was in copy from the start."""
    t = Talk(w)
    partner = w.person()
    sight = yield t.first(cc=[partner])
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("partner in copy answers", by=partner, cc=[t.who])
    yield t.answer("partner in copy answers, headers lost", by=partner, refs=[])


def handed_on(w):
    """He forwards our answer to somebody who then writes to us."""
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    other = w.person()
    yield t.answer("forwarded to somebody who answers", by=other, subject="Fwd: " + t.subject)


def colleague_writes_first(w):
    company = w.company()
    t = Talk(w, person=w.person(company), usual=True)
    yield t.first()
    other = Talk(w, box=t.box, person=w.person(company))
    mail = other.first(subject=t.subject)
    mail.kind, mail.belongs = "colleague's own inquiry under the same usual subject", "colleague"
    yield mail


def list_munged(w):
    company = w.company()
    t = Talk(w, person=w.person(company))
    group = Person("Compras", f"compras@{company}")
    colleague = w.person(company)
    sight = yield t.first(cc=[group])
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    via = [("List-Id", f"Compras <compras.{company}>"), ("Precedence", "list"), ("Reply-To", f"{colleague.name.encode('ascii', 'ignore').decode()} <{colleague.address}>")]
    yield t.answer("a list put its address into From", by=group, name=f"{colleague.name} via Compras", extra=via, subject=f"[compras] Re: {t.subject}")
    google = [("X-Original-From", f"<{t.who.address}>"), ("X-Google-Group-Id", "1234567"), ("List-ID", f"<compras.{company}>"), ("Precedence", "list")]
    yield t.answer("a Google group put its address into From", by=group, name=f"{t.who.name} via Compras", extra=google)


def list_rewrites_id(w):
    company = w.company()
    t = Talk(w, person=w.person(company))
    group = Person("Compras", f"compras@{company}")
    sight = yield t.first(cc=[group])
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    via = [("List-Id", f"<compras.{company}>"), ("Precedence", "list"), ("Reply-To", t.who.address)]
    yield t.answer("a list rewrote From and Message-ID", by=group, name=f"{t.who.name} via Compras", extra=via,
                   message_id=f"mailman.{w.number()}.{w.number()}@lists.{company}", subject=f"[compras] {t.subject}")


def group_of_ours(w):
    """The shared mailbox is a Google group: what people write to it comes with the marks of a list."""
    t = Talk(w)
    marks = [("Precedence", "list"), ("List-ID", f"<{t.box.replace('@', '.')}>"), ("X-Google-Group-Id", "99")]
    sight = yield t.first(extra=marks)
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("through our own group", extra=marks)


def two_mailboxes(w):
    t = Talk(w, box=JOIN)
    message_id, raw = w.mail(t.who, [shared(JOIN), shared(NEW)], t.subject)
    t.ids.append(message_id)
    yield Mail(raw, "sales", kind="to both mailboxes", opens=True)
    sight = yield Mail(raw, "export", kind="the same mail in the other mailbox", again=True)
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("answer to the other mailbox", to=shared(NEW))


def two_mailboxes_changed(w):
    """The second copy came through a gateway that put a disclaimer under it."""
    t = Talk(w)
    message_id, raw = w.mail(t.who, [shared(JOIN), shared(NEW)], t.subject)
    t.ids.append(message_id)
    yield Mail(raw, MAILBOX[t.box], kind="to both mailboxes", opens=True)
    other = "export" if t.mailbox == "sales" else "sales"
    yield Mail(raw + b"\r\nThis mail came from outside.\r\n", other, kind="the same mail with a disclaimer in the other mailbox")


def new_topic_joins(w):
    t = Talk(w, box=JOIN)
    yield t.first()
    yield t.answer("new topic, the mailbox joins", refs=[], subject=w.subject())


def new_topic_begins(w):
    t = Talk(w, box=NEW)
    yield t.first()
    second = Talk(w, box=NEW, person=t.who)
    mail = second.first()
    mail.kind, mail.belongs = "new topic, the mailbox begins anew", "second"
    sight = yield mail
    yield t.answer("first topic again, headers lost", refs=[])
    mail = second.answer("second topic again, headers lost", refs=[])
    mail.belongs = "second"
    yield mail
    mail = second.answer("second topic again, by id")
    mail.belongs = "second"
    yield mail


def usual_subjects(w):
    """Two strangers to each other under the same usual subject."""
    subject = w.r.choice(USUAL)
    one, two = Talk(w, box=NEW), Talk(w, box=NEW)
    one.subject = two.subject = subject
    yield one.first()
    mail = two.first()
    mail.belongs = "second"
    yield mail
    yield one.answer("usual subject, headers lost", refs=[], subject="Re: " + subject)
    mail = two.answer("usual subject, headers lost", refs=[], subject="Re: " + subject)
    mail.belongs = "second"
    yield mail


def same_message_id(w):
    """A program that gives all its mails the same Message-ID."""
    fixed = f"{w.number()}@localhost.localdomain"
    one, two = Talk(w), Talk(w)
    yield one.first(message_id=fixed)
    mail = two.first(message_id=fixed)
    mail.kind, mail.belongs = "somebody else's Message-ID once more", "second"
    yield mail
    mail = two.answer("names an id that two have", refs=[fixed])
    mail.belongs = "second"
    yield mail
    yield one.answer("names an id that two have", refs=[fixed])


def circular(w):
    """Several people answer a mail of ours that the system never saw."""
    never_seen = f"circular.{w.number()}@acme.example"
    subject = "Re: " + w.subject()
    for number in range(3):
        t = Talk(w, box=NEW)
        _, raw = w.mail(t.who, [shared(NEW)], subject, refs=[never_seen])
        yield Mail(raw, "export", kind="answers a circular", opens=True, belongs=f"reader {number}")


def sent_to_several(w):
    """A rep writes one mail from the shared mailbox to people of three conversations."""
    talks = [Talk(w) for _ in range(3)]
    for number, t in enumerate(talks):
        mail = t.first()
        mail.belongs = f"reader {number}"
        yield mail
    ours, raw = w.mail(shared(JOIN), [t.who for t in talks], "Our new price list")
    yield Mail(raw, "sales", sent=True, kind="from Sent to people of several conversations", belongs="reader 0", internal=True)
    for number, t in enumerate(talks):
        mail = t.answer("answers a mail to people of several conversations", refs=[ours], subject="Re: Our new price list")
        mail.belongs = f"reader {number}"
        yield mail


def rep_from_sent(w):
    t = Talk(w)
    yield t.first()
    ours, raw = w.mail(shared(t.box), [t.who], "Re: " + t.subject, refs=t.ids)
    t.ids.append(ours)
    yield Mail(raw, t.mailbox, sent=True, kind="rep: from the Sent folder", internal=True)
    yield t.answer("answers what a rep sent from the mailbox", refs=[ours])


def rep_own_program(w):
    t = Talk(w)
    sight = yield t.first()
    owner = sight.owner
    ours, raw = w.mail(rep(owner), [t.who], "Re: " + t.subject, refs=t.ids, cc=[shared(t.box)], extra=[proof(owner)])
    t.ids.append(ours)
    yield Mail(raw, t.mailbox, kind="rep: own program, shared address in Cc", internal=True)
    yield t.answer("answers a rep's own mail, us in copy", to=rep(owner), cc=[shared(t.box)])


def rep_unseen(w):
    """The rep wrote from his own program and left us out; the prospect's answer to all brings us back."""
    t = Talk(w)
    sight = yield t.first()
    unseen = w.id(rep(sight.owner))
    yield t.answer("answers a mail of a rep that we never saw", refs=[*t.ids, unseen], to=rep(sight.owner), cc=[shared(t.box)])
    yield t.answer("answers a mail of a rep that we never saw, nothing else named", refs=[unseen])


def rep_forwards(w):
    """A rep forwards an inquiry that reached him; its writer then answers us."""
    t = Talk(w)
    user = w.r.choice(tuple(USERS))
    text = t.w.words()
    body = f"---------- Forwarded message ---------\r\nFrom: {t.who.name} <{t.who.address}>\r\nDate: Mon, Nov 16, 2026 at 9:30 AM\r\nSubject: {t.subject}\r\nTo: <{rep(user).address}>\r\n\r\n{text}"
    _, raw = w.mail(rep(user), [shared(t.box)], "Fwd: " + t.subject, extra=[proof(user)])
    head, _, _ = raw.partition(b"\r\n\r\n")
    sight = yield Mail(head + b"\r\n\r\n" + body.encode() + b"\r\n", t.mailbox, kind="rep: forwards an inquiry", opens=True)
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("answers after a forward")


def vacation(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    yield t.answer("his vacation answers", extra=[("Auto-Submitted", "auto-replied")], subject="Automatic reply: " + t.subject)
    yield t.answer("In-Reply-To and References")


def form_visitors(w):
    """A website's form: every mail from the same robot, under the same subject; then a visitor writes himself."""
    robot = Person("Acme website", "no-reply@forms.example")
    talks = [Talk(w, box=NEW) for _ in range(2)]
    for number, t in enumerate(talks):
        text = f"Name: {t.who.name}\r\nEmail: {t.who.address}\r\nPhone: +52 55 1234 {w.r.randint(1000, 9999)}\r\nMessage: {w.words()}\r\n"
        message_id, raw = w.mail(robot, [shared(NEW)], "New contact form submission", extra=[("Reply-To", t.who.address)])
        head, _, _ = raw.partition(b"\r\n\r\n")
        t.ids.append(message_id)
        yield Mail(head + b"\r\n\r\n" + text.encode(), "export", kind="a website's form", opens=True, belongs=f"visitor {number}")
    for number, t in enumerate(talks):
        t.subject = "New contact form submission"
        mail = t.answer("a visitor answers what we sent him", refs=t.ids[:1])
        mail.belongs = f"visitor {number}"
        yield mail


def second_address(w):
    """The same person from another address, answering by id."""
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    private = Person(t.who.name, f"p{w.number()}@gmail.com")
    yield t.answer("from his private address", by=private)


def second_address_lost(w):
    """The same from another address and without headers: name and subject are all there is. A person would know him."""
    t = Talk(w)
    yield t.first()
    private = Person(t.who.name, f"p{w.number()}@gmail.com")
    yield t.answer("from his private address, headers lost", by=private, refs=[])


def hijacked_tag(w):
    """A stranger writes another's number into his subject."""
    t = Talk(w, box=NEW)
    sight = yield t.first()
    stranger = Talk(w, box=NEW)
    mail = stranger.first(subject=f"Re: {sight.tag} {t.subject}")
    mail.kind, mail.belongs, mail.stranger = "a stranger with another's tag", "stranger", stranger.who.address
    yield mail
    yield t.answer("own tag, headers lost", refs=[], subject=f"Re: {sight.tag} {w.subject()}")


def guessed_tag(w):
    t = Talk(w, box=NEW)
    sight = yield t.first()
    number = int(sight.lead[2:])
    stranger = Talk(w, box=NEW)
    letters = "".join(w.r.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(4))
    mail = stranger.first(subject=f"Re: [L-{number}-{letters}] {t.subject}")
    mail.kind, mail.belongs, mail.stranger = "a stranger guesses a tag", "stranger", stranger.who.address
    yield mail


def stolen_token(w):
    t = Talk(w)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    t.heard(sight)
    stranger = w.person()
    mail = t.answer("a stranger with the conversation's signed id", by=stranger, refs=[t.ids[-1]])
    t.ids.pop()
    mail.stranger = stranger.address
    yield mail
    yield t.answer("In-Reply-To and References")


def forged_token(w):
    """The signed id with some letters changed."""
    t = Talk(w, box=NEW)
    sight = yield t.first()
    sight = yield t.rep_answers(sight)
    ours = sight.last("answer")
    at = w.r.randrange(10, 30)
    forged = ours[:at] + w.r.choice("abcdefgh".replace(ours[at], "")) + ours[at + 1 :]
    stranger = Talk(w, box=NEW)
    mail = stranger.answer("a stranger with a forged id", refs=[forged])
    mail.belongs, mail.stranger, mail.opens = "stranger", stranger.who.address, True
    yield mail


def rep_token_of_another(w):
    """A prospect has got hold of a rep's reply address: it is worth nothing in his mail."""
    t = Talk(w, box=NEW)
    sight = yield t.first()
    token = sight.last("notice", "copy").partition(".")[0]
    stranger = Talk(w, box=NEW)
    _, raw = w.mail(stranger.who, [Person("", f"export+{token}@acme.example")], stranger.subject)
    yield Mail(raw, "export", kind="a stranger with a rep's address", belongs="stranger", stranger=stranger.who.address, opens=True)


STORIES = {  # how many of each: the usual ones often, the odd ones often enough to count
    plain: 110, lost_headers: 40, lost_headers_gateway: 12, only_last_id: 25, rewritten_ids: 25, changed_subject: 25, outlook_index: 25,
    out_of_order: 20, out_of_order_colleague: 10, colleague_in_copy: 25, partner_in_copy: 20, handed_on: 15, colleague_writes_first: 15,
    list_munged: 15, list_rewrites_id: 10, group_of_ours: 15, two_mailboxes: 15, two_mailboxes_changed: 10, new_topic_joins: 20,
    new_topic_begins: 25, usual_subjects: 20, same_message_id: 10, circular: 10, sent_to_several: 12, rep_from_sent: 20,
    rep_own_program: 20, rep_unseen: 15, rep_forwards: 15, vacation: 15, form_visitors: 15, second_address: 12, second_address_lost: 6,
    hijacked_tag: 15, guessed_tag: 10, stolen_token: 15, forged_token: 10, rep_token_of_another: 10,
}  # fmt: skip


def stories(seed, now):
    """(name, generator) of every conversation, in an order that mixes them."""
    world = World(seed, now)
    everything = [story for story, count in STORIES.items() for _ in range(count)]
    world.r.shuffle(everything)
    return world, [(f"{story.__name__} {number}", story(world)) for number, story in enumerate(everything)]
