"""Mailboxes that are old already: many mails that stand there since long ago."""

import os
import time

from inbox_generator import Corpus

AT_A_TIME = 2000  # conversations are whole within so many, and no more mails are in memory


def raws(count, seed=7):
    """So many generated mails, one after the other."""
    while count > 0:
        some = Corpus(seed=seed).mails(min(count, AT_A_TIME))
        yield from (raw for raw, _ in some)
        count, seed = count - len(some), seed + 1


def maildir(mail, user="sales"):
    return mail.dir / "mail" / user / "Maildir"


def lay_down(folder, mails, count, newest=None):
    """A Maildir of `count` mails, one an hour, the last one an hour before `newest`."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    at = (newest or time.time()) - 3600 * (count + 1)
    for number, raw in enumerate(mails):
        at += 3600
        path = folder / "cur" / f"{int(at)}.{number}.history:2,S"
        path.write_bytes(raw)
        os.utime(path, (at, at))


def fill(mail, mails, count, user="sales", newest=None):
    """The same in the user's INBOX."""
    folder = maildir(mail, user)
    lay_down(folder, mails, count, newest)
    owner = folder.parent.stat()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
