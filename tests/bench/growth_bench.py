"""What the book costs when it is large: the same at each size, in one book that grows.

    growth_bench.py [LEADS...]    sizes, ascending (10000 100000); five mails a lead; a million needs 20 GB below
                                  LEADMAIL_BENCH_FOLDER (the system's temporary folder)

growth_bench makes the book and measures a mail and the reader's answers; the real leadmail is timed beside, with its
start and end. Only the answers to the same question at different sizes can be compared; ratios are to the first size.
"""

import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("LEADMAIL_BUILD", HERE.parent.parent / "build")).resolve()
BYTES_OF_MAIL = 4000  # of the file, as measured, and some more
ROUNDS = 5

CONFIG = """
[company]
name = "Acme"
timezone = "UTC"
language = "en"

[store]
path = "{folder}/leadmail.db"

[admin]
addresses = ["it@acme.example"]

[[mailbox]]
name = "sales"
address = "sales@acme.example"
imap = "imap://127.0.0.1:1"
smtp = "smtp://127.0.0.1:1"
user = "sales"
password_file = "{folder}/password"
acknowledge = false
defaults = {{ team = "all", source = "mail", language = "en" }}

{users}
[[team]]
id = "all"
members = [{ids}]
lead = "rep01"

[[assign]]
name = "in turn"
hours = "ignore"
to = {{ round_robin = [{ids}] }}
"""

USER = '[[user]]\nid = "{id}"\nname = "{id}"\naddress = "{id}@acme.example"\n'


def write_config(folder):
    users = [f"rep{number:02}" for number in range(1, 21)]
    password = folder / "password"
    password.write_text("none is needed", encoding="ascii")
    password.chmod(0o600)
    config = folder / "leadmail.toml"
    config.write_text(CONFIG.format(folder=folder, users="\n".join(USER.format(id=user) for user in users),
                                    ids=", ".join(f'"{user}"' for user in users)), encoding="ascii")
    return config


def run(*words):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def tool_times(config, leads):
    """The real program, with start and end: what is read, and how long it takes (ms)."""
    number, common = f"p{leads // 2:08}", ("pump", "price", "delivery")
    questions = {
        "show": ("show", f"L-{leads // 2}"),
        "find, a number that one mail has": ("find", number),
        "find, a common word": ("find", "--limit", "50", common[0]),
        "find, three common words": ("find", "--limit", "50", *common),
        "list, newest": ("list", "--limit", "50"),
        "list --status converted": ("list", "--limit", "50", "--status", "converted"),
        "list --owner": ("list", "--limit", "50", "--owner", "rep07"),
        "list --due": ("list", "--limit", "50", "--due"),
        "list --owed": ("list", "--limit", "50", "--owed"),
        "list --tag": ("list", "--limit", "50", "--tag", "pump"),
        "status": ("status",),
    }
    times = {}
    for name, words in questions.items():
        took = []
        for _ in range(ROUNDS):
            began = time.monotonic()
            subprocess.run([BUILD / "leadmail", "--config", config, "--json", *words], stdout=subprocess.DEVNULL, check=True)
            took.append((time.monotonic() - began) * 1000)
        times[f"leadmail {name}"] = statistics.median(took)
    return times


def measure(config, leads):
    began = time.monotonic()
    subprocess.run([BUILD / "growth_bench", config, "grow", str(leads)], check=True)
    print(f"{leads} leads made in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    size = (config.parent / "leadmail.db").stat().st_size
    figures = {}
    for line in run(BUILD / "growth_bench", config, "measure"):
        if "mails" in line:
            figures["bytes a mail"] = size / line["mails"]
        elif "look" in line:
            figures[f"{line['look']}, ms"] = line["ms"]
        elif "peak_mib" in line:
            figures[f"most memory, MiB ({line['of']})"] = line["peak_mib"]
        else:
            figures |= mail_figures(line)
    figures |= {f"{name}, ms": took for name, took in tool_times(config, leads).items()}
    return figures


def mail_figures(line):
    figures = {"rows a mail, words not counted": line["rows"]}
    for kind, name in (("single", "one a transaction"), ("batch", "a hundred a transaction")):
        for way, what in (("", "a mail"), ("_store", "a mail, its letters written before"), ("_bare", "the bare rows")):
            for clock in ("wall", "cpu"):
                figures[f"{what}, {name}, µs {clock}"] = line[kind + way][clock]
        figures[f"bare insert : mail, {name}"] = line[kind + "_bare"]["wall"] / line[kind]["wall"]
        figures[f"bare insert : mail with letters written, {name}"] = line[kind + "_bare"]["wall"] / line[kind + "_store"]["wall"]
    return figures


def table(sizes, figures):
    """One line a figure; behind each size but the first its ratio to the first."""
    heads = [f"{size:,} leads" for size in sizes]
    print("\n| | " + " | ".join([heads[0], *(f"{head} | x" for head in heads[1:])]) + " |")
    print("|---|" + "---:|" * (2 * len(sizes) - 1))
    for name, first in figures[0].items():
        cells = [number(first)]
        for later in figures[1:]:
            cells += [number(later[name]), f"{later[name] / first:.2f}" if first else ""]
        print(f"| {name} | " + " | ".join(cells) + " |")


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def main(sizes):
    place = os.environ.get("LEADMAIL_BENCH_FOLDER")
    with tempfile.TemporaryDirectory(prefix="leadmail-growth-", dir=place) as name:
        folder = pathlib.Path(name)
        needed = sizes[-1] * 5 * BYTES_OF_MAIL
        free = shutil.disk_usage(folder).free
        if free < needed:
            sys.exit(f"{sizes[-1]} leads need {needed / 1e9:.1f} GB below {folder.parent}, and there are {free / 1e9:.1f}")
        config = write_config(folder)
        figures = [measure(config, size) for size in sizes]
        (checked,) = run(BUILD / "growth_bench", config, "verify")
        if checked["faults"] or checked["strays"]:
            sys.exit(f"the book is damaged: {checked}")
        table(sizes, figures)
        print(f"\nmost memory of making the book: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    if any(not word.isdigit() for word in sys.argv[1:]):
        sys.exit(__doc__)
    main(sorted(map(int, sys.argv[1:])) or [10_000, 100_000])
