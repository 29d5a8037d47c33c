"""A name server that says no, fails, says nothing for half a minute, or names an address that nobody answers at: it costs
the mailbox whose server it is about, and no other; the loop goes on, and the daemon stops when it is told to."""

import contextlib
import os
import random
import shutil
import socket
import struct
import threading
import time
import unittest

from hardened_test import Pings, programs_in
from story import Story

NXDOMAIN, SERVFAIL = 3, 2


class NameServer:
    """Answers every question as it is told to, on an address of this machine that nobody else uses."""

    def __init__(self, folder):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        while True:
            address = "127." + ".".join(str(random.randrange(2, 254)) for _ in range(3))
            try:
                self.socket.bind((address, 53))
                break
            except OSError:
                continue
        self.answer, self.questions = None, 0
        self.resolv_conf = folder / "resolv.conf"
        self.resolv_conf.write_text(f"nameserver {address}\n", encoding="ascii")
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                question, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            self.questions += 1
            made = self.answer(question) if self.answer else None
            if made:
                self.socket.sendto(made, peer)

    def close(self):
        with contextlib.suppress(OSError):  # what wakes the thread up says that nobody is connected
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def refusal(code):
    return lambda question: question[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, 0, 0, 0) + question_of(question)


def question_of(question):
    end = question.index(b"\0", 12) + 5
    return question[12:end]


def only_ipv6(question):
    """An address that is kept for documentation, and no other. RFC 3849"""
    asked = question_of(question)
    if asked[-4:-2] != b"\0\x1c":
        return question[:2] + struct.pack("!HHHHH", 0x8180, 1, 0, 0, 0) + asked
    record = b"\xc0\x0c" + struct.pack("!HHIH", 28, 1, 60, 16) + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
    return question[:2] + struct.pack("!HHHHH", 0x8180, 1, 1, 0, 0) + asked + record


WAYS = {"no such name": refusal(NXDOMAIN), "failed": refusal(SERVFAIL), "IPv6 that nobody answers at": only_ipv6, "silence": None}

FAR = """
[[mailbox]]
name = "far"
address = "far@acme.example"
imap = "imaps://imap.far.example"
smtp = "smtps://smtp.far.example"
user = "far@acme.example"
password_file = "{password_file}"
baseline = "off"
transport_auth = "required"
trusted_authserv = ["mx.acme.example"]
"""


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("unshare"), "a name server of one's own needs the right to mount")
class Names(Story):
    running = False
    postfix = False

    def test_n05_whatever_the_name_server_does_other_mailboxes_are_served(self):
        names = NameServer(self.mail.dir)
        self.addCleanup(names.close)
        self.leadmail.build = programs_in(
            self.mail.dir / "with-names",
            f"unshare -m /bin/sh -c 'mount --bind {names.resolv_conf} /etc/resolv.conf && exec \"$@\"' -",
        )
        with open(self.leadmail.config, "a", encoding="utf-8") as config:
            config.write(FAR.format(password_file=self.mail.password_file("sales")))
        for number, (what, names.answer) in enumerate(WAYS.items()):
            with self.subTest(what):
                before = names.questions
                pings = Pings(self.leadmail)
                self.mail.wait_for(lambda: names.questions > before, what="a question")
                began = time.monotonic()
                self.inquiry("Ann", f"ann{number}@far.example", f"While {what}")
                self.assertLess(time.monotonic() - began, 10)
                self.assertGreaterEqual(pings.within(4), 4, "the loop stood still")
                states = {row["name"]: row for row in self.leadmail.one("status")["mailboxes"]}
                self.assertEqual(states["sales"]["state"], "ok", states)
                took = self.leadmail.stop()
                pings.close()
                self.assertLess(took, 5, "a stop waited for the name server")
                print(f"{what}: stopped after {took:.2f} s")


if __name__ == "__main__":
    unittest.main()
