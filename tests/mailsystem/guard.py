"""Cleans up after its parent, however the parent ends.

Started with a folder as argument. Each line on standard input is the id of a session (setsid) that the parent started.
When standard input closes, because the parent asks for it, failed, or was killed, every process of those sessions is
ended and the folder removed. It lives in a session of its own, so a Ctrl-C at the terminal does not reach it.
"""

import contextlib
import os
import pathlib
import shutil
import signal
import sys
import time


def members(sessions):
    """The living processes of the sessions."""
    found = []
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            fields = pathlib.Path(entry.path, "stat").read_text(encoding="latin-1").rpartition(")")[2].split()
        except OSError:
            continue
        state, session = fields[0], int(fields[3])
        if state not in "ZX" and session in sessions:
            found.append(int(entry.name))
    return found


def end(sessions):
    """Nothing of theirs is worth keeping, so nobody is asked to leave."""
    while left := members(sessions):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end({int(line) for line in sys.stdin})
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
