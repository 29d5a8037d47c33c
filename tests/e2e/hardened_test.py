"""The daemon does all of its work under what the shipped unit takes away; what its parser workers have in memory is worth
nothing to somebody who got hold of one; and systemd hears when its loop stands still."""

import base64
import contextlib
import ctypes
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest

from product import build_folder, build_option, workers
from story import Story

HERE = pathlib.Path(__file__).resolve().parent
UNIT = HERE.parent.parent / "systemd" / "leadmaild.service"
UNDER_UNIT = [sys.executable, str(HERE / "under_unit.py"), str(UNIT)]
LARGEST_MAPPING = 1 << 30  # a sanitizer's shadow is larger, and holds nobody's words


def programs_in(folder, wrapper):
    """A folder with our programs in which leadmaild is run by a wrapper."""
    folder.mkdir()
    build = build_folder().resolve()
    (folder / "leadmail").symlink_to(build / "leadmail")
    script = folder / "leadmaild"
    script.write_text(f'#!/bin/sh\nexec {wrapper} {build}/leadmaild "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def memory(pid):
    """All that a process has in its memory, but for what its program and libraries bring along unchanged."""
    parts = []
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            begin, end = (int(part, 16) for part in line.split()[0].split("-"))
            access, of_file = line.split()[1], "/" in line
            if access.startswith("rw" if of_file else "r") and end - begin < LARGEST_MAPPING and "[v" not in line:
                mem.seek(begin)
                with contextlib.suppress(OSError):
                    parts.append(mem.read(end - begin))
    return b"".join(parts)


@unittest.skipIf(build_option("LEADMAIL_SANITIZE"), "a sanitizer keeps what was freed")
@unittest.skipUnless(os.geteuid() == 0, "the memory of a worker is shown to root alone")
class WorkerMemory(Story):
    settings = {"limits": "parsers = 4"}
    running = False
    postfix = False

    def secrets(self):
        """What nobody may find there: by name, in each form."""
        password = self.mail.users["sales"].encode()
        found = {"the password": [password, base64.b64encode(password).rstrip(b"=")]}
        for path in sorted(self.leadmail.folder.glob("keys/*")):
            key = path.read_bytes().strip()
            found[f"key {path.name}"] = [key] + ([bytes.fromhex(key.decode())] if re.fullmatch(rb"[0-9a-f]+", key) else [])
        found["a user's address"] = [b"ana@acme.example", b"luis@acme.example"]
        return found

    def assert_holds_none(self, content, what, where):
        for name, forms in what.items():
            for form in forms:
                self.assertGreaterEqual(len(form), 8)
                at = content.find(form)
                self.assertEqual(at, -1, f"{name} in the memory of {where}: {content[max(0, at - 80) : at + 80]}")

    def test_a_worker_holds_no_secret_and_no_mail_that_it_did_not_read(self):
        early = {"another lead": [b"early.bird@far.example", b"a canary of early autumn"]}
        self.leadmail.start()
        self.inquiry("Early Bird", "early.bird@far.example", "Early", "This is a canary of early autumn.")
        self.settled()
        readers = list(workers(self.leadmail.daemon.pid))
        self.assertTrue(any(b"canary of early" in memory(pid) for pid in readers), "the test sees what a worker holds")
        self.assertTrue(any(b"canary of early" not in memory(pid) for pid in readers), "one has read nothing")
        self.leadmail.stop()

        # Started afresh, the daemon knows the first lead from its book; its workers know what they are given.
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        _, lead, notice = self.inquiry("Late Bird", "late.bird@far.example", "Late", "This is a canary of late autumn.")
        self.rep_answers("ana", notice, "#note a canary for the house alone")
        self.mail.wait_for(lambda: self.timeline(lead, "note"), what="the note")
        self.inquiry("Third Bird", "third.bird@far.example", "Third", "Ten pumps.")
        self.settled()
        self.assertIn(b"early.bird@far.example", "".join(map(str, self.leadmail.leads())).encode())
        forbidden = {**self.secrets(), **early, "what a rep wrote": [b"a canary for the house alone"]}
        found = {pid: memory(pid) for pid in workers(self.leadmail.daemon.pid)}
        self.assertTrue(any(b"canary of late" in content for content in found.values()))
        for pid, content in found.items():
            self.assertGreater(len(content), 1 << 18)
            self.assert_holds_none(content, forbidden, pid)


@unittest.skipIf(build_option("LEADMAIL_SANITIZE"), "a sanitizer needs what the unit takes away")
@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
class UnderTheUnit(Story):
    running = False
    postfix = False

    def test_everything_works_with_what_the_unit_leaves(self):
        self.leadmail.build = programs_in(self.mail.dir / "restricted", " ".join([*UNDER_UNIT, str(self.leadmail.folder)]))
        self.leadmail.start()
        self.addCleanup(lambda: self.leadmail.daemon and self.leadmail.stop())
        _, lead, notice = self.inquiry()
        self.rep_answers("ana", notice, "#next tomorrow 10:00 call\n\nThey cost 10 EUR.\n\nAna")
        self.mail.wait_for(lambda: self.mail.sink.to("maria@far.example"), what="the answer")
        self.leadmail.tool("do", lead, "#note by the tool")
        self.assertTrue(self.timeline(lead, "note"))
        self.leadmail.daemon.send_signal(signal.SIGHUP)
        self.mail.wait_for(lambda: ">reloaded: " in self.leadmail.log.read_text("utf-8"), what="the reload")
        self.inquiry("After", "after@far.example", "After the reload")
        self.settled()
        self.leadmail.stop()
        log = self.leadmail.log.read_text("utf-8")
        for word in ("not permitted", "Read-only", "not supported"):
            self.assertNotIn(word, log)

    def test_and_nothing_else_does(self):
        """What the test above would miss if the unit were not really carried out."""
        attempts = {
            "a socket of the kernel": "import socket; socket.socket(socket.AF_NETLINK)",
            "memory to write and execute": "import mmap; mmap.mmap(-1, 4096, prot=7)",
            "another namespace": "import ctypes, os; c = ctypes.CDLL(None, use_errno=True); c.unshare(0x10000000) and exit(9)",
            "a mount": "import ctypes; ctypes.CDLL(None).mount(b'x', b'/mnt', b'tmpfs', 0, None) and exit(9)",
            "a file elsewhere": "open('/var/tmp/leadmail-elsewhere', 'w')",
            "a trace of another process": "import ctypes; ctypes.CDLL(None).ptrace(16, 1, 0, 0) and exit(9)",
        }
        folder = str(self.leadmail.folder)
        fine = subprocess.run([*UNDER_UNIT, folder, sys.executable, "-c", f"open('{folder}/here', 'w')"], capture_output=True, check=False)
        self.assertEqual(fine.returncode, 0, fine.stderr)
        for what, code in attempts.items():
            if what == "a file elsewhere" and os.geteuid() != 0:
                continue
            with self.subTest(what):
                done = subprocess.run([*UNDER_UNIT, folder, sys.executable, "-c", code], capture_output=True, text=True, check=False)
                self.assertNotEqual(done.returncode, 0)
                self.assertNotIn("under_unit", done.stderr)


class Pings:
    """What systemd hears: the times of WATCHDOG=1, of a daemon that promised one each half second."""

    def __init__(self, leadmail):
        path = leadmail.folder / "watchdog.sock"
        path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        leadmail.launch(NOTIFY_SOCKET=str(path), WATCHDOG_USEC="1000000")
        self.wait_for(b"READY=1", 20)

    def wait_for(self, word, seconds):
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self.socket], [], [], left)[0] and word in self.socket.recv(65536).split(b"\n"):
                return time.monotonic()
        raise AssertionError(f"{word.decode()} was not heard within {seconds} s")

    def within(self, seconds):
        """How many in the time to come."""
        heard, deadline = 0, time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self.socket], [], [], left)[0]:
                heard += b"WATCHDOG=1" in self.socket.recv(65536).split(b"\n")
        return heard

    def drain(self):
        while select.select([self.socket], [], [], 0)[0]:
            self.socket.recv(65536)

    def close(self):
        self.socket.close()


