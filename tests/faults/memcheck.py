#!/usr/bin/env python3
"""memcheck.py [--count N] [FOLDER...]

Reads mail under valgrind as a worker does, by parse_tool, which has the worker's parser in it: the bad mails of
tests/corpus, N mails of a generated inbox, and every .eml file of the folders. Ends with status 1 at the first mail for
which a byte was used that nobody had written, that lies outside of what was taken, or that was never given back.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BATCH = 500
# A library that fills its tables when it is loaded, and keeps them, is no leak: only what nothing points to any more is.
VALGRIND = ("valgrind", "-q", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite", "--show-leak-kinds=definite")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("folder", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    tool = pathlib.Path(os.environ.get("LEADMAIL_BUILD", ROOT / "build")).resolve() / "parse_tool"
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        generator = [sys.executable, ROOT / "tests" / "tools" / "inbox_generator.py", "--out", made, "--count", str(options.count), "--seed", "8"]
        subprocess.run(generator, check=True, stdout=subprocess.DEVNULL)
        mails = [path for folder in (ROOT / "tests" / "corpus", *options.folder) for path in sorted(folder.rglob("*.eml"))]
        mails += sorted(path for path in pathlib.Path(made).rglob("*") if path.is_file() and path.parent.name in ("cur", "new"))
        for at in range(0, len(mails), BATCH):
            done = subprocess.run([*VALGRIND, tool, *mails[at : at + BATCH]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            if done.returncode != 0:
                print(done.stderr)
                print(f"valgrind: status {done.returncode} among {len(mails)} mails")
                return 1
    print(f"valgrind: {len(mails)} mails, 0 errors, 0 leaks, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
