"""What processes have in memory, as the kernel counts it. proc(5)"""

import pathlib
import re
import threading


def rollup(pid):
    """KiB by kind: Rss, Pss (of shared pages each process its part), Private_Dirty, ..."""
    text = pathlib.Path("/proc", str(pid), "smaps_rollup").read_text(encoding="ascii")
    return {key: int(value) for key, value in re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE)}


def children(pid):
    """Of all its threads: a child's parent is the thread that started it."""
    threads = pathlib.Path(f"/proc/{pid}/task").iterdir()
    return [int(word) for thread in threads for word in (thread / "children").read_text(encoding="ascii").split()]


def family(pid, kind="Pss"):
    """KiB of a process and all it started; 0 of one that has just ended."""
    try:
        return rollup(pid)[kind] + sum(family(child, kind) for child in children(pid))
    except (OSError, KeyError, ValueError):
        return 0


def highest(pid):
    """KiB that a process had resident at most in its life."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[1])


class Watch:
    """Looks at a process and all it started until it is left: the most of each kind that there was at a time, in MiB."""

    def __init__(self, pid, kinds=("Pss", "Rss"), every=0.05):
        self._pid, self._every, self._most = pid, every, dict.fromkeys(kinds, 0)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        self._thread.join()

    def _look(self):
        while not self._end.wait(self._every):
            for kind in self._most:
                self._most[kind] = max(self._most[kind], family(self._pid, kind))

    def most(self, kind):
        return self._most[kind] / 1024
