"""Lines on a terminal: aligned in columns whatever the script, in colour only where somebody looks."""

import os
import sys
import time
import unicodedata

COLOURS = {"title": "1;36", "mail": "33", "lead": "1;32", "good": "32", "bad": "1;31", "dim": "2", "bold": "1"}
_colourful = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(colour, text):
    return f"\033[{COLOURS[colour]}m{text}\033[0m" if _colourful and text else text


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def column(text, size):
    """Exactly `size` cells wide."""
    while width(text) > size:
        text = text[:-2] + "…"
    return text + " " * (size - width(text))


def title(text):
    print(f"\n{paint('title', text)}")
    print(paint("dim", "─" * max(60, width(text))), flush=True)


def say(*lines):
    for line in lines:
        print(f"  {line}", flush=True)


def mail(sender, receiver, subject):
    """A mail on its way."""
    clock = paint("dim", time.strftime("%H:%M:%S"))
    print(f"  {clock}  {paint('mail', column(sender, 16))} → {column(receiver, 16)} {column(subject, 40)}", flush=True)


def outcome(text, note=""):
    print(f"            {paint('lead', '└─ ' + text)} {paint('dim', note)}", flush=True)


def quote(text, limit=6):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    for line in lines[:limit]:
        print(f"              {paint('dim', '│')} {column(line, 84).rstrip()}")
    if len(lines) > limit:
        print(f"              {paint('dim', f'│ … {len(lines) - limit} more lines')}")
    sys.stdout.flush()
