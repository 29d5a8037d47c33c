"""A mail provider of one's own, on loopback, for a demo or a test: real Dovecot and Postfix in a temporary folder, on
free ports, over TLS with an authority of their own; and a sink that is everybody else's mail server.

    with MailSystem() as mail:
        mail.outside("maria@far.example", "sales@acme.example", message)
        mail.wait_for(lambda: mail.inbox("sales"), what="the inquiry")

Nothing of the machine's own mail services is used or touched, and everything is gone afterwards, however we end
(guard.py). Postfix needs root. Without it the same is done by a small exchange of our own in front of Dovecot, which
keeps the same rules: who may send as whom, plus-addresses, and the Authentication-Results that the provider writes.
"""

import contextlib
import grp
import imaplib
import os
import pathlib
import pwd
import random
import secrets
import shutil
import signal
import smtplib
import socket
import ssl
import string
import subprocess
import sys
import tempfile
import time

from exchange import Exchange
from smtp_server import Mail, Sink, tls_context
from token_server import TokenServer

HERE = pathlib.Path(__file__).resolve().parent

MAIL_UID = 5000  # owns the mail when we are root; it needs no entry in /etc/passwd
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


class Trouble(Exception):
    """The mail system cannot do what was asked; the text says why."""


def free_ports(count):
    """Ports outside the range that outgoing connections take, so that they are still free a moment later."""
    found = []
    while len(found) < count:
        port = random.randint(20000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in found:
                found.append(port)
    return found


def _xtext(text):
    """RFC 3461 §4."""
    return "".join(c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in text)


def to_bytes(message):
    """RFC 5322 bytes with CRLF from bytes, text or an EmailMessage."""
    raw = message if isinstance(message, bytes) else message.encode() if isinstance(message, str) else bytes(message)
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


class MailSystem:
    def __init__(
        self,
        users=("sales", "ana", "luis"),
        domain="acme.example",
        postfix=None,
        sink_folder=None,
        sieve=None,
        tokens=False,
        testifies=True,
    ):
        """postfix: None takes it where it can run (root), True insists, False uses the exchange. sieve: for users by
        name the script (RFC 5228) that the server runs over what they get. tokens: a token server (token_server.py)
        whose tokens open the mailboxes too. testifies: whether it writes Authentication-Results (RFC 8601)."""
        self.domain, self.users = domain, {user: secrets.token_hex(8) for user in users}
        able = os.geteuid() == 0 and shutil.which("postfix", path=PATH) is not None
        if postfix and not able:
            raise Trouble("Postfix can only be started by root, and has to be installed")
        if shutil.which("dovecot", path=PATH) is None:
            raise Trouble("dovecot is not installed (script/bootstrap)")
        self.with_postfix = able if postfix is None else postfix
        self.authserv = f"mx.{domain}"
        self._sink_folder, self._sieve, self._with_tokens = sink_folder, sieve or {}, tokens
        self.tokens = None
        self._testifies = testifies
        self._boxes, self._servers, self._exchanges, self._guard = {}, [], [], None

    # --- life -------------------------------------------------------------------------------------------------------
    def start(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="leadmail-"))
        self._guard = subprocess.Popen(
            [sys.executable, str(HERE / "guard.py"), str(self.dir)], stdin=subprocess.PIPE, start_new_session=True
        )
        try:
            self._prepare()
            self.sink = Sink(folder=self._sink_folder or self.dir / "sink")
            if self._with_tokens:
                addresses = {self.address(user) for user in self.users}
                self.tokens = TokenServer(addresses, self.dir / "tls" / "cert.pem", self.dir / "tls" / "key.pem")
            for attempt in range(3):  # a port may be taken between our look and their bind
                try:
                    self._start_servers()
                    return self
                except Trouble:
                    if attempt == 2:
                        raise
                    self._stop_servers()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        if self._guard is None:
            return
        for box in self._boxes.values():
            box.close()
        for exchange in self._exchanges:
            exchange.stop()
        if hasattr(self, "sink"):
            self.sink.stop()
        if self.tokens:
            self.tokens.stop()
        self._guard.stdin.close()
        self._guard.wait()
        for server in self._servers:
            server.wait()
        self._guard, self._boxes, self._servers, self._exchanges = None, {}, [], []

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def guard(self, process):
        """The process, which leads a session of its own, ends with us at the latest."""
        self._guard.stdin.write(f"{process.pid}\n".encode())
        self._guard.stdin.flush()
        return process

    # --- where it is ------------------------------------------------------------------------------------------------
    def address(self, user):
        return user if "@" in user else f"{user}@{self.domain}"

    @property
    def exchange(self):
        """Without Postfix: the server that users hand their mail to, for faults between them and it."""
        return self._exchanges[1]

    def password_file(self, user):
        """A file with the password of a user, readable by its owner only."""
        path = self.dir / "secrets" / user
        if not path.exists():
            path.write_text(self.users[user] + "\n", encoding="ascii")
            path.chmod(0o600)
        return path

    @property
    def ca(self):
        return self.dir / "tls" / "ca.pem"

    @property
    def imap_url(self):
        return f"imaps://localhost:{self.imaps_port}"

    @property
    def smtp_url(self):
        return f"smtps://localhost:{self.submissions_port}"

    # --- mail in ----------------------------------------------------------------------------------------------------
    def outside(self, envelope_from, recipients, message, found="dmarc=none"):
        """Somebody else's server hands a mail to ours. `found` is what ours finds when it checks the sender, and writes
        into Authentication-Results; None: it writes nothing. Returns the bytes as sent."""
        raw = to_bytes(message)
        with smtplib.SMTP("127.0.0.1", self.smtp_port, "mail.far.example", timeout=30) as smtp:
            smtp.ehlo()
            login = "[UNAVAILABLE]" if found is None else "found:" + found
            self._expect(smtp, 220, "XCLIENT", f"NAME=mail.far.example ADDR=192.0.2.25 LOGIN={_xtext(login)}")
            self._expect(smtp, 250, "EHLO", "mail.far.example")
            smtp.sendmail(envelope_from, recipients, raw)
        return raw

    @staticmethod
    def _expect(smtp, code, *command):
        got, text = smtp.docmd(*command)
        if got != code:
            raise smtplib.SMTPResponseException(got, text)

    def submit(self, user, message, recipients, envelope_from=None):
        """A user of ours sends a mail from his program. Returns the bytes as sent."""
        raw = to_bytes(message)
        context = ssl.create_default_context(cafile=self.ca)
        with smtplib.SMTP_SSL(
            "localhost", self.submissions_port, "laptop.example", context=context, timeout=30
        ) as smtp:
            smtp.login(self.address(user), self.users[user])
            smtp.sendmail(self.address(user) if envelope_from is None else envelope_from, recipients, raw)
        return raw

    def append(self, user, folder, message, flags="", date=None):
        """Puts a mail into a folder as a mail program does."""
        with self.imap(user) as imap:
            status, text = imap.append(folder, flags, date, to_bytes(message))
            if status != "OK":
                raise Trouble(f"APPEND to {folder}: {text}")

    # --- mail out ---------------------------------------------------------------------------------------------------
    def imap(self, user):
        """A connection of the user's mail program, logged in."""
        context = ssl.create_default_context(cafile=self.ca)
        imap = imaplib.IMAP4_SSL("localhost", self.imaps_port, ssl_context=context, timeout=30)
        imap.login(self.address(user), self.users[user])
        return imap

    def inbox(self, user, folder="INBOX"):
        """Every mail in the folder, oldest first. Flags stay as they are."""
        box = self._boxes.get((user, folder))
        if box is None:
            box = self._boxes[user, folder] = _Box(self.imap(user), folder)
        return box.read()

    def wait_for(self, predicate, timeout=20.0, what="what was expected"):
        """The first true value of the predicate, looked at whenever mail reaches the sink and every 50 ms besides."""
        deadline = time.monotonic() + timeout
        while True:
            if value := predicate():
                return value
            if time.monotonic() >= deadline:
                raise TimeoutError(f"{what}: not within {timeout:g} s")
            with self.sink.changed:
                self.sink.changed.wait(0.05)

    def new_epoch(self, user):
        """Dovecot forgets what it knew of the user's INBOX: UIDVALIDITY is another one, and all UIDs are given out anew."""
        time.sleep(1.1)  # the new one is the time of day
        for path in (self.dir / "mail" / user / "Maildir").glob("dovecot*"):
            path.unlink()

    def idle(self):
        """No mail is on its way: Postfix's queue is empty. Without Postfix there is no queue."""
        queue = self.dir / "queue"
        folders = (queue / name for name in ("maildrop", "incoming", "active", "deferred"))
        return not (self.with_postfix and any(path.is_file() for folder in folders for path in folder.rglob("*")))

    def log(self, lines=40):
        """The last lines of what the servers wrote."""
        text = ""
        for path in sorted((self.dir / "log").glob("*.log")):
            text += f"--- {path.name}\n" + "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:]) + "\n"
        return text

    # --- set-up -----------------------------------------------------------------------------------------------------
    def _prepare(self):
        if len(str(self.dir)) > 70:
            raise Trouble(f"{self.dir} is too long a name for the unix sockets in it; set TMPDIR")
        self.dir.chmod(0o755)
        for name in ("run", "state", "mail", "log", "tls", "secrets", "sink"):
            (self.dir / name).mkdir(mode=0o755)
        (self.dir / "secrets").chmod(0o700)
        owner = (MAIL_UID, MAIL_UID) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        lines = []
        for user, password in self.users.items():
            home = self.dir / "mail" / user
            home.mkdir()
            os.chown(home, *owner)
            if user in self._sieve:
                (home / ".dovecot.sieve").write_text(self._sieve[user], encoding="utf-8")
                os.chown(home / ".dovecot.sieve", *owner)
            lines.append(f"{self.address(user)}:{{PLAIN}}{password}:{owner[0]}:{owner[1]}::{home}::\n")
        (self.dir / "passwd").write_text("".join(lines), encoding="ascii")
        self._make_certificate()

    def _make_certificate(self):
        """An authority and, signed by it, the certificate of localhost."""
        tls = self.dir / "tls"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self._run(
            "openssl",
            "req",
            "-x509",
            *curve,
            "-days",
            "30",
            "-subj",
            "/CN=Throw-away authority",
            "-keyout",
            tls / "ca.key",
            "-out",
            tls / "ca.pem",
        )
        (tls / "names").write_text(f"subjectAltName=DNS:localhost,DNS:{self.authserv},IP:127.0.0.1\n", encoding="ascii")
        self._run(
            "openssl", "req", *curve, "-subj", "/CN=localhost", "-keyout", tls / "key.pem", "-out", tls / "request.pem"
        )
        self._run(
            "openssl",
            "x509",
            "-req",
            "-in",
            tls / "request.pem",
            "-CA",
            tls / "ca.pem",
            "-CAkey",
            tls / "ca.key",
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            tls / "names",
            "-out",
            tls / "cert.pem",
        )
        (tls / "key.pem").chmod(0o600)

    def _run(self, *command):
        done = subprocess.run(
            [str(word) for word in command],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PATH": PATH},
        )
        if done.returncode != 0:
            raise Trouble(f"{' '.join(map(str, command[:2]))}: {(done.stderr or done.stdout).strip()}")

    def _start_servers(self):
        ports = iter(free_ports(6))
        self.imap_port, self.imaps_port, self.lmtp_port = next(ports), next(ports), next(ports)
        if self.with_postfix:
            self.smtp_port, self.submission_port, self.submissions_port = next(ports), next(ports), next(ports)
            self._start_postfix()
        else:
            self._start_exchange()
        self._start_dovecot()
        for port in (self.imaps_port, self.lmtp_port, self.smtp_port, self.submissions_port):
            self._wait_until_open(port)

    def _stop_servers(self):
        for server in self._servers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        self._servers = []

    def _start_dovecot(self):
        root = os.geteuid() == 0
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
        internal = f"default_internal_user = {me}\ndefault_internal_group = {group}\ndefault_login_user = {me}\n"
        self._write(
            "dovecot.conf",
            HERE / "dovecot.conf.in",
            tag=self.dir.name,
            chroot="" if root else "chroot =",
            internal_user="" if root else internal,
            sieve=self._sieve_settings(),
            mechanisms="xoauth2 oauthbearer" if self.tokens else "",
            tokens=self._token_settings(),
        )
        self._spawn("dovecot", "-F", "-c", self.dir / "dovecot.conf")

    def _token_settings(self):
        """A token is good when the token server says so (RFC 7662) and it is the user's own."""
        if not self.tokens:
            return ""
        path = self.dir / "dovecot-oauth2.conf"
        path.write_text(
            f"introspection_url = http://127.0.0.1:{self.tokens.introspection_port}/introspect\n"
            "introspection_mode = post\nusername_attribute = username\nactive_attribute = active\n"
            "active_value = true\n",
            encoding="ascii",
        )
        return f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {path}\n}}\n"

    def end_sessions(self, user):
        """The provider ends what is open, as it does when a token has run out."""
        self._run("doveadm", "-c", self.dir / "dovecot.conf", "kick", self.address(user))

    def _sieve_settings(self):
        """What a script answers by itself goes out through our own server, as from anybody's."""
        if not self._sieve:
            return ""
        return (
            "protocol lmtp {\n  mail_plugins = $mail_plugins sieve\n}\n"
            "plugin {\n  sieve = file:~/.dovecot.sieve\n  sieve_extensions = +vacation-seconds\n"
            "  sieve_vacation_min_period = 0\n}\n"
            f"submission_host = 127.0.0.1:{self.smtp_port}\n"
        )

    def _start_postfix(self):
        self._make_queue()
        tables = self.dir / "postfix"
        users = [self.address(user) for user in self.users]
        (tables / "users").write_text("".join(f"{user} yes\n" for user in users), encoding="ascii")
        (tables / "logins").write_text("".join(f"{user} {user}\n" for user in users), encoding="ascii")
        # What smtpd found travels to cleanup in a header whose name nobody outside can know.
        finding = "X-Finding-" + secrets.token_hex(8)
        (tables / "found").write_text(f"/^found:(.+)$/ PREPEND {finding}: $1\n", encoding="ascii")
        (tables / "logged_in").write_text(f"/^(.+)$/ PREPEND {finding}: auth=pass smtp.auth=$1\n", encoding="ascii")
        (tables / "header_checks").write_text(
            f"/^Authentication-Results[[:space:]]*:.*{self.authserv.replace('.', '[.]')}/ IGNORE\n"
            f"/^{finding}: (.*)$/ "
            + (f"REPLACE Authentication-Results: {self.authserv}; $1\n" if self._testifies else "IGNORE\n"),
            encoding="ascii",
        )
        submission = [
            "smtpd_sasl_auth_enable=yes",
            "smtpd_tls_auth_only=yes",
            "smtpd_relay_restrictions=permit_sasl_authenticated,reject",
            "smtpd_sender_restrictions=reject_sender_login_mismatch",
            f"smtpd_data_restrictions=check_sasl_access,regexp:{tables}/logged_in",
        ]
        self._write("postfix/main.cf", HERE / "main.cf.in", sink_port=self.sink.port)
        self._write("postfix/master.cf", HERE / "master.cf.in", submission="\n  ".join(f"-o {o}" for o in submission))
        for path in tables.iterdir():  # Postfix reads a file again and again until it is two seconds old
            os.utime(path, (time.time() - 60,) * 2)
        self._spawn("/usr/lib/postfix/sbin/master", "-c", tables, "-s")

    def _make_queue(self):
        """The folders that "postfix check" would make, which takes seconds because it also looks through the system's."""
        postfix, postdrop = pwd.getpwnam("postfix").pw_uid, grp.getgrnam("postdrop").gr_gid
        own = (
            "active",
            "bounce",
            "corrupt",
            "defer",
            "deferred",
            "flush",
            "hold",
            "incoming",
            "private",
            "saved",
            "trace",
        )
        folders = {
            "queue": (0, 0, 0o755),
            "queue/pid": (0, 0, 0o755),
            "postfix": (0, 0, 0o755),
            "postfix-data": (postfix, 0, 0o700),
            "queue/maildrop": (postfix, postdrop, 0o730),
            "queue/public": (postfix, postdrop, 0o710),
            **{f"queue/{name}": (postfix, 0, 0o700) for name in own},
        }
        for name, (user, group, mode) in folders.items():
            (self.dir / name).mkdir(exist_ok=True)
            os.chown(self.dir / name, user, group)
            (self.dir / name).chmod(mode)

    def _start_exchange(self):
        tls = tls_context(self.dir / "tls" / "cert.pem", self.dir / "tls" / "key.pem")
        logins = {self.address(user): password for user, password in self.users.items()}
        common = {
            "name": self.authserv,
            "domain": self.domain,
            "users": set(logins),
            "testifies": self._testifies,
            "lmtp_port": self.lmtp_port,
            "sink": self.sink,
        }
        self._exchanges = [Exchange(**common), Exchange(**common, tls=tls, logins=logins, tokens=self.tokens)]
        self.smtp_port, self.submissions_port = (exchange.port for exchange in self._exchanges)

    def _write(self, name, template, **words):
        ports = {key: value for key, value in vars(self).items() if key.endswith("_port")}
        text = string.Template(template.read_text(encoding="utf-8"))
        (self.dir / name).write_text(
            text.substitute(words, dir=self.dir, domain=self.domain, **ports), encoding="utf-8"
        )

    def _spawn(self, *command):
        with open(self.dir / "log" / "start.log", "ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                env={"PATH": PATH},
            )
        self._servers.append(self.guard(process))

    def _wait_until_open(self, port):
        deadline = time.monotonic() + 10
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            dead = [server.args[0] for server in self._servers if server.poll() is not None]
            if dead or time.monotonic() > deadline:
                raise Trouble(f"{dead[0] if dead else port} did not start\n{self.log(10)}")
            time.sleep(0.01)


class _Box:
    """A mail program that keeps a folder open and what it has already read."""

    def __init__(self, imap, folder):
        self._imap, self._mails, self._next = imap, [], 1
        status, text = imap.select(f'"{folder}"', readonly=True)
        if status != "OK":
            raise Trouble(f"SELECT {folder}: {text}")

    def read(self):
        self._imap.noop()
        _, found = self._imap.uid("FETCH", f"{self._next}:*", "(UID BODY.PEEK[])")
        for item in found:
            if not isinstance(item, tuple):
                continue
            uid = int(item[0].partition(b"UID ")[2].split()[0])
            if uid < self._next:  # n:* names the last message even when it is older
                continue
            self._mails.append(Mail("", [], item[1]))
            self._next = uid + 1
        return list(self._mails)

    def close(self):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._imap.logout()


def end_on_signals():
    """SIGTERM and SIGHUP unwind the program as Ctrl-C does, so that every `with` closes what it opened."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _: sys.exit(128 + caught))
