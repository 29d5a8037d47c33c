"""What a mailbox and a folder of mail cost, beside the programs that others use for them; interleaved, in one run.

    system_bench.py sync [COUNT [ROUNDS]]      a whole mailbox over IMAP and TLS, into an empty book; beside mbsync, and
                                               beside fetching the bytes and throwing them away
    system_bench.py import [COUNT [ROUNDS]]    a Maildir into an empty book; beside mu and notmuch
    system_bench.py outbox [COUNT]             mails that wait, to a server that takes all it is given
    system_bench.py latency [COUNT]            mails that come one at a time: until the lead is there, until its notice is out
    system_bench.py burst [COUNT]              mails delivered as fast as the server takes them: when the last is a lead
    system_bench.py large [MEGABYTES]          one mail with a large attachment: the most memory, and what stays
    system_bench.py idle [SECONDS]             what a daemon costs that has nothing to do, 2,000 mails stored

Ratios of one run travel to other machines; seconds do not. Peers that are not installed are skipped (script/bench
installs them). Durable commits, confined parsing and all limits stay on.
"""

import collections
import contextlib
import os
import pathlib
import queue
import re
import shutil
import smtplib
import socket
import sqlite3
import ssl
import statistics
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
for folder in ("mailsystem", "e2e", "tools"):
    sys.path.insert(0, str(HERE.parent / folder))

import letters  # noqa: E402
from inbox_generator import Corpus  # noqa: E402
from mailsystem import MAIL_UID, MailSystem  # noqa: E402
from memory import Watch, children, family, rollup  # noqa: E402
from product import Leadmail, build_folder  # noqa: E402

HISTORY = "2000-01-01"


class Run:
    """Runs a command; how long it took or, `watched`, the most memory that it and its children had at a time (MiB; pages
    that they share count once). Never both: to look into the memory of a process stops it."""

    def __init__(self, words, watched=False, **how):
        began = time.monotonic()
        process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **how)
        errors, most = [], 0
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
        reader.start()
        while watched and process.poll() is None:
            most = max(most, family(process.pid))
            time.sleep(0.02)
        process.wait()
        reader.join()
        self.seconds = time.monotonic() - began
        self.memory = most / 1024
        if process.returncode != 0:
            raise RuntimeError(f"{words[0]}: status {process.returncode}\n{errors[0][-2000:]}")


def raws(count, seed=1):
    return [raw for raw, _ in Corpus(seed=seed).mails(count)]


def write_maildir(folder, mails):
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(mails):
        (folder / "cur" / f"{1700000000 + number}.{number}.bench:2,S").write_bytes(raw)
    return folder


def own(folder):
    if os.geteuid() == 0:
        for place, folders, files in os.walk(folder):
            for name in (".", *folders, *files):
                os.chown(os.path.join(place, name), MAIL_UID, MAIL_UID)


def table(title, times, base="Leadmail"):
    """Medians with least and most, and the ratio to each peer, taken within each round."""
    print(f"\n{title}\n\n| | median | least - most | Leadmail takes |\n|---|---|---|---|")
    for name, seconds in times.items():
        ratios = [ours / theirs for ours, theirs in zip(times[base], seconds)]
        ratio = "" if name == base else f"{statistics.median(ratios):.2f} x ({min(ratios):.2f} - {max(ratios):.2f})"
        print(f"| {name} | {statistics.median(seconds):.2f} s | {min(seconds):.2f} - {max(seconds):.2f} | {ratio} |", flush=True)


# --- over IMAP ----------------------------------------------------------------------------------------------------------
def fetch_and_forget(mail):
    """The least that a whole mailbox can cost: one command, and every byte is thrown away. Returns how many there were."""
    context = ssl.create_default_context(cafile=mail.ca)
    room, total = bytearray(1 << 20), 0
    with socket.create_connection(("localhost", mail.imaps_port), 60) as plain, context.wrap_socket(plain, server_hostname="localhost") as sock:
        def until(tag):
            nonlocal total
            tail = b""
            while True:
                size = sock.recv_into(room)
                if size == 0:
                    raise RuntimeError("the server hung up")
                total += size
                tail = (tail + bytes(room[max(0, size - 4000) : size]))[-5000:]
                if b"\r\n" + tag in tail or tail.startswith(tag):
                    return

        sock.recv_into(room)
        for tag, command in (
            (b"a", f"LOGIN {mail.address('sales')} {mail.users['sales']}"),
            (b"b", "EXAMINE INBOX"),
            (b"c", "UID FETCH 1:* (UID INTERNALDATE BODY.PEEK[])"),
        ):
            sock.sendall(tag + b" " + command.encode() + b"\r\n")
            until(tag + b" OK")
    return total


