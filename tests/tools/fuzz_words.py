"""The words that a fuzz target's parsers know, as a libFuzzer dictionary: fuzz_words.py TARGET.

They are the texts in the sources of the parsers, so that a phrase that is added to a table is tried from then on. What
stands in no source as a text of its own (octets of a binary format, grammar) is in tests/fuzz/dictionaries/NAME.dict.
"""

import re
import sys

import fuzz_coverage

# Comments, includes, characters, raw texts, texts; the longest thing that libFuzzer takes for a word has 64 octets.
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|^#[^\n]*|\'(?:[^\'\\\n]|\\.)+\'|R"(\w*)\((.*?)\)\1"|"((?:[^"\\\n]|\\.)*)"', re.S | re.M)
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]+|[0-7]{1,3}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
NAMED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
LONGEST = 64


def octets(text):
    """A text as it stands in the source, as what it means."""
    found, end = bytearray(), 0
    for match in ESCAPE.finditer(text):
        found += text[end : match.start()].encode()
        code = match[1]
        if code[0] == "x":
            found.append(int(code[1:], 16) & 0xFF)
        elif code[0] in "uU":
            found += chr(int(code[1:], 16)).encode()
        elif code.isdigit():
            found.append(int(code, 8) & 0xFF)
        else:
            found += NAMED.get(code, code).encode()
        end = match.end()
    return bytes(found + text[end:].encode())


def words(source):
    for match in TOKEN.finditer(source):
        raw, text = match[2], match[3]
        if raw is not None:
            yield from (word.encode() for word in re.findall(r"[^\s|\\()\[\]?*+^$]{3,}", raw))
        elif text is not None:
            yield octets(text)


def dictionary(target):
    found = {}
    for path in fuzz_coverage.parsers(target):
        for word in words((fuzz_coverage.ROOT / path).read_text(encoding="utf-8")):
            if 2 <= len(word) <= LONGEST:
                found.setdefault(word)
    lines = ["".join(chr(c) if 0x20 <= c < 0x7F and c not in b'"\\' else f"\\x{c:02x}" for c in word) for word in found]
    own = fuzz_coverage.ROOT / "tests" / "fuzz" / "dictionaries" / f"{target.removesuffix('_fuzz')}.dict"
    return (own.read_text(encoding="utf-8") if own.exists() else "") + "".join(f'"{line}"\n' for line in lines)


if __name__ == "__main__":
    sys.stdout.write(dictionary(sys.argv[1]))
