"""Twenty mails that wait in a mailbox and the ten and more that they make us send: what a sweep goes through again and
again, with a fault at another point each time; and what has to be true afterwards.

A lane is one mailbox with one installation of ours beside it. Before each run both are as they were at first: the
mailbox is put back from a copy of its files, our database and keys are gone. Lanes share the servers and nothing else.
"""

import base64
import collections
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("mailsystem", "e2e"):
    sys.path.insert(0, str(HERE.parent / folder))

import accounting  # noqa: E402
import letters  # noqa: E402
from mailsystem import MAIL_UID, MailSystem  # noqa: E402
from product import Leadmail  # noqa: E402

EMPTY = ("ana", "luis", "it")
LIBRARY_CRASHED = "crashed in a library"
STOPS_REACHED_IN = 20  # seconds; a daemon that has not come to the call where it is to be stopped by then waits for mail


def mails(to):
    """Twenty, as (envelope sender, what the provider finds, mail): inquiries and answers to them, what robots send, what
    a rep writes, and what is broken."""
    found = []

    def add(mail, envelope=None, finding="dmarc=none"):
        address = letters.email.utils.parseaddr(str(mail["From"]))[1] if isinstance(mail, letters.email.message.Message) else ""
        found.append((address if envelope is None else envelope, finding, mail))
        return mail

    def inquiry(number, name, text="What do twenty pumps cost?", **more):
        return letters.write((name, f"{name.split()[0].lower()}@far{number}.example"), to, f"Pumps for {name}", text, **more)

    first = add(inquiry(1, "Maria Perez"))
    second = add(inquiry(2, "Joan Smith", "Hello,\n\nplease call me: +44 20 7946 0000.\n\nJoan Smith\nBuyer, Far Two Ltd"))
    add(letters.answer(first, "maria@far1.example", "One more question: do you deliver?", to=to))
    large = add(inquiry(3, "Peter Large", "The drawing is attached."))
    large.add_attachment(bytes(range(256)) * 5000, maintype="application", subtype="octet-stream", filename="drawing.bin")
    add(letters.write("mailer-daemon@far4.example", to, "Undelivered Mail Returned to Sender", "gone <x@far4.example>"), "")
    add(
        letters.write("anne@far5.example", to, "Automatic reply: Pumps", "I am away.", headers=[("Auto-Submitted", "auto-replied")]),
        "",
    )
    add(
        letters.write("news@far6.example", to, "Our news", "Buy!", headers=[("List-Unsubscribe", "<mailto:u@far6.example>")]),
    )
    add(inquiry(7, "Nguyen Lan", "Xin chào, tôi muốn hỏi giá máy bơm."))
    add(inquiry(8, "Broken Base", "x"))
    found[-1] = (found[-1][0], "dmarc=none", _broken(found[-1][2]))
    add(letters.answer(second, "joan@far2.example", "No hurry.", to=to))
    add(second)  # the same mail again
    add(letters.write(("Ana López", "ana@acme.example"), to, "new", "#new Karl Kurz <karl@far9.example> Kurz AG\n"), None,
        "dmarc=pass header.from=acme.example")
    add(letters.write(("Eve", "ana@acme.example"), to, "new", "#new Eva Falsch <eva@far10.example>\n"), "eve@far10.example",
        "dmarc=fail header.from=acme.example")
    add(inquiry(11, "Ines Ole", None, html="<p>Hola,</p><ul><li>20 bombas</li><li>2 motores</li></ul>"))
    add(letters.write("", to, "no sender", "?"), "")
    del found[-1][2]["From"]
    add(inquiry(12, "Paul Twelve"))
    add(letters.answer(first, "maria@far1.example", "And what about service?", to=to))
    add(inquiry(13, "Olga Dreizehn", "a" * 200000))
    add(letters.write("form@site.example", to, "Contact form", "Name: Rita Form\nEmail: rita@far14.example\nMessage: A catalogue, please\n"))
    add(inquiry(15, "Zoe Last"))
    return found


def _broken(mail):
    """Its base64 ends in the middle and its boundary never comes."""
    head = bytes(mail).partition(b"\n\n")[0].replace(b'text/plain; charset="utf-8"', b"multipart/mixed; boundary=never")
    return head + b"\n\n--never\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(
        b"Please send me a price list."
    )[:-3] + b"\n"