class Watchdog(Story):
    running = False
    postfix = False

    def test_a_loop_that_stands_still_is_silent_and_a_server_that_is_gone_is_not(self):
        pings = Pings(self.leadmail)
        self.addCleanup(pings.close)
        self.addCleanup(lambda: self.leadmail.daemon and self.leadmail.stop())
        pings.wait_for(b"WATCHDOG=1", 5)

        # The thread of the loop alone stands still, as it would in an endless loop; the others go on.
        libc, loop = ctypes.CDLL(None, use_errno=True), self.leadmail.daemon.pid
        seize, interrupt, detach = 0x4206, 0x4207, 17
        if libc.ptrace(seize, loop, 0, 0) != 0:
            self.skipTest("no thread of ours can be stopped here")
        libc.ptrace(interrupt, loop, 0, 0)
        os.waitpid(loop, 0x40000000)  # __WALL
        pings.drain()
        self.assertEqual(pings.within(3), 0)
        libc.ptrace(detach, loop, 0, 0)
        pings.wait_for(b"WATCHDOG=1", 5)

        # No server to be had is no reason to be started again.
        self.mail._stop_servers()
        self.mail.wait_for(lambda: "imap" in self.leadmail.log.read_text("utf-8").lower(), what="the loss")
        self.assertGreaterEqual(pings.within(4), 4)


if __name__ == "__main__":
    unittest.main()
