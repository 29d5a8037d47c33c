#!/usr/bin/env python3
"""How often a mail finds the right lead, on conversations whose truth is known (conversations.py).

measure.py [--build FOLDER] [--seed N] [--corpora FOLDER] [-v]

Every mail goes through `leadmail ingest` into a book of its own; nothing is sent. Printed: wrong-lead rate (mails that stand on
the lead of another conversation), recall (later mails of a conversation that stand on its lead), and each kind of difficulty.
--corpora: also the sets of mail that state threads (expected.jsonl with `thread`; those with `thread_by` "subject only" apart).
Exit 1 when a goal is missed.
"""

import argparse
import collections
import email
import email.policy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
import conversations  # noqa: E402

CONFIG = """
[company]
name = "Acme"
timezone = "America/Mexico_City"
[store]
path = "{folder}/leadmail.db"
[admin]
addresses = ["it@acme.example"]
[[mailbox]]
name = "sales"
address = "sales@acme.example"
imap = "imaps://imap.acme.example"
smtp = "smtps://smtp.acme.example"
user = "sales@acme.example"
password_file = "{folder}/password"
trusted_authserv = ["mx.acme.example"]
known_sender = "join"
acknowledge = true
defaults = {{ team = "mx" }}
[[mailbox]]
name = "export"
address = "export@acme.example"
imap = "imaps://imap.acme.example"
smtp = "smtps://smtp.acme.example"
user = "export@acme.example"
password_file = "{folder}/password"
trusted_authserv = ["mx.acme.example"]
known_sender = "new"
defaults = {{ team = "mx" }}
[[user]]
id = "ana"
name = "Ana López"
address = "ana@acme.example"
[[user]]
id = "luis"
name = "Luis Ortega"
address = "luis@acme.example"
[[team]]
id = "mx"
members = ["ana", "luis"]
lead = "ana"
[[assign]]
name = "everybody in turn"
hours = "ignore"
to = {{ round_robin = ["ana", "luis"] }}
"""


def scratch():
    """In memory where there is such a place: each mail is a commit, and what is measured is not the disk."""
    memory = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="leadmail-threads-", dir=memory if memory.is_dir() else None)


