"""The way between a client and a server of ours, which can be cut like a cable: a black hole.

    with Cable(mail, mail.imaps_port) as cable:
        ... imaps://localhost:{cable.port}
        cable.pull()
        cable.plug()

Nobody is told: no FIN and no RST leaves. The kernel drops each packet that comes in, by a filter of one instruction on our
sockets and on the one that listens (socket(7), SO_ATTACH_FILTER): nothing is acknowledged, and a connect times out. Nothing
is given out either, but for what stood in the kernel's queue. Once it is plugged in again everything goes on as TCP has it.
"""

import contextlib
import ctypes
import socket
import struct
import threading

from front import Front

ATTACH, DETACH = 26, 27  # SO_ATTACH_FILTER, SO_DETACH_FILTER
DROP = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0), 8)  # BPF_RET | BPF_K: none of the packet's bytes
QUEUE = 65536  # bytes that may still leave after the cable was pulled


class Cable(Front):
    def __init__(self, mail, target, **how):
        super().__init__(mail, target, **how)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, QUEUE)  # the accepted ones inherit it
        self._lock, self._ends, self._trigger = threading.Lock(), [self._listener], None
        self._whole, self.pulled = threading.Event(), threading.Event()
        self._whole.set()

    def __exit__(self, *_):
        self.plug()
        super().__exit__()

    def pull(self):
        with self._lock:
            self._whole.clear()
            for end in self._ends:
                self._cut(end)
        self.pulled.set()

    def plug(self):
        with self._lock:
            for end in self._ends:
                with contextlib.suppress(OSError):  # closed, or never cut
                    end.setsockopt(socket.SOL_SOCKET, DETACH, 0)
            self._whole.set()
        self.pulled.clear()

    def hang_up(self):
        """Ends what it carries, as a server does that hears nothing for long: for connections that their client has given
        up already."""
        for end in self._open:
            self._hang_up(end)

    def pull_when(self, seen):
        """Once: as soon as seen(by_client, data) says so of something that was said; the server gets it, and no answer
        comes back."""
        self._trigger = seen

    @staticmethod
    def _cut(end):
        with contextlib.suppress(OSError):  # closed
            end.setsockopt(socket.SOL_SOCKET, ATTACH, struct.pack("HP", 1, ctypes.addressof(DROP)))

    def _met(self, near):
        with self._lock:
            self._ends = [end for end in self._ends if end.fileno() >= 0] + [near]
            if not self._whole.is_set():
                self._cut(near)

    def _look(self, by_client, data):
        trigger = self._trigger
        if trigger is not None and trigger(by_client, data):
            self._trigger = None
            self.pull()

    def _heard(self, data, state):
        self._look(True, data)
        return super()._heard(data, state)

    def _told(self, data, state):
        self._look(False, data)
        return super()._told(data, state)

    def _carry(self, source, target, look, state):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                data = look(data, state)
                if target in self._ends:
                    self._whole.wait()
                target.sendall(data)
        self._whole.wait()  # or the end of one side would be heard on the other
        self._hang_up(source, target)
