"""Records what leadmaild and a real Dovecot say to each other: record_imap.py [FILE].

Two connections to INBOX, each from behind the login on: one to an empty folder into which eight mails come while it is in
IDLE, and one of another installation to the folder with all of them. tests/mail/imap/fixtures/recorded_server.h reads it:

    connection
    C 13              the client said 13 octets, which follow, and a line end that is not theirs
    S 52              the server said 52
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "mailsystem"), str(ROOT / "tests" / "e2e")]

from front import Front  # noqa: E402
from mailsystem import MailSystem  # noqa: E402
from product import Leadmail  # noqa: E402

MAILS = [
    "From: Marta Ibarra <marta@ibarra.example>\nTo: sales@acme.example\nSubject: 40 pumps\n"
    "Message-ID: <1@ibarra.example>\nDate: Mon, 16 Nov 2026 09:12:44 +0100\n\nWhat do forty pumps cost?\n\nMarta\n",
    "From: =?utf-8?Q?Jos=C3=A9_Rivas?= <jose@rivas.example>\nTo: sales@acme.example\nSubject: =?utf-8?B?wr9QcmVjaW8/?=\n"
    "Message-ID: <2@rivas.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\n=C2=BFCu=C3=A1nto cuesta una bomba=3F\n",
    # What looks like the protocol is none within a literal.
    "From: Ivo Brandt <ivo@brandt.example>\nTo: sales@acme.example\nSubject: {12}\nMessage-ID: <3@brandt.example>\n\n"
    "* 1 FETCH (UID 9 BODY[] {3}\nabc)\n)\nL9 OK Fetch completed.\n* BYE\n{4096}\n+ idling\n",
    "From: Lea Moreau <lea@moreau.example>\nTo: sales@acme.example\nSubject: nothing below\nMessage-ID: <4@moreau.example>\n\n",
    "From: Tom Hale <tom@hale.example>\nTo: sales@acme.example\nSubject: our plan\nMessage-ID: <5@hale.example>\n"
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b5"\n\n--b5\nContent-Type: text/plain\n\nSee the plan.\n'
    '--b5\nContent-Type: application/pdf; name="plan.pdf"\nContent-Transfer-Encoding: base64\n\n'
    + "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVuZ3RoIDMgMCBSPj4Kc3RyZWFtCg==\n" * 24
    + "--b5--\n",
    "Subject: x\n\n\n",
    b"From: Ines Prado <ines@prado.example>\nTo: sales@acme.example\nSubject: Cat\xe1logo\nMessage-ID: <7@prado.example>\n\n"
    b"Env\xedenme el cat\xe1logo, \"todo\" \\ (completo).\n",
    "From: Marta Ibarra <marta@ibarra.example>\nTo: sales@acme.example\nSubject: Re: 40 pumps\nMessage-ID: <8@ibarra.example>\n"
    "In-Reply-To: <1@ibarra.example>\nReferences: <1@ibarra.example>\n\nAnd fifty?\n\n> What do forty pumps cost?\n",
]


class Tap(Front):
    """Keeps what passes, as ("C" or "S", octets), for each connection."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.connections = []

    def _note(self, who, data, state):
        if "said" not in state:
            state["said"] = []
            self.connections.append(state["said"])
        state["said"].append((who, data))

    def _heard(self, data, state):
        self._note("C", data, state)
        return data

    def _told(self, data, state):
        self._note("S", data, state)
        return data


def joined(said):
    """Neighbours of the same side as one, from the first command of ours behind the login on."""
    found = []
    for who, data in said:
        if not found and not (who == "C" and data.startswith(b"L1 ")):
            continue
        if found and found[-1][0] == who:
            found[-1] = (who, found[-1][1] + data)
        else:
            found.append((who, data))
    return found


def take(leadmail, front, mail, mails, count):
    leadmail.config.write_text(
        re.sub(r"imaps://localhost:\d+", f"imaps://localhost:{front.port}", leadmail.config.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    with leadmail:
        mail.wait_for(lambda: leadmail.lag() is not None, what="a look at the mailbox")
        for number, one in enumerate(mails, 1):
            mail.append("sales", "INBOX", one)
            mail.wait_for(lambda number=number: len(leadmail.ledger()) == number, what=f"mail {number}")
        mail.wait_for(lambda: len(leadmail.ledger()) == count, what="all mails")


def main():
    path = pathlib.Path(sys.argv[1] if sys.argv[1:] else ROOT / "tests/mail/imap/fixtures/dovecot_session.rec")
    mails = [(one if isinstance(one, bytes) else one.encode()).replace(b"\n", b"\r\n") for one in MAILS]
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail, Tap(mail, mail.imaps_port) as front:
        take(Leadmail(mail, "first"), front, mail, mails, len(mails))
        take(Leadmail(mail, "second"), front, mail, [], len(mails))
        said = [joined(one) for one in front.connections]
    said = [one for one in said if any(who == "C" and b'EXAMINE "INBOX"' in data for who, data in one)]
    with path.open("wb") as file:
        for one in said:
            file.write(b"connection\n")
            for who, data in one:
                file.write(f"{who} {len(data)}\n".encode() + data + b"\n")
    print(f"{path}: {len(said)} connections, {path.stat().st_size} octets")


if __name__ == "__main__":
    main()
