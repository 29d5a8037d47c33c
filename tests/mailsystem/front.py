"""Something between a client and a server of ours that speaks TLS: with another certificate, or with a fault.

    with Front(mail, mail.imaps_port, certificate=self_signed("localhost", days=3)) as front:
        ... imaps://localhost:{front.port}
"""

import contextlib
import re
import socket
import ssl
import subprocess
import threading

NEWS = re.compile(rb"\* \d+ (EXISTS|RECENT)\r\n")


def make_certificate(folder, name, *, days=30, authority=None):
    """A certificate for `name`, and its key in the same file: signed by itself, or by the authority of the mail system
    whose folder is given. Days may be negative: then it has ended."""
    path = folder / f"{name}{days}.pem"
    key, request = path.with_suffix(".key"), path.with_suffix(".req")
    extension = path.with_suffix(".ext")
    extension.write_text(f"subjectAltName=DNS:{name}\n", encoding="ascii")
    run = lambda *words: subprocess.run(list(map(str, words)), check=True, capture_output=True)  # noqa: E731
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", key, "-out", request)
    signer = ("-signkey", key) if authority is None else ("-CA", authority / "ca.pem", "-CAkey", authority / "ca.key")
    began = [] if authority is None else ["-CAcreateserial"]
    run(
        "openssl", "x509", "-req", "-in", request, *signer, *began, "-days", days, "-extfile", extension, "-out", path
    )
    with path.open("ab") as file:
        file.write(key.read_bytes())
    return path


class Front:
    """Takes connections on a port of its own and passes them on. `silent`: it takes them and never says a word. `mute`:
    what the server tells while the client is in IDLE does not arrive (RFC 2177)."""

    def __init__(self, mail, target, *, certificate=None, silent=False, mute=False, port=0):
        self.target, self.silent, self.mute = target, silent, mute
        own = mail.dir / "tls"
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if certificate is None:
            self._context.load_cert_chain(own / "cert.pem", own / "key.pem")
        else:
            self._context.load_cert_chain(certificate)
        self._upstream = ssl.create_default_context(cafile=mail.ca)
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = self._listener.getsockname()[1]
        self._open = []

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # who waits in accept() ends
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _accept(self):
        with contextlib.suppress(OSError):  # until the listener is closed
            while True:
                client, _ = self._listener.accept()
                self._open.append(client)
                if not self.silent:
                    threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with contextlib.suppress(OSError):
            near = self._context.wrap_socket(client, server_side=True, do_handshake_on_connect=False)
            self._met(near)
            near.do_handshake()
            far = self._upstream.wrap_socket(
                socket.create_connection(("127.0.0.1", self.target)), server_hostname="localhost"
            )
            self._open += [near, far]
            state = {"idle": False}
            threading.Thread(target=self._carry, args=(near, far, self._heard, state), daemon=True).start()
            self._carry(far, near, self._told, state)

    def _met(self, near):
        """A client has come."""

    def _heard(self, data, state):
        if data.rstrip().upper().endswith(b" IDLE"):
            state["idle"] = True
        elif data.upper().startswith(b"DONE"):
            state["idle"] = False
        return data

    def _told(self, data, state):
        return NEWS.sub(b"", data) if self.mute and state["idle"] else data

    def _carry(self, source, target, look, state):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(look(data, state))
        self._hang_up(source, target)

    @staticmethod
    def _hang_up(*ends):
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
