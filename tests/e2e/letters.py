"""Mail as people's programs write it."""

import email.message
import email.utils
import itertools

_numbers = itertools.count(1)


def new_id(domain="far.example"):
    return f"<{next(_numbers)}.{email.utils.make_msgid(domain=domain)[1:-1]}>"


def write(sender, to, subject, text, *, html=None, message_id=None, headers=(), date=None):
    """A new mail. sender and to are (name, address) or an address."""
    mail = email.message.EmailMessage()
    mail["From"] = _person(sender)
    mail["To"] = _person(to)
    mail["Subject"] = subject
    mail["Date"] = email.utils.formatdate(date, localtime=False)
    mail["Message-ID"] = message_id or new_id()
    for name, value in headers:
        mail[name] = value
    if text is not None:
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
    else:
        mail.set_content(html, subtype="html")
    return mail


def _person(who):
    return who if isinstance(who, str) else email.utils.formataddr(who)


def answer(original, sender, text, *, quote="below", subject=None, headers=(), to=None):
    """A reply to a mail (email.message.EmailMessage), with the original quoted "below", "above", "outlook" or not."""
    target = to or str(original["Reply-To"] or original["From"])
    title = subject or "Re: " + str(original["Subject"]).removeprefix("Re: ")
    chain = " ".join(filter(None, [str(original["References"] or ""), str(original["Message-ID"])]))
    mail = write(
        sender,
        target,
        title,
        quoted(original, text, quote),
        headers=[("In-Reply-To", str(original["Message-ID"])), ("References", " ".join(chain.split())), *headers],
    )
    return mail


def quoted(original, text, quote):
    part = original.get_body(("plain",))
    old = part.get_content().rstrip("\n") if part else ""
    who, when = str(original["From"]), str(original["Date"])
    lines = "\n".join("> " + line if not line.startswith(">") else ">" + line for line in old.splitlines())
    if quote == "below":
        return f"{text}\n\nOn {when}, {who} wrote:\n{lines}\n"
    if quote == "above":
        return f"On {when}, {who} wrote:\n{lines}\n\n{text}\n"
    if quote == "outlook":
        return f"{text}\n\n-----Original Message-----\nFrom: {who}\nSent: {when}\nSubject: {original['Subject']}\n\n{old}\n"
    return text + "\n"


def recipient(mail):
    """The bare address of the first To."""
    return email.utils.getaddresses([str(mail["To"])])[0][1]