MBSYNC = """
SyncState *

IMAPAccount a
Host localhost
Port {port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {ca}
AuthMechs PLAIN

IMAPStore r
Account a

MaildirStore l
Path {out}/
Inbox {out}/INBOX

Channel c
Far :r:
Near :l:
Patterns INBOX
Create Near
Sync Pull New
"""


def mbsync(mail, folder):
    out = folder / "mbsync"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    config = folder / "mbsyncrc"
    config.write_text(MBSYNC.format(port=mail.imaps_port, user=mail.address("sales"), password=mail.users["sales"], ca=mail.ca, out=out), encoding="ascii")
    done = Run(["mbsync", "-q", "-c", config, "c"])
    copied = len(list((out / "INBOX").glob("*/*")))
    return done, copied


def ours_over_imap(mail, number, count, watched=False):
    leadmail = Leadmail(mail, name=f"round{number}", baseline=HISTORY, extra='\n[daemon]\nlog_level = "warning"\n')
    done = Run([leadmail.build / "leadmaild", "--config", leadmail.config, "--once"], watched)
    taken = len(leadmail.ledger())
    if taken != count:
        raise RuntimeError(f"{taken} of {count} mails are in the ledger")
    return done, leadmail


def bench_sync(count=20000, rounds=3):
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        home = mail.dir / "mail" / "sales"
        write_maildir(home / "Maildir", raws(count))
        own(home)
        size = fetch_and_forget(mail)  # the server's own index is made here, and counts for nobody
        times = collections.defaultdict(list)
        for number in range(rounds):
            began = time.monotonic()
            fetch_and_forget(mail)
            times["fetched and thrown away"].append(time.monotonic() - began)
            if shutil.which("mbsync"):
                done, copied = mbsync(mail, mail.dir)
                if copied < count:
                    raise RuntimeError(f"mbsync copied {copied} of {count}")
                times["mbsync"].append(done.seconds)
            done, leadmail = ours_over_imap(mail, number, count)
            times["Leadmail"].append(done.seconds)
        again = [Run([leadmail.build / "leadmaild", "--config", leadmail.config, "--once"]).seconds for _ in range(5)]
        memory = ours_over_imap(mail, rounds, count, watched=True)[0].memory
        table(f"A mailbox of {count} mails, {size / 1e6:.0f} MB, over IMAP and TLS, {rounds} rounds", times)
        print(f"\n{count / statistics.median(times['Leadmail']):.0f} mails/s; most memory of all its processes: {memory:.0f} MiB;"
              f" once more with nothing new: {statistics.median(again) * 1000:.0f} ms with start and end")


# --- from a folder ------------------------------------------------------------------------------------------------------
def bench_import(count=20000, rounds=3):
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        folder = mail.dir / "import"
        maildir = write_maildir(folder / "Maildir", raws(count))
        times, memory = collections.defaultdict(list), {}
        for number in range(rounds + 1):
            watched = number == rounds

            def note(name, words):
                done = Run(words, watched)
                if watched:
                    memory[name] = done.memory
                else:
                    times[name].append(done.seconds)

            if shutil.which("mu"):
                home = folder / f"mu{number}"
                Run(["mu", "init", "--quiet", f"--muhome={home}", f"--maildir={maildir}"])
                note("mu index", ["mu", "index", "--quiet", f"--muhome={home}"])
                shutil.rmtree(home)
            if shutil.which("notmuch"):
                config = folder / "notmuch"
                config.write_text(f"[database]\npath={maildir}\n[new]\ntags=unread\n[user]\nname=x\nprimary_email=x@x.example\n", encoding="ascii")
                note("notmuch new", ["notmuch", f"--config={config}", "new", "--quiet"])
                shutil.rmtree(maildir / ".notmuch")
            leadmail = Leadmail(mail, name=f"import{number}", extra='\n[daemon]\nlog_level = "warning"\n')
            note("Leadmail", [leadmail.build / "leadmail", "--config", leadmail.config, "--quiet", "ingest", "--silent", maildir])
            taken = len(leadmail.ledger())
            if taken != count:
                raise RuntimeError(f"{taken} of {count} mails are in the ledger")
        table(f"A Maildir of {count} mails, {rounds} rounds", times)
        print("\nmost memory: " + ", ".join(f"{name} {of:.0f} MiB" for name, of in memory.items())
              + f"; Leadmail: {count / statistics.median(times['Leadmail']):.0f} mails/s")