class Book:
    """A book without a daemon, filled by `leadmail ingest`."""

    def __init__(self, folder, build, config=CONFIG):
        self.folder, self.tool = pathlib.Path(folder), pathlib.Path(build) / "leadmail"
        (self.folder / "password").write_text("secret\n", encoding="utf-8")
        (self.folder / "password").chmod(0o600)
        self.config = self.folder / "leadmail.toml"
        self.config.write_text(config.format(folder=self.folder), encoding="utf-8")
        self.count = 0

    def run(self, *words):
        done = subprocess.run(
            [str(self.tool), "--config", str(self.config), *words], capture_output=True, encoding="utf-8", timeout=600, check=False
        )
        if done.returncode != 0:
            raise AssertionError(f"leadmail {' '.join(words[:4])}: {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def rows(self, *words):
        return [json.loads(line) for line in self.run("--json", *words).splitlines()]

    def keep(self, raw):
        self.count += 1
        path = self.folder / f"{self.count:05d}.eml"
        path.write_bytes(raw)
        return str(path)

    def ingest(self, mailbox, sent, paths):
        flags = ["--sent"] if sent else []
        return {row["file"]: row for row in self.rows("ingest", "--mailbox", mailbox, *flags, *paths)}


class Sight:
    """What a conversation's people have got from us so far."""

    def __init__(self, book, lead, outbox, owners):
        self._book, self.lead, self._outbox, self.owner = book, lead, outbox.get(lead, []), owners.get(lead) or "ana"

    def last(self, *kinds):
        ids = [row["message_id"] for row in self._outbox if row["kind"] in kinds]
        return ids[-1] if ids else ""

    @property
    def tag(self):
        notice = next(row for row in self._outbox if row["kind"] == "notice")
        content = self._book.rows("outbox", "show", str(notice["id"]))[0]["content"]
        subject = email.message_from_string(content, policy=email.policy.default)["Subject"]
        return subject[subject.index("[L-") : subject.index("]", subject.index("[L-")) + 1]


class Told:
    """A mail with its truth and what became of it."""

    def __init__(self, story, mail, row):
        self.mail, self.outcome, self.lead, self.reason = mail, row["outcome"], row["lead"], row["reason"]
        self.file = row["file"]
        self.conversation = f"{story}: {mail.belongs}"


def play(book, seed):
    """All conversations, a mail of each in turn."""
    _, running = conversations.stories(seed, int(time.time()) - 9000)
    told, sights, leads = [], {}, {}
    while running:
        batch, still = collections.defaultdict(list), []
        for name, story in running:
            try:
                mail = story.send(sights.get(name))
            except StopIteration:
                continue
            still.append((name, story))
            batch[(mail.mailbox, mail.sent)].append((name, mail, book.keep(mail.raw)))
        running = still
        for (mailbox, sent), mails in sorted(batch.items()):
            rows = book.ingest(mailbox, sent, [path for _, _, path in mails])
            for name, mail, path in mails:
                told.append(Told(name, mail, rows[path]))
                leads[name] = rows[path]["lead"] or leads.get(name)
        outbox = collections.defaultdict(list)
        for row in sorted(book.rows("outbox", "list"), key=lambda row: row["id"]):
            outbox[row["lead"]].append(row)
        owners = {row["lead"]: row["owner"] for row in book.rows("list")}
        sights = {name: Sight(book, leads.get(name), outbox, owners) for name, _ in running}
    return told


class Figures:
    def __init__(self):
        self.mails = self.wrong = self.later = self.found = self.strangers = self.got_in = 0
        self.kinds = collections.defaultdict(lambda: [0, 0])
        self.bad = []

    @property
    def reaches_goals(self):
        return self.wrong_rate <= 0.001 and self.recall >= 0.98 and self.got_in == 0

    @property
    def recall(self):
        return self.found / self.later if self.later else 1.0

    @property
    def wrong_rate(self):
        return self.wrong / self.mails if self.mails else 0.0


def weigh(told, contacts):
    """`contacts`: the addresses that each lead takes for its people's."""
    figures, own = Figures(), {}
    for mail in told:  # who opened which lead
        if mail.conversation not in own and mail.lead and mail.lead not in own.values():
            own[mail.conversation] = mail.lead
    owner_of = {lead: conversation for conversation, lead in own.items()}
    for mail in told:
        figures.mails += 1
        right = mail.lead is not None and mail.lead == own.get(mail.conversation)
        strays = owner_of.get(mail.lead, mail.conversation) != mail.conversation
        if mail.mail.stranger:
            figures.strangers += 1
            if mail.mail.stranger in contacts.get(mail.lead, ()) and strays:
                figures.got_in += 1
                figures.bad.append(mail)
        if mail.mail.again and mail.outcome != "duplicate":
            right = False
        tally = figures.kinds[mail.mail.kind]
        tally[1] += 1
        tally[0] += right
        figures.wrong += strays
        if not mail.mail.opens:
            figures.later += 1
            figures.found += right
        if not right:
            figures.bad.append(mail)
    return figures


def measure(build, seed):
    with scratch() as folder:
        book = Book(folder, build)
        told = play(book, seed)
        contacts = {}
        for mail in told:
            if mail.mail.stranger and mail.lead and mail.lead not in contacts:
                shown = book.rows("show", mail.lead)[0]
                contacts[mail.lead] = {address for contact in shown["contacts"] for address in contact["emails"]} | set(shown["emails"])
        return weigh(told, contacts), len({mail.conversation for mail in told})


def measure_set(folder, build):
    """Pairs of mails that the set puts together, and those it keeps apart. Threads by subject alone are a matter of taste."""
    folder = pathlib.Path(folder).resolve()  # as `leadmail ingest` names what it took
    rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("thread")]
    figures = collections.Counter()
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row["thread"].partition("#")[0]].append(row)
    for group in groups.values():  # each file of a group is a mailbox of its own: their ids repeat
        with scratch() as place:
            book = Book(place, build, CONFIG.replace('known_sender = "join"', 'known_sender = "new"'))
            paths = [str(folder / row["file"]) for row in group]
            rows_by_path = book.ingest("sales", False, paths)
            leads = [rows_by_path[path]["lead"] for path in paths]
        own = {}
        for row, lead in zip(group, leads):
            by_subject = "subject" in str(row.get("thread_by", ""))
            if row["thread"] not in own:
                own[row["thread"]] = lead
                continue
            figures["by subject" if by_subject else "stated"] += 1
            figures["by subject found" if by_subject else "found"] += lead == own[row["thread"]]
        for (row, lead) in zip(group, leads):
            other = [t for t, first in own.items() if first == lead and t != row["thread"]]
            figures["mails"] += 1
            figures["wrong"] += bool(other) and lead != own[row["thread"]]
    return figures


def main():
    parse = argparse.ArgumentParser(description="How often a mail finds the right lead.")
    parse.add_argument("--build", default=os.environ.get("LEADMAIL_BUILD", "build"))
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--corpora", type=pathlib.Path)
    parse.add_argument("-v", action="store_true")
    options = parse.parse_args()
    began = time.monotonic()
    figures, conversations_count = measure(options.build, options.seed)
    print(
        f"threading: {figures.mails} mails, {conversations_count} conversations, {time.monotonic() - began:.0f} s: "
        f"wrong lead {figures.wrong} ({100 * figures.wrong_rate:.2f} %), recall {figures.found}/{figures.later} "
        f"({100 * figures.recall:.2f} %), strangers {figures.strangers}, of which taken in {figures.got_in}"
    )
    for kind, (right, all_of_it) in sorted(figures.kinds.items(), key=lambda item: item[1][0] / item[1][1]):
        print(f"  {right:4d}/{all_of_it:<4d} {kind}")
    if options.v:
        for mail in figures.bad:
            print(f"{mail.conversation} | {mail.mail.kind} | {mail.outcome} {mail.lead} | {mail.reason} | {mail.file}")
    for folder in sorted(options.corpora.iterdir()) if options.corpora else ():
        stated = folder / "expected.jsonl"
        if not stated.exists() or '"thread"' not in stated.read_text(encoding="utf-8"):
            continue
        found = measure_set(folder, options.build)
        print(
            f"{folder.name}: {found['mails']} mails, of the thread they are stated to be of {found['found']}/{found['stated']}, "
            f"by subject only {found['by subject found']}/{found['by subject']}, on the lead of another thread {found['wrong']}"
        )
    return 0 if figures.reaches_goals else 1


if __name__ == "__main__":
    sys.exit(main())
