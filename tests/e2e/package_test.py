"""What the Debian package is made of: its files, its pages, its completions, and that nothing was forgotten. The package
itself is built by script/package."""

import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

from product import ROOT, build_folder

FILES = {
    "usr/bin/leadmail": 0o755,
    "usr/bin/leadmaild": 0o755,
    "lib/systemd/system/leadmaild.service": 0o644,
    "lib/sysusers.d/leadmail.conf": 0o644,
    "etc/apparmor.d/usr.bin.leadmaild": 0o644,
    "usr/share/man/man1/leadmail.1": 0o644,
    "usr/share/man/man5/leadmail.toml.5": 0o644,
    "usr/share/man/man8/leadmaild.8": 0o644,
    "usr/share/bash-completion/completions/leadmail": 0o644,
    "usr/share/zsh/vendor-completions/_leadmail": 0o644,
    "usr/share/doc/leadmail/examples/leadmail.toml": 0o644,
    "usr/share/doc/leadmail/examples/leadmail.rules.yml": 0o644,
    "usr/share/doc/leadmail/examples/leadmail.json": 0o644,
    "usr/lib/systemd/catalog/leadmail.catalog": 0o644,
}


def tool(*words):
    return subprocess.run([build_folder() / "leadmail", *words], capture_output=True, text=True, check=True).stdout


def commands():
    """The names that `leadmail --help` lists."""
    return re.findall(r"^  ([a-z]+) ", tool("--help").partition("Subcommands:")[2], re.MULTILINE)


class Package(unittest.TestCase):
    def test_each_file_goes_to_its_place_with_its_mode(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["cmake", "--install", build_folder(), "--prefix", "/usr"],
                check=True,
                capture_output=True,
                env={**os.environ, "DESTDIR": folder},
            )
            for name, mode in FILES.items():
                # The package says /lib and /etc outright; a build folder may have them below its prefix.
                places = [pathlib.Path(folder, above, name) for above in ("", "usr", "usr/local")]
                path = next((place for place in places if place.is_file()), places[0])
                self.assertTrue(path.is_file(), name)
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode, name)

    def test_it_needs_to_build_what_we_need_to_build(self):
        wanted = set()
        for line in (ROOT / "script" / "packages.txt").read_text().partition("# test")[0].splitlines():
            if line and not line.startswith("#"):
                wanted.add(line)
        ours_alone = {"build-essential", "ccache", "git", "tzdata"}
        control = (ROOT / "debian" / "control").read_text().partition("\nPackage:")[0]
        self.assertLessEqual(wanted - ours_alone, set(re.findall(r"^ ([a-z0-9.+-]+)", control, re.MULTILINE)))

    def test_its_version_is_the_programs(self):
        version = re.match(r"leadmail \(([0-9.]+)\)", (ROOT / "debian" / "changelog").read_text())[1]
        self.assertEqual(tool("--version").split()[1], version)


class ManualPages(unittest.TestCase):
    def pages(self):
        yield "leadmaild.8", (ROOT / "docs" / "man" / "leadmaild.8").read_text("utf-8")
        yield "leadmail.1", tool("manual", "leadmail")
        yield "leadmail.toml.5", tool("manual", "leadmail.toml")

    def test_they_are_without_fault(self):
        if shutil.which("man") is None or shutil.which("groff") is None:
            self.skipTest("man is not installed")
        for name, text in self.pages():
            done = subprocess.run(
                ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-"],
                input=text,
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "100"},
            )
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)

    def test_the_tools_page_tells_of_every_command(self):
        page = tool("manual", "leadmail")
        self.assertGreater(len(commands()), 20)
        for command in commands():
            self.assertRegex(page, rf"(?m)^\.SS {command}\b")

    def test_the_configs_page_tells_of_every_section(self):
        page = tool("manual", "leadmail.toml").replace("\\-", "-")
        for section in re.findall(r"^#? ?(\[+[a-z._]+\]+)", tool("check", "--example"), re.MULTILINE):
            self.assertIn(f".SS {section}", page)


class Completion(unittest.TestCase):
    def complete(self, *words):
        """What bash offers for the last of these words."""
        script = f"""{tool("completion", "bash")}
COMP_WORDS=(leadmail {" ".join(repr(word) for word in words)}); COMP_CWORD={len(words)}; _leadmail; echo "${{COMPREPLY[*]}}" """
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split()

    def test_bash_completes_commands_options_and_words(self):
        self.assertEqual(self.complete("stat"), ["status"])
        self.assertEqual(self.complete("--json", "newsl"), ["newsletter"])
        self.assertEqual(self.complete("list", "--ow"), ["--owner", "--owed"])
        self.assertEqual(self.complete("outbox", "re"), ["retry"])
        self.assertEqual(set(self.complete("")) & set(commands()), set(commands()))

    def test_both_are_programs_of_their_shells(self):
        for shell in ("bash", "zsh"):
            if shutil.which(shell) is None:
                continue
            done = subprocess.run(
                [shell, "-n", "/dev/stdin"], input=tool("completion", shell), capture_output=True, text=True, check=False
            )
            self.assertEqual((done.returncode, done.stderr), (0, ""), shell)


if __name__ == "__main__":
    unittest.main()