# --- out ----------------------------------------------------------------------------------------------------------------
def bench_outbox(count=2000):
    """Prospects wrote while nothing could be sent; then it can."""
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        leadmail = Leadmail(mail, extra='\n[daemon]\nlog_level = "warning"\n')
        folder = write_maildir(mail.dir / "prospects", prospects(count))
        Run([leadmail.build / "leadmail", "--config", leadmail.config, "--quiet", "ingest", folder])
        taken = []
        mail.exchange.accept = lambda one: taken.append(one.at)
        done = Run([leadmail.build / "leadmaild", "--config", leadmail.config, "--once"])
        span = taken[-1] - taken[0]
        print(f"\noutbox: {len(taken)} mails over TLS in {span:.2f} s: {len(taken) / span:.0f} mails/s, each state durable (whole run {done.seconds:.2f} s)")


# --- as they come ---------------------------------------------------------------------------------------------------------
QUIET = '\n[daemon]\nlog_level = "warning"\n'


def prospects(count, word="Prospect"):
    return [
        bytes(letters.write((f"{word} {n}", f"{word.lower()}{n}@far{n % 97}.example"), "sales@acme.example", f"Inquiry {n}", "What do they cost?\n\nProspect"))
        for n in range(count)
    ]


def lmtp(mail):
    return smtplib.LMTP("127.0.0.1", mail.exchange.lmtp_port, "mx.acme.example", timeout=60)


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def bench_latency(count=200):
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        taken = queue.Queue()
        mail.exchange.accept = lambda one: taken.put(time.monotonic())
        leadmail = Leadmail(mail, extra='\n[daemon]\nlog_level = "debug"\n').start()
        waited = []
        with lmtp(mail) as server:
            for number, raw in enumerate(prospects(count + 5)):
                server.sendmail("p@far.example", ["sales@acme.example"], raw)
                delivered = time.monotonic()
                waited.append((taken.get(timeout=30) - delivered) * 1000)
        leadmail.stop()
        found = re.findall(r"intake-latency: .* MICROSECONDS=(\d+)", leadmail.log.read_text(encoding="utf-8"))
        inside, waited = [int(one) / 1000 for one in found[5:]], waited[5:]  # the first ones open connections
        print(f"\n{count} mails, one at a time: EXISTS received -> lead committed, its notice in the outbox: "
              f"p50 {quantile(inside, 0.5):.1f} ms, p99 {quantile(inside, 0.99):.1f} ms; "
              f"delivered -> notice taken by the server: p50 {quantile(waited, 0.5):.0f} ms, p99 {quantile(waited, 0.99):.0f} ms")


def bench_burst(count=1000):
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        mail.exchange.accept = lambda one: None
        leadmail = Leadmail(mail, extra=QUIET).start()
        with contextlib.closing(sqlite3.connect(f"file:{leadmail.folder}/leadmail.db?mode=ro", uri=True, isolation_level=None)) as book:
            with lmtp(mail) as server:
                began = time.monotonic()
                for raw in prospects(count):
                    server.sendmail("p@far.example", ["sales@acme.example"], raw)
                delivered = time.monotonic()
            while book.execute("SELECT count(*) FROM ledger").fetchone()[0] < count:
                time.sleep(0.005)
            done = time.monotonic()
        leadmail.stop()
        print(f"\nburst: {count} mails delivered in {delivered - began:.2f} s; the last one is a lead {done - delivered:.2f} s after the server's last word")


