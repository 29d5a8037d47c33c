"""A small SMTP server (RFC 5321) for tests, and the sink: the rest of the world, which keeps every message it is given.

Faults are asked for by recipient: a reply of 4yz or 5yz, or a connection dropped after the final dot: with the mail taken
before or after the reply, or lost. A test that wants more control is called at each step of the conversation.
"""

import base64
import dataclasses
import email
import email.policy
import pathlib
import re
import socketserver
import ssl
import threading
import time


@dataclasses.dataclass
class Mail:
    """A message with the envelope it came in."""

    envelope_from: str
    recipients: list
    raw: bytes
    login: str = ""  # who was logged in when it was handed over
    found: str = ""  # what its receiver is to find when it checks the sender
    at: float = 0.0  # time.monotonic()

    def __post_init__(self):
        self._message = None

    @property
    def message(self):
        if self._message is None:
            self._message = email.message_from_bytes(self.raw, policy=email.policy.default)
        return self._message

    @property
    def message_id(self):
        return (self.message["Message-ID"] or "").strip()

    @property
    def text(self):
        part = self.message.get_body(("plain", "html"))
        return part.get_content().replace("\r\n", "\n") if part else ""

    def __repr__(self):
        return f"<{self.envelope_from} -> {', '.join(self.recipients)}: {self.message['Subject']}>"


