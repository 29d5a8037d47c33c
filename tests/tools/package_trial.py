"""Tries the Debian package as an administrator meets it, in a fresh Debian 12 of its own: install, `leadmail init`, a lead from a
real mail, upgrade, remove, purge. As root:

    package_trial.py FILE.deb [--base FOLDER]

FOLDER is a system that debootstrap made (minbase); it is copied and stays as it is. Without it one is made, which needs a
mirror. Dovecot and Postfix run outside, on loopback, as in every test.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "mailsystem"), str(ROOT / "tests" / "e2e")]

import letters  # noqa: E402
from mailsystem import MailSystem, end_on_signals  # noqa: E402

ANSWERS = """
company = "Acme"
timezone = "America/Mexico_City"
language = "es"
address = "sales@acme.example"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "/etc/ssl/acme-ca.pem"
password_from = "/root/password"
team = ["Ana López <ana@acme.example>"]
"""
# What apt, dpkg and the boot of a system leave wherever a package was installed.
NOT_OURS = ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "etc/ld.so.cache", "proc", "dev", "tmp", "run")


class System:
    """The Debian in which the package is tried."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return self.folder / name.lstrip("/")

    def inside(self, user=None):
        """With a /proc of its own for as long as the command runs: the parser is started from there."""
        enter = 'mount -t proc proc "$0/proc" && exec chroot "$@"'
        identity = [f"--userspec={user}"] if user else []
        return ["unshare", "--mount", "sh", "-c", enter, str(self.folder), *identity, str(self.folder)]

    def run(self, *words, expected=0, user=None):
        command = [*self.inside(user), *words]
        environment = {"PATH": os.environ["PATH"], "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        check(done.returncode == expected, f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def spawn(self, mail, *words, user):
        log = open(self.folder / "tmp" / "daemon.log", "ab")
        return mail.guard(
            subprocess.Popen(
                [*self.inside(user), *words], stdout=log, stderr=log, start_new_session=True
            )
        )

    def owner(self, name):
        return self.run("stat", "-c", "%U:%G %a", name).strip()

    def files(self):
        found = set()
        for folder, folders, names in os.walk(self.folder):
            inside = os.path.relpath(folder, self.folder)
            folders[:] = [name for name in folders if os.path.normpath(f"{inside}/{name}") not in NOT_OURS]
            found.update(os.path.normpath(f"{inside}/{name}") for name in [*folders, *names])
        return {name for name in found if name not in NOT_OURS}


def check(fine, what):
    if not fine:
        raise SystemExit(f"FAILED: {what}")


def say(what):
    print(what, flush=True)


def make_system(folder, base):
    if base:
        subprocess.run(["cp", "-a", f"{base}/.", folder], check=True)
    else:
        say("debootstrap ...")
        subprocess.run(
            ["debootstrap", "--variant=minbase", "bookworm", folder], check=True, stdout=subprocess.DEVNULL
        )
    system = System(folder)
    system.path("usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # as in a container: nothing is started
    system.path("usr/sbin/policy-rc.d").chmod(0o755)
    # A chroot has no systemd that could tell; what needs the network has to find names.
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copy(f"/{name}", system.path(name))
    return system


def install(system, package):
    shutil.copy(package, system.path("root/leadmail.deb"))
    system.run("apt-get", "install", "-y", "-q", "--no-install-recommends", "/root/leadmail.deb")


def with_higher_version(package, folder):
    """The same package, as the next version of it would come."""
    tree, built = folder / "next", folder / "next.deb"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN" / "control"
    lines = control.read_text().splitlines()
    control.write_text("\n".join(f"{line}+next1" if line.startswith("Version: ") else line for line in lines) + "\n")
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", tree, built], check=True, stdout=subprocess.DEVNULL)
    return built


def look_at_installed(system):
    check("leadmail" in system.run("getent", "passwd", "leadmail"), "there is no user leadmail")
    check(system.run("getent", "passwd", "leadmail").strip().endswith(":/usr/sbin/nologin"), "leadmail has a shell")
    for name in ("/usr/bin/leadmaild", "/usr/bin/leadmail"):
        check(system.owner(name) == "root:root 755", f"{name}: {system.owner(name)}")
    unit = system.run("systemd-analyze", "verify", "--man=no", "/lib/systemd/system/leadmaild.service")
    check(unit.strip() == "", f"systemd-analyze verify: {unit}")
    say("installed: user, modes and unit are right")


def first_lead(system, mail):
    shutil.copy(mail.ca, system.path("etc/ssl/acme-ca.pem"))
    system.path("root/password").write_text(mail.users["sales"] + "\n")
    system.path("root/password").chmod(0o600)
    system.path("root/answers.toml").write_text(ANSWERS.format(imap=mail.imap_url, smtp=mail.smtp_url))
    say(system.run("leadmail", "init", "--answers", "/root/answers.toml").strip())
    for name, owner in {"leadmail.toml": "root:leadmail 640", "sales.pw": "leadmail:leadmail 600"}.items():
        found = system.owner(f"/etc/leadmail/{name}")
        check(found == owner, f"/etc/leadmail/{name}: {found}")
    for folder, mode in {"/var/lib/leadmail": "0700", "/run/leadmail": "0750"}.items():  # as the unit has systemd do it
        system.run("install", "-d", "-o", "leadmail", "-g", "leadmail", "-m", mode, folder)
    daemon = system.spawn(mail, "/usr/bin/leadmaild", user="leadmail:leadmail")
    mail.wait_for(system.path("var/lib/leadmail/leadmail.db").exists, what="the database")
    status = mail.wait_for(lambda: '"lag":0' in system.run("leadmail", "--json", "status"), what="the first look")
    check(status, "no status")
    inquiry = letters.write("María Pérez <maria@far.example>", "sales@acme.example", "Bombas", "20 bombas, por favor")
    mail.outside("maria@far.example", "sales@acme.example", inquiry)
    mail.wait_for(lambda: "L-1" in system.run("leadmail", "list"), what="the first lead")
    daemon.terminate()
    check(daemon.wait(40) == 0, "the daemon did not end in order")


def try_package(package, base, folder):
    root = folder / "root"
    root.mkdir(mode=0o755)
    system = make_system(root, base)
    system.run("apt-get", "update", "-q")
    began = time.monotonic()
    install(system, package)
    installed = time.monotonic()
    look_at_installed(system)
    with MailSystem() as mail:
        first_lead(system, mail)
    say(f"installed in {installed - began:.1f} s; first lead {time.monotonic() - began:.1f} s after the beginning")

    config = system.path("etc/leadmail/leadmail.toml").read_text()
    install(system, with_higher_version(package, folder))
    check("+next1" in system.run("dpkg-query", "-W", "leadmail"), "it was not upgraded")
    check(system.path("etc/leadmail/leadmail.toml").read_text() == config, "the upgrade changed the config")
    check("L-1" in system.run("leadmail", "list"), "the upgrade lost the lead")
    system.run("apt-get", "remove", "-y", "-q", "leadmail")
    for name in ("etc/leadmail/leadmail.toml", "etc/leadmail/sales.pw", "var/lib/leadmail/leadmail.db"):
        check(system.path(name).exists(), f"removing took {name} away")
    check(not system.path("usr/bin/leadmaild").exists(), "the program stayed")
    install(system, package)
    check("L-1" in system.run("leadmail", "list"), "the lead is gone after installing it again")
    say("upgraded, removed and installed again: config, password and leads are kept")

    system.run("apt-get", "purge", "-y", "-q", "leadmail")
    left = {name for name in system.files() if "leadmail" in name} - {"root/leadmail.deb"}
    check(not left, f"purging left {sorted(left)}")
    say("purged: nothing of it is left")


def main():
    words = argparse.ArgumentParser(description="tries the Debian package in a fresh Debian 12")
    words.add_argument("package", type=pathlib.Path)
    words.add_argument("--base", type=pathlib.Path)
    arguments = words.parse_args()
    check(os.geteuid() == 0, "this needs root")
    end_on_signals()
    with tempfile.TemporaryDirectory(prefix="leadmail-trial-") as folder:
        try_package(arguments.package.resolve(), arguments.base, pathlib.Path(folder))


if __name__ == "__main__":
    main()
