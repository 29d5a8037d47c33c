"""clang-tidy on the product's sources (with --all also on the tests'), two at a time, remembering what was clean.

A file is looked at again when its own text, the text of a header of ours that it reaches, the checks, the compile
command or the version of a package it is built against has changed. Usage: tidy.py BUILD_FOLDER [--all] [FILE...]
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TIDY = "clang-tidy-16"
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def reached(path, seen):
    """Adds to `seen` the file and every header of ours that it includes, directly or not."""
    if path in seen or not path.is_file():
        return
    seen[path] = path.read_bytes()
    for name in INCLUDE.findall(seen[path]):
        here = path.parent / name.decode()
        reached(here if here.is_file() else pathlib.Path(name.decode()), seen)


def surroundings():
    """What every result depends on: the checks, the tool, the packages whose headers we read."""
    packages = [line.split("#")[0].strip() for line in open("script/packages.txt", encoding="utf-8")]
    versions = subprocess.run(["dpkg-query", "-W", *filter(None, packages)], capture_output=True, check=False).stdout
    return pathlib.Path(".clang-tidy").read_bytes() + versions


def key(path, command, around):
    digest = hashlib.sha256(around + command.encode())
    seen = {}
    reached(path, seen)
    for name in sorted(seen):
        digest.update(str(name).encode() + b"\0" + seen[name] + b"\0")
    return digest.hexdigest()


def look(build, path):
    return subprocess.run([TIDY, "-p", build, "--quiet", str(path)], capture_output=True, text=True, check=False)


def main():
    build, every = sys.argv[1], "--all" in sys.argv
    wanted = [pathlib.Path(name) for name in sys.argv[2:] if name != "--all"]
    root = pathlib.Path.cwd()
    commands = {}
    for entry in json.loads(pathlib.Path(build, "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(os.path.relpath(entry["file"], root))
        if path.parts[0] in ("core", "mail", "daemon") or (path.parts[0] == "tests" and (every or path in wanted)):
            commands[path] = entry["command"]
    around = surroundings()
    cache = pathlib.Path(build, "lint")
    cache.mkdir(parents=True, exist_ok=True)
    todo = {path: key(path, commands[path], around) for path in sorted(commands) if not wanted or path in wanted}
    stale = {path: name for path, name in todo.items() if not (cache / name).exists()}

    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        running = {pool.submit(look, build, path): path for path in stale}
        for done in concurrent.futures.as_completed(running):
            path, result = running[done], done.result()
            if result.returncode == 0:
                (cache / stale[path]).touch()
                continue
            bad += 1
            print(result.stdout.strip() or result.stderr.strip(), flush=True)
    print(f"lint: {len(todo)} files, {len(stale)} looked at, {bad} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