@dataclasses.dataclass
class Fault:
    recipient: str  # address, or "*"
    at: str  # "rcpt", "data" (after the final dot), "lose", "drop-before-reply", "drop-after-reply"
    reply: str = ""
    times: int = 1  # -1: for ever


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def setup(self):
        if self.server.owner.tls:
            self.request.settimeout(10)
            self.request = self.server.owner.tls.wrap_socket(self.request, server_side=True)
        self.request.settimeout(120)
        super().setup()

    def finish(self):
        super().finish()
        self.request.close()

    def say(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())

    def handle(self):
        self.login, self.found, self.sender, self.recipients = "", "", None, []
        owner = self.server.owner
        self.say(f"220 {owner.name} ESMTP")
        while line := self.rfile.readline(65536):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            verb = verb.upper()
            if verb == "QUIT":
                return self.say("221 2.0.0 bye")
            if verb == "DATA":
                if not self.data():
                    return None
                continue
            act = getattr(self, "do_" + verb.lower(), None) if verb.isalpha() else None
            self.say("502 5.5.2 unknown command") if act is None else act(rest)
        return None

    def do_ehlo(self, _):
        offers = ["PIPELINING", "SIZE 209715200", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        if self.server.owner.logins is not None:
            offers.append("AUTH PLAIN LOGIN" + (" XOAUTH2 OAUTHBEARER" if self.server.owner.tokens else ""))
        lines = [self.server.owner.name, *offers]
        self.say(*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}")

    def do_helo(self, _):
        self.say(f"250 {self.server.owner.name}")

    def do_noop(self, _):
        self.say("250 2.0.0 ok")

    def do_rset(self, _):
        self.sender, self.recipients = None, []
        self.say("250 2.0.0 ok")

    def ask(self, prompt):
        self.say("334 " + base64.b64encode(prompt.encode()).decode())
        return base64.b64decode(self.rfile.readline(4096).strip()).decode()

    def auth_by_token(self, first):
        """XOAUTH2 and OAUTHBEARER: a refusal is explained in a challenge, and made once that was answered. RFC 7628"""
        if not first:
            self.say("334 ")
            first = self.rfile.readline(32768).decode().strip()
        parts = base64.b64decode(first).decode().split("\1")
        token = next((part[12:] for part in parts if part.startswith("auth=Bearer ")), "")
        named = parts[0].removeprefix("user=") if parts[0].startswith("user=") else parts[0].removeprefix("n,a=").rstrip(",")
        user = named.replace("=2C", ",").replace("=3D", "=")
        if not self.server.owner.tokens.is_good(user, token):
            self.say("334 " + base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode())
            self.rfile.readline(4096)
            return self.say("535 5.7.8 authentication failed")
        self.login = user
        self.step("auth")
        return self.say("235 2.7.0 welcome")

    def do_auth(self, rest):
        kind, _, first = rest.partition(" ")
        if self.server.owner.tokens and kind.upper() in ("XOAUTH2", "OAUTHBEARER"):
            return self.auth_by_token(first)
        try:
            if kind.upper() == "PLAIN":
                _, user, password = (base64.b64decode(first).decode() if first else self.ask("")).split("\0")
            else:
                user = base64.b64decode(first).decode() if first else self.ask("Username:")
                password = self.ask("Password:")
        except ValueError:
            return self.say("501 5.5.2 cannot decode")
        logins = self.server.owner.logins
        if logins is None or user not in logins or logins[user] != password:
            return self.say("535 5.7.8 authentication failed")
        self.login = user
        self.step("auth")
        return self.say("235 2.7.0 welcome")

    def do_xclient(self, rest):
        """Only LOGIN, with which a test says what the receiver finds."""
        login = rest.partition("LOGIN=")[2].partition(" ")[0]
        login = re.sub(r"\+([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), login)
        self.found = login.removeprefix("found:") if login.startswith("found:") else ""
        self.say(f"220 {self.server.owner.name} ESMTP")

    def do_mail(self, rest):
        if self.server.owner.logins is not None and not self.login:
            return self.say("530 5.7.0 authentication required")
        self.sender, self.recipients = _path(rest), []
        refusal = self.server.owner.refuse_sender(self.login, self.sender)
        if refusal:
            self.sender = None
        self.step("mail")
        return self.say(refusal or "250 2.1.0 ok")

    def do_rcpt(self, rest):
        if self.sender is None:
            return self.say("503 5.5.1 MAIL first")
        recipient = _path(rest)
        fault = self.server.owner.take_fault(recipient, "rcpt")
        refusal = fault.reply if fault else self.server.owner.refuse_recipient(self.login, recipient)
        if not refusal:
            self.recipients.append(recipient)
        self.step("rcpt")
        return self.say(refusal or "250 2.1.5 ok")

    def data(self):
        """False once the connection is to be dropped."""
        if not self.recipients:
            self.say("503 5.5.1 no valid recipients")
            return True
        if self.step("data"):
            return False
        self.say("354 go ahead")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
            if len(lines) == 1 and self.step("body"):
                return False
        mail = Mail(self.sender, self.recipients, b"".join(lines), self.login, self.found, time.monotonic())
        self.sender, self.recipients = None, []
        owner = self.server.owner
        if self.step("dot", mail):
            return False
        for recipient in mail.recipients:
            if fault := owner.take_fault(recipient, "data"):
                self.say(fault.reply)
                return True
        if any([owner.take_fault(recipient, "lose") for recipient in mail.recipients]):
            return False
        before = any([owner.take_fault(recipient, "drop-before-reply") for recipient in mail.recipients])
        after = any([owner.take_fault(recipient, "drop-after-reply") for recipient in mail.recipients])
        refusal = owner.accept(mail)
        if self.step("taken", mail) or before:
            return False
        self.say(refusal or "250 2.0.0 taken")
        return not (self.step("replied", mail) or after)

    def step(self, name, mail=None):
        """True: drop the connection now."""
        try:
            return bool(self.server.owner.on_step(name, self, mail))
        finally:
            self.wfile.flush()


def _path(rest):
    return rest.partition("<")[2].partition(">")[0]


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is no news


class SmtpServer:
    """Listens on a free port of loopback from construction on. Subclasses say what is accepted and what becomes of it."""

    def __init__(self, name="sink.example", port=0, tls=None, logins=None, tokens=None):
        self.name, self.tls, self.logins, self.tokens = name, tls, logins, tokens
        self._faults, self._lock = [], threading.Lock()
        self._listener = _Listener(("127.0.0.1", port), _Session)
        self._listener.owner = self
        self.port = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self._listener.shutdown()
        self._listener.server_close()

    def refuse_sender(self, login, sender):
        return None

    def refuse_recipient(self, login, recipient):
        return None

    def accept(self, mail):
        """Takes the mail; a text is the reply that refuses it."""
        raise NotImplementedError

    def on_step(self, name, session, mail):
        """Called before each reply: "auth", "mail", "rcpt", "data", "body" (its first line came), "dot" (all of it came),
        "taken"; and after the last: "replied". True drops the connection from "data" on. For tests to replace."""
        return False

    def fault(self, recipient, at, reply="451 4.3.0 try again later", times=1):
        """The next `times` (-1: all) mails to the recipient ("*": anyone) meet this; see Fault for `at`."""
        with self._lock:
            self._faults.append(Fault(recipient.lower(), at, reply, times))

    def no_faults(self):
        with self._lock:
            self._faults.clear()

    def take_fault(self, recipient, at):
        with self._lock:
            for fault in self._faults:
                if fault.at == at and fault.times != 0 and fault.recipient in ("*", recipient.lower()):
                    fault.times -= fault.times > 0
                    return fault
        return None


class Sink(SmtpServer):
    """Everybody else's mail server. Keeps messages in memory and, given a folder, as files."""

    def __init__(self, folder=None, **settings):
        self.folder = pathlib.Path(folder) if folder else None
        self.changed = threading.Condition()
        self._mails = []
        super().__init__(**settings)

    def accept(self, mail):
        with self.changed:
            self._mails.append(mail)
            if self.folder:
                path = self.folder / f"{len(self._mails):06}.eml"
                envelope = f"X-Envelope-From: <{mail.envelope_from}>\r\n" + "".join(
                    f"X-Envelope-To: <{recipient}>\r\n" for recipient in mail.recipients
                )
                path.write_bytes(envelope.encode() + mail.raw)
            self.changed.notify_all()

    @property
    def mails(self):
        with self.changed:
            return list(self._mails)

    def to(self, recipient):
        """Mails to this address, in the order they came."""
        return [mail for mail in self.mails if recipient.lower() in (to.lower() for to in mail.recipients)]

    def copies(self):
        """How often each (Message-ID, recipient) was taken."""
        counts = {}
        for mail in self.mails:
            for recipient in mail.recipients:
                key = (mail.message_id, recipient.lower())
                counts[key] = counts.get(key, 0) + 1
        return counts

    def clear(self):
        with self.changed:
            self._mails.clear()


def tls_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
