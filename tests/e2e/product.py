"""leadmaild and leadmail as an administrator has them: a config file, a process that says when it is ready, a tool."""

import contextlib
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

CONFIG = """
[company]
name = "Acme"
timezone = "America/Mexico_City"
language = "es"
hours = {{ days = ["mon","tue","wed","thu","fri","sat","sun"], from = "09:00", to = "18:00" }}

[store]
path = "{folder}/leadmail.db"

[admin]
addresses = ["it@{domain}"]
{admin}

[limits]
{limits}
{no_limits}

[digest]
{digest}

[[mailbox]]
name = "sales"
address = "{user}@{domain}"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
user = "{user}@{domain}"
{login}
baseline = "{baseline}"
trusted_authserv = ["mx.{domain}"]
transport_auth = "required"
acknowledge = {acknowledge}
mails_a_minute = 0
sent_copy = "{sent_copy}"
defaults = {{ team = "mx", source = "mail", language = "es" }}
{mailbox}

[[user]]
id = "ana"
name = "Ana López"
address = "ana@{domain}"
language = "es"
timezone = "America/Mexico_City"

[[user]]
id = "luis"
name = "Luis Ortega"
address = "luis@{domain}"
language = "en"
timezone = "Europe/Madrid"

[[team]]
id = "mx"
members = ["ana", "luis"]
lead = "ana"

{assign}
"""

ROUND_ROBIN = """
[[assign]]
name = "everybody in turn"
hours = "ignore"
to = { round_robin = ["ana", "luis"] }
"""
ALL_TO_ANA = """
[[assign]]
name = "all to Ana"
to = { user = "ana" }
"""


# A test sends in seconds what a company gets in weeks; a test of the limits names those that it means.
NO_LIMITS = {
    "mails_a_minute_to_domain": 0,
    "storm_mails": 0,
    "notices_an_hour": 0,
    "acknowledgements_a_day": 1000000,
    "acknowledgements_a_day_to_domain": 1000000,
}


def workers(pid):
    """The parser processes of a daemon, their nursery among them; not one that is still on its way to become one."""
    for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            with contextlib.suppress(OSError):
                if b"--worker" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)


class Failed(AssertionError):
    """The daemon or the tool did not do what it was told."""


def build_folder():
    return pathlib.Path(os.environ.get("LEADMAIL_BUILD", ROOT / "build"))


def build_option(name):
    """What the build was configured with; empty when it was not told."""
    cache = (build_folder() / "CMakeCache.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{name}:\w+=(.*)$", cache, re.MULTILINE)
    return found[1] if found else ""


