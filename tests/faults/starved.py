#!/usr/bin/env python3
"""starved.py [--every N] [--count N] [--each N] [FOLDER...]

Reads mail without memory, as a worker does, by parse_tool, which has the worker's parser in it: the bad mails of
tests/corpus, N mails of a generated inbox, and every .eml file of the folders. At each place where memory is taken, our
code's (new) and the libraries' (malloc), there is none once; a place that several mails come by is tried in three of them
(--each). The reader may end then, for it is started again, and at worst the mail is set aside. What it must never do is to
say something else of a mail than it does in peace. Ends with status 1 when it did; --every N tries one place of N.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import scenario

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Reader:
    def __init__(self, build, folder, of):
        self.tool, self.library, self.listed, self.of = build / "parse_tool", build / "failing_memory.so", folder / "places.txt", of

    def run(self, mail, **settings):
        words = [*scenario.preloaded(self.library, OF=self.of, **settings), self.tool, mail]
        return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, timeout=120)

    def places(self, mail):
        """What it says in peace, and where it takes memory: (how often, addresses)."""
        done = self.run(mail, LIST=self.listed)
        done.check_returncode()
        lines = (line.split(",", 1) for line in self.listed.read_text(encoding="ascii").splitlines())
        return done.stdout, [(int(count), place) for count, place in lines]

    def starve(self, mail, place, nth, said):
        """How a run ended whose nth allocation at that place fails."""
        done = self.run(mail, AT=f"{nth},{place}")
        return "ended" if done.returncode != 0 else "went on" if done.stdout == said else "said something else"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    build = pathlib.Path(os.environ.get("LEADMAIL_BUILD", ROOT / "build")).resolve()
    draw, began, ended, found = random.Random(options.seed), time.monotonic(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as made, concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        made = pathlib.Path(made)
        generator = [sys.executable, ROOT / "tests" / "tools" / "inbox_generator.py", "--out", made / "inbox", "--count", str(options.count), "--seed", "9"]
        subprocess.run(generator, check=True, stdout=subprocess.DEVNULL)
        mails = [path for folder in (ROOT / "tests" / "corpus", *options.folder) for path in sorted(folder.rglob("*.eml"))]
        mails += sorted(path for path in made.rglob("*") if path.is_file() and path.parent.name in ("cur", "new"))
        tried = collections.Counter()
        for of in ("malloc", "new"):
            reader = Reader(build, made, of)
            for mail in mails:
                said, places = reader.places(mail)
                places = [(count, place) for count, place in places if tried[place] < options.each and (tried[place] or draw.randrange(options.every) == 0)]
                tried.update(place for _, place in places)
                asked = [(place, nth) for count, place in places for nth in sorted({1, draw.randint(1, count)})]
                for (place, nth), how in zip(asked, pool.map(lambda one: reader.starve(mail, *one, said), asked)):
                    ended[how] += 1
                    if how == "said something else":
                        found.append(f"{of} {mail.name}: {nth},{place}")
                        print(found[-1], flush=True)
    print(f"starved: {len(tried)} places of {len(mails)} mails, {sum(ended.values())} runs: {ended['ended']} ended, {ended['went on']} went on, "
          f"{len(found)} said something else, {time.monotonic() - began:.0f} s")
    return 1 if found or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