def bench_large(megabytes=100):
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        home = mail.dir / "mail" / "sales"
        large = letters.write(("Peter Large", "peter@far.example"), "sales@acme.example", "Drawings", "They are attached.")
        large.add_attachment(os.urandom(megabytes * 740_000), maintype="application", subtype="zip", filename="drawings.zip")
        raw = bytes(large)
        write_maildir(home / "Maildir", [])
        own(home)
        leadmail = Leadmail(mail, extra=QUIET).start()
        pid = leadmail.daemon.pid
        mail.wait_for(lambda: leadmail.lag() == 0, 30, "a first look")
        before = family(pid) / 1024
        with Watch(pid, every=0.005) as watch:
            path = home / "Maildir" / "tmp" / "1.large.bench"
            path.write_bytes(raw)
            own(home)
            path.rename(home / "Maildir" / "new" / path.name)
            mail.wait_for(lambda: leadmail.leads() and leadmail.lag() == 0, 120, "a lead")
        mail.wait_for(lambda: not leadmail.one("status")["outbox"]["waiting"], 30, "its notice")
        time.sleep(2)
        print(f"\na mail of {len(raw) / 1e6:.0f} MB: {before:.0f} MiB before, {watch.most('Pss'):.0f} MiB at most, {family(pid) / 1024:.0f} MiB after, all processes")
        leadmail.stop()


# --- at rest ------------------------------------------------------------------------------------------------------------
def bench_idle(seconds=30):
    """Twice: of a daemon that has taken the mail itself, and of one that was started anew on the book with it."""
    with MailSystem(users=("sales", "ana", "luis", "it"), postfix=False) as mail:
        home = mail.dir / "mail" / "sales"
        write_maildir(home / "Maildir", raws(2000))
        own(home)
        leadmail = Leadmail(mail, baseline=HISTORY, extra=QUIET)
        for what in ("after it took 2,000 mails", "started anew on 2,000 mails"):
            leadmail.start()
            try:
                mail.wait_for(lambda: leadmail.lag() == 0 and len(leadmail.ledger()) == 2000, 300, "the history")
                time.sleep(3)
                print(f"\nidle {what}: {at_rest(leadmail.daemon.pid, seconds)}", flush=True)
            finally:
                leadmail.stop()


def at_rest(pid, seconds):
    before = cpu(pid)
    calls = wake_ups(pid, seconds)
    used = (cpu(pid) - before) / os.sysconf("SC_CLK_TCK") / seconds * 100
    daemon, workers = rollup(pid), [rollup(child) for child in children(pid)]
    private = sum(one["Private_Clean"] + one["Private_Dirty"] for one in workers) / 1024
    return (f"{daemon['Rss'] / 1024:.1f} MiB resident, {(daemon['Private_Clean'] + daemon['Private_Dirty']) / 1024:.1f} MiB private;"
            f" {len(workers)} workers {private:.1f} MiB private; {used:.3f} % CPU in {seconds} s; {calls}")


def cpu(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wake_ups(pid, seconds):
    """How often it asked the kernel for anything meanwhile."""
    if not shutil.which("strace"):
        time.sleep(seconds)
        return "system calls not counted (strace is not installed)"
    done = subprocess.run(["timeout", "-s", "INT", str(seconds), "strace", "-f", "-c", "-q", "-p", str(pid)], capture_output=True, text=True, check=False)
    total = [line.split() for line in done.stderr.splitlines() if line.strip().endswith("total")]
    return f"{total[0][2] if total else 0} system calls"


PARTS = {"sync": bench_sync, "import": bench_import, "outbox": bench_outbox, "latency": bench_latency, "burst": bench_burst, "large": bench_large, "idle": bench_idle}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        sys.exit(__doc__)
    print(f"binaries of {build_folder()}", file=sys.stderr)
    PARTS[sys.argv[1]](*map(int, sys.argv[2:]))
