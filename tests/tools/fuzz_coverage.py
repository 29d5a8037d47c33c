"""Which lines of its parsers a fuzz target reaches with all that it has found: fuzz_coverage.py TARGET FOLDER...

Replays the inputs of the folders with the target of build-coverage and tells, for each parser, how many of its lines were
reached, and which lines and functions were not. Parsers are the bodies of the headers that the target includes, and those
that it names in a line "// Also: mail/message/{header,prepass}.cc". The whole report, with the text of the lines, is left
in build-coverage/TARGET.txt.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build-coverage"


def expanded(pattern):
    """a/{b,c_*}.cc as a/b.cc, a/c_1.cc and a/c_2.cc."""
    match = re.fullmatch(r"(.*)\{(.*)\}(.*)", pattern)
    for one in [match[1] + name + match[3] for name in match[2].split(",")] if match else [pattern]:
        found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(one))
        if not found:
            sys.exit(f"there is no {one}")
        yield from found


def parsers(target):
    """The sources that the target is there for, in their order."""
    text = (ROOT / "tests" / "fuzz" / f"{target}.cc").read_text(encoding="utf-8")
    named = [name + ".cc" for name in re.findall(r'^#include "((?:core|mail|daemon)/[\w/]+)\.h"', text, re.MULTILINE)]
    for line in re.findall(r"^// Also: (.*)$", text, re.MULTILINE):
        named += [path for pattern in line.split() for path in expanded(pattern)]
    return [name for name in dict.fromkeys(named) if (ROOT / name).exists()]


def replay(target, folders, into):
    """Runs every input once and returns the profile."""
    environment = {**os.environ, "LLVM_PROFILE_FILE": str(into / "raw")}
    ran = subprocess.run([BUILD / target, "-runs=0", "-rss_limit_mb=0", *folders], env=environment, capture_output=True,
                         text=True, errors="replace", check=False)
    if ran.returncode:
        sys.exit(f"{target} did not come through:\n{ran.stderr[-2000:]}")
    subprocess.run(["llvm-profdata-16", "merge", "-sparse", into / "raw", "-o", into / "profile"], check=True)
    return into / "profile"


class Reached:
    """What was reached of one source."""

    def __init__(self, record):
        counts = [tuple(map(int, pair)) for pair in re.findall(r"^DA:(\d+),(\d+)", record, re.MULTILINE)]
        self.lines = len(counts)
        self.missed = [line for line, count in counts if count == 0]
        # A function that is there for several types has a name for each; it was called if one of them was.
        starts = {name: int(line) for line, name in re.findall(r"^FN:(\d+),(.*)$", record, re.MULTILINE)}
        called = {starts[name] for count, name in re.findall(r"^FNDA:(\d+),(.*)$", record, re.MULTILINE) if int(count)}
        self.idle = {line: name for name, line in starts.items() if line not in called}


def ranges(lines):
    """[3, 4, 5, 9] as [(3, 5), (9, 9)]."""
    found = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def called(names):
    """Mangled names as people call functions: without namespace, class and arguments, each once."""
    plain = "\n".join(name.rpartition(":")[2] if ".cc:" in name else name for name in names)
    plain = subprocess.run(["llvm-cxxfilt-16"], input=plain, capture_output=True, text=True, check=True).stdout
    found = []
    for name in plain.replace("(anonymous namespace)::", "").replace("[abi:cxx11]", "").splitlines():
        head = re.sub(r"<[^()]*>", "", name.partition("(")[0])
        found.append(head.split(" ")[-1].rpartition("::")[2])
    return list(dict.fromkeys(name for name in found if name))


def report(target, profile):
    exported = subprocess.run(["llvm-cov-16", "export", "-format=lcov", f"-instr-profile={profile}", BUILD / target],
                              capture_output=True, text=True, check=True).stdout
    records = {}
    for record in exported.split("end_of_record\n"):
        if match := re.search(r"^SF:(.*)$", record, re.MULTILINE):
            records[os.path.relpath(match[1], ROOT)] = record
    short, whole, reached, lines = [], [], 0, 0
    for source in parsers(target):
        if source not in records:
            continue
        one = Reached(records[source])
        reached, lines = reached + one.lines - len(one.missed), lines + one.lines
        head = f"  {source:<44} {one.lines - len(one.missed):>4} of {one.lines:>4}"
        short.append(head)
        whole.append(head)
        if one.idle:
            short.append("      never called: " + ", ".join(called(name for _, name in sorted(one.idle.items()))))
        left = [(first, last) for first, last in ranges(one.missed)]
        if left:
            short.append("      lines " + ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in left))
        text = (ROOT / source).read_text(encoding="utf-8").splitlines()
        whole += [f"{number:>6}: {text[number - 1]}" for number in one.missed]
    head = f"{target}: {reached} of {lines} lines, {100 * reached // max(lines, 1)} %"
    (BUILD / f"{target}.txt").write_text("\n".join([head, *whole]) + "\n", encoding="utf-8")
    print("\n".join([head, *short]), flush=True)


def main():
    target, folders = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        report(target, replay(target, folders, pathlib.Path(folder)))


if __name__ == "__main__":
    main()
