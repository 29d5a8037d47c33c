"""Runs what proves each reliability figure, and prints one table: figure, goal, what was measured, how long it took.

A figure is a command of this repository that ends with status 0 only when its goal is reached, and the line of its output
that says what was measured. docs/reliability.md tells what each means.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("LEADMAIL_BUILD", ROOT / "build")).resolve()
PYTHON = sys.executable


@dataclasses.dataclass
class Figure:
    name: str
    what: str
    goal: str
    command: list
    says: str  # a pattern: the lines of the output that tell the figure
    whole: dict = dataclasses.field(default_factory=dict)  # environment of the whole form
    more: list = dataclasses.field(default_factory=list)  # words of the short form
    most: list = dataclasses.field(default_factory=list)  # words of the whole form


def story(name, *tests):
    return [PYTHON, ROOT / "tests" / "tools" / "run.py", ROOT / "tests" / "e2e" / f"{name}_test.py", *tests]


def suite(name, names):
    return [BUILD / name, f"--gtest_filter={names}"]


def sweep(what, *words):
    return [PYTHON, ROOT / "tests" / "faults" / "sweep.py", what, *words]


RAN = r"tests? ran|^Ran \d+|PASSED"

FIGURES = [
    Figure("G1", "killed before each call that changes anything", "0 lost, 0 doubled", sweep("kill"), r"^kill: ", more=["--every", "100"]),
    Figure("G2", "kill -9 under 20 mails a second", "500 kills: 0 lost, 0 doubled", story("kill"), r"^kills: ", {"LEADMAIL_KILLS": "500"}),
    Figure("G2s", "kill and drop at each step of a send", "1,000 sends, each once or shown as unknown", story("sends"), r"^faults: |promised", {"LEADMAIL_SENDS": "1000"}),
    Figure("G3", "start to READY=1 after a kill, 100,000 messages stored", "p99 <= 1 s of 200", story("start"), r"^starts: ", {"LEADMAIL_STARTS": "100000"}),
    Figure("G4", "power loss", "2,000 images whole, nothing acknowledged lost", suite("core_store_test", "PowerLoss.*"), r"^power loss: ", {"LEADMAIL_IMAGES": "2000"}),
    Figure("G5", "each I/O call fails once", "no crash, no loss, recovers", sweep("fail"), r"^fail: ", more=["--every", "200"]),
    Figure("G6", "each place where our code takes memory fails once", "ends at worst, nothing lost", sweep("new"), r"^new: ", more=["--every", "150"]),
    Figure("G6c", "the same of the libraries", "nothing lost", sweep("malloc"), r"^malloc: ", more=["--every", "150"]),
    Figure("G6w", "the parser, at each place where it or a library takes memory", "ends, or reads the same", [PYTHON, ROOT / "tests" / "faults" / "starved.py"], r"^starved: ", more=["--every", "300", "--count", "10"]),
    Figure("G7", "fuzzing under ASan and UBSan", "every target half an hour, 0 findings", [ROOT / "script" / "fuzz"], r"^fuzz: \d+ targets", more=["10"], most=["1800"]),
    Figure("G8", "the worst mails", "<= 1 s CPU, <= 128 MiB each", suite("mail_worker_test", "Cost.*"), r"^costs: "),
    Figure("G9", "first sync of a mailbox of 50,000 mails", "50,000 of 50,000, <= 150 MiB", story("first_sync"), r"^first sync: ", {"LEADMAIL_FIRST_SYNC": "50000"}),
    Figure("G10", "hostile mails among others", "a row each, the others as quick", story("hostile_mail"), RAN),
    Figure("G10p", "mails at which the parser dies among a thousand", "10 quarantined, the others <= 5 % slower", story("poison"), r"^poison: |^Ran", {"LEADMAIL_POISON_ROUNDS": "7"}),
    Figure("G11", "hostile IMAP and SMTP servers", "no crash, bounded", suite("mail_imap_test", "*"), RAN),
    Figure("G11s", "hostile SMTP servers", "no crash, bounded", suite("mail_smtp_test", "*"), RAN),
    Figure("I15", "a recorded IMAP session, spoilt at random", "10,000 sessions: no crash, no mail passed over", suite("mail_imap_test", "Noise.*"), r"^noise: ", {"LEADMAIL_SESSIONS": "10000"}),
    Figure("G12", "TLS that is none", "0 credentials shown", suite("mail_smtp_test", "SessionTls.*"), RAN),
    Figure("G12i", "the same of IMAP", "0 credentials shown", suite("mail_net_test", "*"), RAN),
    Figure("G13", "forged and genuine commands", "0 executed, 0 refused", story("forged"), r"executed|refused|^Ran"),
    Figure("G14", "loops and 10,000 forged inquiries", "acknowledgements within the budget", story("loops"), r"^L05|mails that came|^Ran", {"LEADMAIL_FORGED": "5000"}),
    Figure("G15", "exposure of the unit", "<= 1.1", story("unit"), r"^exposure"),
    Figure("G16", "canary secrets", "0 hits", story("secrets"), r"^secrets: "),
    Figure("G17", "stops under load", "<= 2 s idle, <= 30 s in DATA, 100 stops lose nothing", story("stopping"), r"^(idle )?stops?\b", {"LEADMAIL_STOPS": "100"}),
    Figure("G17s", "stopped at each call that changes anything", "<= 30 s, 0 lost, 0 doubled", sweep("stop"), r"^stop: ", more=["--every", "100"]),
    Figure("G18", "reloads under load", "200 SIGHUP, a fifth broken: nothing dropped or left", story("reload"), r"^reloads: ", {"LEADMAIL_RELOADS": "250"}),
    Figure("G19", "soak with faults", "memory <= +2 MiB, descriptors as before, log <= 64 MiB", story("soak"), r"^soak: ", {"LEADMAIL_SOAK": "480"}),
    Figure("G20", "every clock change of every zone", "each reminder once", suite("daemon_test", "Reminders.*"), r"missed|zones|PASSED", {"LEADMAIL_ALL_ZONES": "1"}),
    Figure("G21", "first day and a new UIDVALIDITY", "0 lost, 0 doubled, 0 sent", story("first_day"), r"^Ran|OK", {"LEADMAIL_WHOLE": "1"}),
    Figure("G22", "backups under load", "each copy sound, waits <= 200 ms", suite("core_store_test", "BackupLoad.*"), r"^backups: |^pruning: ", {"LEADMAIL_BACKUPS": "30"}),
    Figure("G23", "migrations killed before each write", "the old schema or the new one, whole", suite("core_store_test", "OpenTest.*:Released.*"), RAN),
    Figure("G24", "a person is erased, and the mailbox read anew", "0 hits of fifty threads, and she stays forgotten", story("person"), r"^erased: |^Ran"),
    Figure("N03", "a black hole in IDLE, FETCH and DATA", "noticed within the timeouts, nothing lost", story("black_hole"), r"^black hole: |^stops in", {"LEADMAIL_BLACK_HOLE": "1"}),
    Figure("asan", "every test under ASan, UBSan and LSan", "0 findings", [ROOT / "script" / "test", "--asan"], r"passed", more=["-R", "^core_base"]),
    Figure("tsan", "every test under TSan", "0 findings", [ROOT / "script" / "test", "--tsan"], r"passed", more=["-R", "^core_base"]),
    Figure("valgrind", "the worker's parser under valgrind", "0 errors, 0 leaks", [PYTHON, ROOT / "tests" / "faults" / "memcheck.py"], r"^valgrind: ", more=["--count", "50"]),
    Figure("confined", "the daemon under its unit, workers' memory, the watchdog", "everything works, nothing is found", story("hardened"), RAN),
    Figure("backlog", "10,000 mails while nothing can be sent", "all sent, in order, once", story("backlog"), r"mails|^Ran", {"LEADMAIL_BACKLOG": "10000"}),
    Figure("tokens", "guessed reply tokens", "0 of 10,000,000 accepted", suite("core_leads_test", "*Token*"), r"accepted|PASSED", {"LEADMAIL_TOKENS": "10000000"}),
    Figure("events", "the row is the sum of its events", "1,000,000 random events", suite("core_store_test", "*Fold*"), r"events|PASSED", {"LEADMAIL_EVENTS": "1000000"}),
]


def run(figure, short, folder):
    """Its result: whether it was reached, what it said, seconds."""
    environment = {
        **os.environ,
        "LEADMAIL_BUILD": str(BUILD),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LEADMAIL_PRINT_COSTS": "1",
        "PYTHONPATH": ":".join(str(ROOT / "tests" / name) for name in ("mailsystem", "e2e", "tools", "faults")),
        **({} if short else figure.whole),
    }
    words = [str(word) for word in figure.command + (figure.more if short else figure.most)]
    began = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    (folder / f"{figure.name}.log").write_text(done.stdout, encoding="utf-8")
    # A story's figures stand behind the name of its test.
    lines = [line.rpartition(") ... ")[2].strip() for line in done.stdout.splitlines()]
    said = [line for line in lines if re.search(figure.says, line)]
    ran_nothing = [line for line in lines if re.search(r"PASSED  \] 0 tests|^OK \(skipped=", line)]
    reached = done.returncode == 0 and bool(said) and (short or not ran_nothing)
    return reached, "; ".join(said[-3:])[:300] or "(said nothing)", time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(prog="script/faults")
    parser.add_argument("--short", action="store_true", help="a sample of each")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("figure", nargs="*")
    options = parser.parse_args()
    if options.list:
        for figure in FIGURES:
            print(f"{figure.name:8} {figure.what}: {figure.goal}")
        return 0
    unknown = set(options.figure) - {figure.name for figure in FIGURES}
    if unknown:
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; --list names them")
    folder = BUILD / "faults"
    folder.mkdir(exist_ok=True)
    table, failed = [], 0
    for figure in FIGURES:
        if options.figure and figure.name not in options.figure:
            continue
        print(f"{figure.name}: {figure.what} ...", file=sys.stderr, flush=True)
        reached, said, seconds = run(figure, options.short, folder)
        failed += not reached
        table.append((figure, reached, said, seconds))
    print("| figure | what | goal | measured | reached | time |\n|---|---|---|---|---|---|")
    for figure, reached, said, seconds in table:
        print(f"| {figure.name} | {figure.what} | {figure.goal} | {said} | {'yes' if reached else 'NO'} | {seconds:.0f} s |")
    if failed:
        print(f"script/faults: {failed} of {len(table)} not reached; their output is in {folder}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