class Exchanged:
    """What the server took from each lane, as it answered for it."""

    def __init__(self, mail):
        exchange = mail.exchange
        self._deliver, self._taken = exchange.accept, {}
        exchange.accept = self._accept

    def _accept(self, mail):
        if not mail.login.startswith("lane"):
            return self._deliver(mail)
        for recipient in mail.recipients:
            self._taken[mail.login][mail.message_id.strip("<>"), recipient.lower()].append(mail.raw)
        return None

    def begin(self, login):
        self._taken[login] = collections.defaultdict(list)
        return self._taken[login]


def open_mail_system(lanes):
    names = tuple(f"lane{number}" for number in range(lanes))
    return MailSystem(users=(*names, *EMPTY), postfix=False)


class Lane:
    def __init__(self, mail, exchanged, number):
        self.mail, self.exchanged, self.user = mail, exchanged, f"lane{number}"
        self.address = mail.address(self.user)
        self.leadmail = Leadmail(mail, name=self.user, user=self.user, acknowledge=True, mailbox='processed = "seen"')
        self.home = mail.dir / "mail" / self.user
        self.copy = mail.dir / f"{self.user}.copy"
        for envelope, finding, letter in mails(self.address):
            mail.outside(envelope, [self.address], letter, finding)
        mail.wait_for(lambda: len(list((self.home / "Maildir" / "new").glob("*"))) == 20, what="twenty mails")
        shutil.copytree(self.home, self.copy)
        self.reference = None

    # --- a run ------------------------------------------------------------------------------------------------------
    def reset(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.copy, self.home)
        for folder, folders, files in os.walk(self.home):
            for name in (".", *folders, *files):
                os.chown(os.path.join(folder, name), *((MAIL_UID, MAIL_UID) if os.geteuid() == 0 else (-1, -1)))
        for path in self.leadmail.folder.iterdir():
            if path != self.leadmail.config:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.taken = self.exchanged.begin(self.address)

    def run(self, *wrapper, minutes=0, timeout=60):
        """leadmaild --once, with its standard error; the status is negative when a signal ended it."""
        words = [*wrapper, str(self.leadmail.build / "leadmaild"), "--config", str(self.leadmail.config), "--once"]
        if minutes:
            words += ["--now", (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)).isoformat(timespec="seconds")]
        return subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=timeout, check=False)

    def recover(self):
        """As systemd and time would: started again, and what was cut off or deferred gets its turn. Complaints."""
        found = []
        for minutes in (0, 20, 40, 700):
            done = self.run(minutes=minutes)
            if done.returncode != 0:
                found.append(f"status {done.returncode} with nothing in the way: {done.stderr[-600:]}")
            if minutes == 20 and self.at_rest():
                break
        return found

    def at_rest(self):
        return all(
            recipient["state"] in accounting.AT_REST - {"unknown"}
            for entry in self.leadmail.tool("outbox", "list")
            for recipient in entry["recipients"]
        )

    @contextlib.contextmanager
    def database(self):
        database = sqlite3.connect(f"file:{self.leadmail.folder}/leadmail.db?mode=ro", uri=True)
        try:
            yield database
        finally:
            database.close()

    # --- the oracle -------------------------------------------------------------------------------------------------
    def state(self):
        """What is in the books, in words that do not depend on when or under which number it came."""
        ledger, outbox = self.leadmail.tool("ledger"), self.leadmail.tool("outbox", "list")
        # Each lead by the message that made it; several mails have no Message-ID of their own, their place names them.
        name = {row["lead"]: row["uid"] for row in ledger if row["outcome"] in ("lead", "command", "quarantined") and row["lead"]}
        with self.database() as database:
            leads = database.execute("SELECT id, status, owner FROM lead").fetchall()
            rows = database.execute("SELECT lead, type, direction, count(*) FROM event GROUP BY lead, type, direction").fetchall()
        of = lambda number: name.get(f"L-{number}", 1000)  # 1000: made by no mail
        events = collections.Counter({(of(lead), kind, direction): count for lead, kind, direction, count in rows})
        events.update((of(number), "lead", status, owner) for number, status, owner in leads)
        return {
            "ledger": collections.Counter((row["uid"], row["kind"], row["outcome"], name.get(row["lead"], "")) for row in ledger),
            "outbox": collections.Counter(
                (entry["kind"], recipient["address"], name.get(entry["lead"], ""))
                for entry in outbox
                for recipient in entry["recipients"]
                if entry["kind"] not in ("held", "digest")  # once a day: how many there are depends on the hour
            ),
            "events": events,
            # A held mail is marked once somebody has decided.
            "not marked as seen": collections.Counter(
                path.name.partition(":")[0]
                for place in ("new", "cur")
                for path in (self.home / "Maildir" / place).iterdir()
                if "S" not in path.name.partition(":2,")[2]
            ),
        }

    def account(self):
        """Complaints, as text; none when every account balances."""
        found = []
        outbox = self.leadmail.tool("outbox", "list")
        now = self.state()
        unknown = any(recipient["times_unknown"] for entry in outbox for recipient in entry["recipients"])
        for part, wanted in self.reference.items():
            missing, more = wanted - now[part], now[part] - wanted
            if part == "outbox" and unknown:
                more = collections.Counter({key: count for key, count in more.items() if key[0] != "bounced"})
            if part == "events" and unknown:
                more = missing = collections.Counter()
            found += [f"{part}: missing {key} x{count}" for key, count in missing.items()]
            found += [f"{part}: too much {key} x{count}" for key, count in more.items()]
        promised = set()
        for entry in outbox:
            for recipient in entry["recipients"]:
                key = entry["message_id"], recipient["address"].lower()
                promised.add(key)
                copies = self.taken.get(key, [])
                what = f"{entry['kind']} to {key[1]} ({recipient['state']}, {recipient['attempts']} attempts, {recipient['times_unknown']} unknown)"
                if recipient["state"] not in accounting.AT_REST:
                    found.append(f"{what}: not at rest")
                if not copies and (recipient["state"] == "delivered" or entry["kind"] not in accounting.NEVER_TWICE):
                    found.append(f"{what}: never arrived")
                if len(copies) > 1 + (0 if entry["kind"] in accounting.NEVER_TWICE else recipient["times_unknown"]):
                    found.append(f"{what}: {len(copies)} copies")
                if len({str(accounting.bytes_of_author(raw)) for raw in copies}) > 1:
                    found.append(f"{what}: copies differ")
        found += [f"{key}: taken, and not in the outbox" for key in self.taken if key not in promised]
        if not any(entry["kind"] == "held" for entry in outbox):  # the fault came after the day's was due: then tomorrow's
            self.run(minutes=25 * 60)
            if not any(entry["kind"] == "held" for entry in self.leadmail.tool("outbox", "list")):
                found.append("outbox: nobody is told of what is held")
        with self.database() as database:
            found += [f"database: {row[0]}" for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"database: foreign key {row}" for row in database.execute("PRAGMA foreign_key_check")]
        return found

    def learn(self):
        """An undisturbed run: what is true after it has to be true after every other."""
        self.reset()
        done = self.run()
        if done.returncode != 0:
            raise AssertionError(f"an undisturbed run: status {done.returncode}\n{done.stderr}")
        found = self.recover()
        self.reference = self.state()
        found += self.account()
        if found:
            raise AssertionError("an undisturbed run: " + "\n".join(found))
        return self.reference

    def count_calls(self, tool):
        """How many calls an undisturbed run makes, and of which names."""
        self.reset()
        report = self.mail.dir / "count.json"
        self.run(*tool, "--report", report, "--")
        told = json.loads(report.read_text(encoding="utf-8"))
        return told["calls"], told["by_name"]

    def struck(self, tool, kind, number):
        """A run with a fault at call `number`, then recovery. Returns what was struck, None behind the end, and the
        complaints."""
        self.reset()
        report = self.mail.dir / f"{self.user}.json"
        report.unlink(missing_ok=True)
        found, errors = [], ""
        try:
            errors = self.run(*tool, f"--{kind}", str(number), "--report", report, "--").stderr
        except subprocess.TimeoutExpired as late:
            found.append(f"had not ended after a minute: {(late.stderr or b'').decode(errors='replace')[-600:]}")
        told = json.loads(report.read_text(encoding="utf-8"))
        if told["struck"] is not None:
            ended = told["status"]
            allowed = (137,) if kind == "kill" else (0, 1, 3, 4, 127)  # 127: the dynamic linker's
            if ended not in allowed and not found:
                found.append(f"ended with status {ended}: {errors[-600:]}")
            if kind == "fail" and told["struck"]["name"] in ("fsync", "fdatasync") and ".db" in told["struck"]["about"] and ended != 1:
                found.append(f"a failed {told['struck']['name']} did not end the process: status {ended}")
        found += self.recover()
        found += self.account()
        return told["struck"], found

    def stopped(self, tool, number):
        """The daemon is told to stop at call `number`, then recovery. Returns what was struck with the seconds until its end,
        and the complaints."""
        self.reset()
        report = self.mail.dir / f"{self.user}.json"
        report.unlink(missing_ok=True)
        words = [*tool, "--stop", str(number), "--report", report, "--", self.leadmail.build / "leadmaild"]
        found = []
        with subprocess.Popen([*words, "--config", self.leadmail.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
            for ask, seconds in ((daemon.terminate, STOPS_REACHED_IN), (daemon.kill, 60)):
                try:
                    daemon.wait(seconds)
                    break
                except subprocess.TimeoutExpired:
                    ask()
        told = json.loads(report.read_text(encoding="utf-8"))
        if told["struck"] is not None:
            told["struck"]["seconds"] = told["seconds"]
            if told["status"] not in (0, 143):  # 143: while it started, nobody had asked for the signal yet
                found.append(f"ended with status {told['status']}")
            if told["seconds"] > 30:
                found.append(f"took {told['seconds']} s")
        found += self.recover()
        found += self.account()
        return told["struck"], found

    def places(self, library, of):
        """Where an undisturbed run takes memory: (how often, addresses of the calls that led there)."""
        self.reset()
        listed = self.mail.dir / "places.txt"
        done = self.run(*preloaded(library, OF=of, LIST=listed))
        if done.returncode != 0:
            raise AssertionError(f"with its allocations counted: status {done.returncode}\n{done.stderr}")
        lines = (line.split(",", 1) for line in listed.read_text(encoding="utf-8").splitlines())
        return sorted((addresses, int(count)) for count, addresses in lines)

    def without_memory(self, library, of, addresses, nth):
        """A run whose nth allocation at that place fails, then recovery. Returns what was struck, None when the place was
        not come by so often, and the complaints."""
        self.reset()
        told = self.mail.dir / f"{self.user}.told"
        told.unlink(missing_ok=True)
        found, ended = [], "hung"
        try:
            done = self.run(*preloaded(library, OF=of, AT=f"{nth},{addresses}", TOLD=told))
            ended = "went on" if done.returncode == 0 else "ended"
            by_terminate = done.returncode == -signal.SIGABRT and "bad_alloc" in done.stderr
            if done.returncode < 0 and not by_terminate and not _is_near_ours(addresses):
                ended = LIBRARY_CRASHED
            elif done.returncode not in (0, 1, 3, 4, 127) and not by_terminate:  # 127: the dynamic linker's
                found.append(f"ended with status {done.returncode}: {done.stderr[-600:]}")
        except subprocess.TimeoutExpired as late:
            found.append(f"had not ended after a minute: {(late.stderr or b'').decode(errors='replace')[-600:]}")
        found += self.recover()
        found += self.account()
        return {"name": ended, "place": addresses, "nth": nth} if told.exists() else None, found


def _is_near_ours(addresses):
    """Is one of the three calls nearest to the allocation our program's, which lies here where addresses are not random?
    Then the failure was ours to see; in the midst of a library it was the library's."""
    return any(address.startswith("5555") for address in addresses.split(",")[:3])


def preloaded(library, **settings):
    """Words that run a program with failing_memory before it, at the same addresses each time."""
    return ["setarch", "-R", "env", f"LD_PRELOAD={library}", *(f"FAILING_MEMORY_{name}={value}" for name, value in settings.items())]