class Leadmail:
    """One installation beside a MailSystem. Its files lie in the mail system's folder and go with it."""

    def __init__(
        self,
        mail,
        name="leadmail",
        build=None,
        *,
        assign=ALL_TO_ANA,
        acknowledge=False,
        baseline="off",
        mailbox="",
        limits="",
        admin="",
        extra="",
        user="sales",
        sent_copy="never",
        login=None,
        digests=False,
    ):
        """login: lines of the mailbox in place of its password. digests: at eight in the morning, whenever a test runs or
        says that it is, so that only a test that counts with them wants them."""
        self.mail, self.build = mail, pathlib.Path(build or build_folder()).resolve()
        self.folder = mail.dir / name
        self.folder.mkdir(mode=0o700)
        self.config = self.folder / "leadmail.toml"
        self.config.write_text(
            CONFIG.format(
                folder=self.folder,
                domain=mail.domain,
                imap=mail.imap_url,
                smtp=mail.smtp_url,
                ca=mail.ca,
                login=login or f'password_file = "{mail.password_file(user)}"',
                user=user,
                sent_copy=sent_copy,
                acknowledge=str(acknowledge).lower(),
                baseline=baseline,
                mailbox=mailbox,
                limits=limits,
                no_limits="\n".join(f"{key} = {value}" for key, value in NO_LIMITS.items() if key not in limits),
                digest="" if digests else "daily = false\nweekly = false\nteams = false",
                admin=admin,
                assign=assign,
            )
            + extra,
            encoding="utf-8",
        )
        self.log = self.folder / "leadmaild.log"
        self.daemon = None

    # --- the daemon -------------------------------------------------------------------------------------------------
    def start(self, timeout=20.0):
        """Starts leadmaild and waits until it says READY=1, as systemd does. sd_notify(3)"""
        path = self.folder / "notify.sock"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(str(path))
            self.launch(NOTIFY_SOCKET=str(path))
            deadline = time.monotonic() + timeout
            exited = os.pidfd_open(self.daemon.pid)
            try:
                while time.monotonic() < deadline:
                    ready, _, _ = select.select([notify, exited], [], [], deadline - time.monotonic())
                    if notify in ready and b"READY=1" in notify.recv(65536).split(b"\n"):
                        return self
                    if exited in ready and notify not in ready:
                        raise Failed(f"leadmaild ended with status {self.daemon.wait()}\n{self.log_tail()}")
            finally:
                os.close(exited)
        raise Failed(f"leadmaild was not ready after {timeout:g} s\n{self.log_tail()}")

    def launch(self, **environment):
        with open(self.log, "ab") as log:
            self.daemon = self.mail.guard(
                subprocess.Popen(
                    [self.build / "leadmaild", "--config", self.config],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    env={"PATH": os.environ["PATH"], **self._sanitizers(), **environment},
                )
            )

    @staticmethod
    def _sanitizers():
        return {
            name: os.environ[name] for name in ("ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ
        }

    def stop(self, timeout=30.0):
        """SIGTERM; the daemon has to end by itself, with status 0. Returns the seconds it took."""
        if self.daemon is None:
            return 0.0
        daemon, self.daemon = self.daemon, None
        began = time.monotonic()
        daemon.send_signal(signal.SIGTERM)
        try:
            status = daemon.wait(timeout)
        except subprocess.TimeoutExpired as late:
            daemon.kill()
            daemon.wait()
            raise Failed(f"leadmaild did not end within {timeout:g} s of SIGTERM\n{self.log_tail()}") from late
        if status != 0:
            raise Failed(f"leadmaild ended with status {status} on SIGTERM\n{self.log_tail()}")
        return time.monotonic() - began

    def kill(self):
        """kill -9, as the power would."""
        daemon, self.daemon = self.daemon, None
        daemon.kill()
        daemon.wait()

    def held(self):
        """Descriptors and threads that the daemon has."""
        process = pathlib.Path(f"/proc/{self.daemon.pid}")
        return len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))

    def once(self, now=None, expected=0, timeout=60.0):
        """leadmaild --once [--now]."""
        words = ["--once"] + (["--now", now] if now else [])
        done = self._run("leadmaild", *words, timeout=timeout)
        if done.returncode != expected:
            raise Failed(f"leadmaild {' '.join(words)}: status {done.returncode}, not {expected}\n{done.stderr}")
        return done

    def log_tail(self, lines=40):
        with contextlib.suppress(FileNotFoundError):
            return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])
        return "(no log)"

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        if kind is None:
            self.stop()

    # --- the tool ---------------------------------------------------------------------------------------------------
    def tool(self, *words, expected=0, stdin=None, timeout=60.0):
        """leadmail --json WORDS: the objects it printed, one a line."""
        done = self._run("leadmail", "--json", *map(str, words), stdin=stdin, timeout=timeout)
        if done.returncode != expected:
            raise Failed(
                f"leadmail {' '.join(map(str, words))}: status {done.returncode}, not {expected}\n{done.stderr}"
            )
        try:
            return [json.loads(line) for line in done.stdout.splitlines()]
        except json.JSONDecodeError as error:
            raise Failed(f"leadmail {' '.join(map(str, words))}: no JSON Lines: {error}\n{done.stdout}") from error

    def one(self, *words):
        """The one object that the tool printed."""
        (found,) = self.tool(*words)
        return found

    def _run(self, program, *words, timeout=60.0, stdin=None):
        return subprocess.run(
            [self.build / program, "--config", self.config, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
            input=stdin,
        )

    def leads(self):
        return self.tool("list")

    def show(self, lead):
        return self.one("show", lead)

    def ledger(self):
        return self.tool("ledger")

    def row(self, message_id):
        """The ledger row of a message, once there is one."""
        bare = message_id.strip("<>")
        return next((row for row in self.ledger() if row["message_id"] == bare), None)

    def lag(self):
        return self.one("status")["lag"]  # None until every mailbox was looked at
